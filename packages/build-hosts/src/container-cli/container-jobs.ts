import { setTimeout as sleep } from "node:timers/promises";
import { buildHostError } from "../errors.js";
import type { Container } from "../engines/dialect.js";
import type { Engine } from "../engines/engine.js";
import { readProcess } from "../jobs/read-job-files.js";
import type { JobPaths } from "../machines/machine-folders.js";
import { quote } from "@imagewright/diagnostics";

const PATIENCE_MILLISECONDS = 10_000;
// a look costs a command of the engine
const LOOK_MILLISECONDS = 2_000;

/** The jobs of containers whose engine runs commands in them: they run below the engine, not below any process of ours. */
export class ContainerJobs {
  readonly #looks = new Map<string, { readonly at: number; readonly isAlive: boolean }>();

  constructor(private readonly engine: Engine) {}

  async start({ name }: Container, { folder }: JobPaths, words: readonly string[]): Promise<void> {
    if ((await readProcess(folder)) !== undefined) return;
    const operation = `start a job in container ${quote(name)}`;
    await this.engine.call(["exec", "--detach", "--user", "0", name, ...words], { operation });
    const until = performance.now() + PATIENCE_MILLISECONDS;
    while ((await readProcess(folder)) === undefined) {
      if (performance.now() > until)
        throw buildHostError("engine-failed", {
          ...{ engine: this.engine.name, operation, exitCode: 0 },
          lines: ["the job did not begin: does the image have /bin/sh, and does the engine run on this computer?"],
        });
      await sleep(10);
    }
  }

  /** Whether the process of the job's script is there, as its container sees it. */
  async isAlive({ name }: Container, { id, folder }: JobPaths): Promise<boolean> {
    const known = this.#looks.get(id);
    if (known?.isAlive === true && performance.now() - known.at < LOOK_MILLISECONDS) return true;
    const isAlive = await this.#look(name, (await readProcess(folder)) ?? "");
    this.#looks.set(id, { at: performance.now(), isAlive });
    return isAlive;
  }

  /** Processes of a job cannot be told from those of others, so all of the container end, but its first. */
  async stop({ name }: Container): Promise<void> {
    await this.engine.attempt(["exec", "--user", "0", name, "/bin/sh", "-c", "kill -9 -1"]);
  }

  async #look(name: string, process: string): Promise<boolean> {
    const [pid = ""] = process.split(" ");
    if (!/^\d+$/.test(pid)) return false;
    const result = await this.engine.attempt([
      "exec",
      "--user",
      "0",
      name,
      "/bin/sh",
      "-c",
      'read -r process < "/proc/$1/stat" && echo "$process"',
      "sh",
      pid,
    ]);
    const [then, now] = [startOf(process), startOf(result.stdout)];
    return result.exitCode === 0 && then !== undefined && then === now;
  }
}

/** When a process was started, from the line that the kernel has of it; undefined for a zombie. The name in brackets may contain blanks. */
function startOf(line: string): string | undefined {
  const fields = line
    .trim()
    .slice(line.lastIndexOf(")") + 2)
    .split(" ");
  return fields[0] === "Z" ? undefined : fields[19];
}
