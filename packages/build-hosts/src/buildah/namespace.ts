import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { quote } from "@imagewright/diagnostics";
import { makeFolders } from "@imagewright/node-host";
import type { Container } from "../engines/dialect.js";
import type { Engine } from "../engines/engine.js";
import { buildHostError } from "../errors.js";
import { engineFailure } from "../processes/engine-failure.js";
import { secondsToAnswer } from "../processes/time-limit.js";
import { isSupervised, killSupervised, lastWords, startSupervisor } from "./supervisor.js";

/**
 * An ordinary user's container is mounted only inside of a user namespace, and a mount of overlay does not see what is written through
 * another one. So each machine has one namespace, held by a process that waits, and all its jobs run there.
 */
export interface Namespace {
  /** The command line that runs another one in it. */
  readonly enter: readonly string[];
  /** The variables with which buildah knows that it is in it. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Parameters: the file that says that the namespace is ready, the command that mounts the container. */
const HOLD_SCRIPT = `
ready=$1
shift
"$@" > /dev/null || exit 1
{ echo $$; env | grep -E '^(_CONTAINERS_[A-Z_]*|BUILDAH_ISOLATION|STORAGE_DRIVER)='; } > "$ready.draft" && mv "$ready.draft" "$ready" || exit 1
exec sleep infinity
`;

const PREFIX = "namespace-";
const MOST_TRIES = 3;

/** The namespace of a container's jobs, made if there is none. Of several processes that make it at a time, one does. */
export async function openNamespace(engine: Engine, container: Container): Promise<Namespace> {
  for (let triesLeft = MOST_TRIES; ; triesLeft--) {
    const holder = await currentHolder(container);
    const mount = engine.line(["mount", container.name]);
    const temporaryFiles = `${holder.control}.tmp`;
    await makeFolders(temporaryFiles, 0o700);
    await startSupervisor(holder, ["buildah", "unshare", "--", "sh", "-c", HOLD_SCRIPT, "sh", holder.started, ...mount], {
      ...engine.environment,
      TMPDIR: temporaryFiles,
    });
    const namespace = await readNamespace(holder, mount);
    if (namespace !== undefined) return namespace;
    const words = await lastWords(holder);
    // a holder that said nothing was killed
    if (words !== undefined || triesLeft === 0)
      throw engineFailure(
        { engine: engine.name, operation: `open container ${quote(container.name)}` },
        { exitCode: 1, stdout: "", stderr: words ?? "" },
      );
  }
}

/** Ends the namespaces of a container, after its jobs. */
export async function closeNamespaces(container: Container): Promise<void> {
  for (const number of await generations(container)) await killSupervised(holderOf(container, number));
}

/** Whether a supervisor's name is that of a holder. */
export function isHolder(name: string): boolean {
  return name.startsWith(PREFIX);
}

interface Holder {
  readonly control: string;
  readonly started: string;
}

/** The last holder if it lives, else the next: one that was killed, or is of another boot, has left its files. */
async function currentHolder(container: Container): Promise<Holder> {
  const last = Math.max(0, ...(await generations(container)));
  const holder = holderOf(container, last);
  return last > 0 && (await isSupervised(holder)) ? holder : holderOf(container, last + 1);
}

function holderOf({ folders }: Container, number: number): Holder {
  const control = join(folders.control, `${PREFIX}${number}`);
  return { control, started: `${control}.ready` };
}

async function generations({ folders }: Container): Promise<number[]> {
  const names = await readdir(folders.control).catch(() => []);
  return names.flatMap((name) => {
    const [, number] = new RegExp(`^${PREFIX}(\\d+)\\.process$`).exec(name) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
}

/** Waits until the namespace is ready; undefined if its holder ends. One whose mount takes longer than its limit is ended. */
async function readNamespace(holder: Holder, mount: readonly string[]): Promise<Namespace | undefined> {
  const seconds = secondsToAnswer(mount) ?? Infinity;
  for (const until = performance.now() + seconds * 1000; ;) {
    const isAlive = await isSupervised(holder);
    const text = await readFile(holder.started, "utf8").catch(() => undefined);
    if (!isAlive) return undefined;
    if (text !== undefined) return parse(text);
    if (performance.now() > until) {
      await killSupervised(holder);
      throw buildHostError("engine-not-answering", { engine: "buildah", call: mount.join(" "), seconds });
    }
    await sleep(5);
  }
}

function parse(text: string): Namespace {
  const [pid = "", ...variables] = text.trimEnd().split("\n");
  const environment = Object.fromEntries(variables.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
  return { enter: ["nsenter", "--target", pid, "--user", "--mount", "--preserve-credentials", "--"], environment };
}
