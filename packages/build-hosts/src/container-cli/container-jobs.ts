import { lstat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { buildHostError } from "../errors.js";
import type { Container } from "../engines/dialect.js";
import type { Engine } from "../engines/engine.js";
import { seeProcess } from "./seen-from-here.js";
import { readProcess } from "../jobs/read-job-files.js";
import type { JobPaths } from "../machines/machine-folders.js";
import { quote } from "@imagewright/diagnostics";

const PATIENCE_MILLISECONDS = 10_000;
// a look through the engine costs a command
const LOOK_MILLISECONDS = 2_000;

/** The jobs of containers whose engine runs commands in them: they run below the engine, not below any process of ours. */
export class ContainerJobs {
  readonly #looks = new Map<string, { readonly at: number; readonly isAlive: boolean }>();

  /** The first processes of containers, as this computer may see them. */
  readonly #inits = new Map<string, number>();

  constructor(
    private readonly engine: Engine,
    private readonly jobsFolder: string,
  ) {}

  /** `requireContainer` is called if the engine refuses: it starts the container again, or throws. */
  async start({ name }: Container, { folder }: JobPaths, words: readonly string[], requireContainer: () => Promise<void>): Promise<void> {
    if (((await readProcess(folder)) ?? "") !== "") return;
    const operation = `start a job in container ${quote(name)}`;
    const exec = ["exec", "--detach", "--user", "0", name, ...words];
    if ((await this.engine.attempt(exec)).exitCode !== 0) {
      await requireContainer();
      await this.engine.call(exec, { operation });
    }
    const until = performance.now() + PATIENCE_MILLISECONDS;
    // the file is empty while it is about to be written, and the first thing that a job does may be to remove its folder
    while (((await readProcess(folder)) ?? "") === "" && (await isFolder(folder))) {
      if (performance.now() > until)
        throw buildHostError("engine-failed", {
          ...{ engine: this.engine.name, operation, exitCode: 0 },
          lines: ["the job did not begin: does the image have /bin/sh, and does the engine run on this computer?"],
        });
      await sleep(10);
    }
  }

  /** Whether the process of the job's script is there. The engine is asked only where this computer does not see it. */
  async isAlive(container: Container, { id, folder }: JobPaths): Promise<boolean> {
    const process = (await readProcess(folder)) ?? "";
    const [pid = ""] = process.split(" ");
    if (!/^\d+$/.test(pid)) return false;
    const init = await this.#init(container.name);
    if (isSame(process, (await seeProcess(init, pid, container, this.jobsFolder)) ?? "")) return true;
    const known = this.#looks.get(id);
    if (known?.isAlive === true && performance.now() - known.at < LOOK_MILLISECONDS) return true;
    const isAlive = await this.#look(container.name, pid, process);
    this.#looks.set(id, { at: performance.now(), isAlive });
    // it may have been restarted
    if (isAlive) this.#inits.delete(container.name);
    return isAlive;
  }

  /** Processes of a job cannot be told from those of others, so all of the container end, but its first. */
  async stop({ name }: Container): Promise<void> {
    await this.engine.attempt(["exec", "--user", "0", name, "/bin/sh", "-c", "kill -9 -1"]);
  }

  async #init(name: string): Promise<number> {
    const known = this.#inits.get(name);
    if (known !== undefined) return known;
    const { stdout } = await this.engine.attempt(["container", "inspect", "--format", "{{.State.Pid}}", name]);
    const init = Number(stdout.trim()) || 0;
    this.#inits.set(name, init);
    return init;
  }

  /** Whether the process is there as its container sees it. */
  async #look(name: string, pid: string, process: string): Promise<boolean> {
    const script = 'if read -r process < "/proc/$1/stat"; then echo "$process"; else echo none; fi';
    const { stdout } = await this.engine.attempt(["exec", "--user", "0", name, "/bin/sh", "-c", script, "sh", pid]);
    if (stdout.trim() !== "") return isSame(process, stdout);
    // the engine did not run the command: a busy one must not make a job lost
    const { stdout: state } = await this.engine.attempt(["container", "inspect", "--format", "{{.State.Running}}", name]);
    return state.trim() === "true";
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isDirectory() === true;
}

/** Whether two lines of the kernel are of one process, which is no zombie. */
function isSame(line: string, other: string): boolean {
  const [then, now] = [startOf(line), startOf(other)];
  return then !== undefined && then === now;
}

/** When a process was started, from the line that the kernel has of it; undefined for a zombie. The name in brackets may contain blanks. */
function startOf(line: string): string | undefined {
  const fields = line
    .trim()
    .slice(line.lastIndexOf(")") + 2)
    .split(" ");
  return fields[0] === "Z" ? undefined : fields[19];
}
