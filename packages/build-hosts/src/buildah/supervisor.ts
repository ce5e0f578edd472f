import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { identifyProcess, isAlive, type ProcessIdentity } from "@imagewright/node-host";
import { JOB_FILE } from "../jobs/job-script.js";
import type { JobPaths } from "../machines/machine-folders.js";
import { lastLines } from "../processes/engine-failure.js";
import { orDiskFull } from "../processes/or-disk-full.js";
import { bootId } from "../records/process-owner.js";
import { toolEnvironment } from "../processes/tool-environment.js";

/** What a supervisor runs, such as a job. */
export interface Supervised {
  /** A prefix for the supervisor's files. */
  readonly control: string;
  /** The file that the command writes once it has begun. */
  readonly started: string;
}

/** The supervisor's view of a job. */
export function supervisedJob({ control, folder }: JobPaths): Supervised {
  return { control, started: `${folder}/${JOB_FILE.started}` };
}

/**
 * The process of this computer that runs a command of the engine, apart from the process that started it. Of several with the same files
 * the first goes on, and the others end at once: a link is made whole or not at all, so one that was killed before leaves no claim. Buildah
 * copies itself into memory before it starts a command, which fails now and then on a busy machine (once in 270 runs here): that is tried
 * again.
 */
const SCRIPT = `
isFirst=
read -r facts < /proc/$$/stat
printf '%s\\n' "$facts" "$3" > "$1.process.$$" || exit
ln "$1.process.$$" "$1.process" 2> /dev/null && isFirst=1
rm -f "$1.process.$$"
[ "$isFirst" ] || exit 0
control=$1 started=$2
shift 3
for try in 1 2 3 4; do
  "$@" > /dev/null 2> "$control.log" < /dev/null
  [ -e "$started" ] && exit
  grep -q "sealing memfd copy" "$control.log" || exit
done
`;

/** Starts the supervisor, and returns once it runs, or has run. Errors: disk-full, and those of Node's `open`. */
export async function startSupervisor(
  { control, started }: Supervised,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const parameters = ["-c", SCRIPT, "sh", control, started, await bootId(), ...words];
  const env = { ...toolEnvironment(), ...environment };
  const child = spawn("/bin/sh", parameters, { detached: true, stdio: "ignore", cwd: "/", env });
  const ended = new Promise<void>((resolve, reject) => child.once("exit", () => resolve()).once("error", reject));
  child.unref();
  while (!existsSync(processFile(control)) && child.exitCode === null && child.signalCode === null) await Promise.race([ended, sleep(2)]);
  if (!existsSync(processFile(control))) await sayWhyNot(control);
}

/** Why no supervisor begins: what it does first fails here as well. */
async function sayWhyNot(control: string): Promise<never> {
  const trial = `${control}.trial`;
  await orDiskFull("start a command", () => writeFile(trial, "trial"));
  await rm(trial, { force: true });
  throw new Error(`the supervisor ${control} ends before it begins`);
}

export async function isSupervised({ control }: Pick<Supervised, "control">): Promise<boolean> {
  const supervisor = await readSupervisor(control);
  return supervisor !== undefined && isAlive(supervisor);
}

/** Waits until a supervisor whose command has ended has cleaned up; after 10 s it is killed. */
export async function awaitSupervised(job: Pick<Supervised, "control">): Promise<void> {
  for (let looks = 0; looks < 1000 && (await isSupervised(job)); looks++) await sleep(10);
  await killSupervised(job);
}

/** What the engine's command said at its end; undefined if nothing. */
export async function lastWords({ control }: Pick<Supervised, "control">): Promise<string | undefined> {
  const text = await readFile(`${control}.log`, "utf8").catch(() => "");
  return lastLines(text, 3).join("; ") || undefined;
}

/** Kills the supervisor with all that it has started, and waits until they are gone. */
export async function killSupervised({ control }: Pick<Supervised, "control">): Promise<void> {
  const supervisor = await readSupervisor(control);
  if (supervisor === undefined) return;
  // the group outlives its leader, and its number is not given to another process while it does
  while ((await membersOf(supervisor)).length > 0) {
    killGroup(supervisor.pid);
    await sleep(10);
  }
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ESRCH") throw thrown;
  }
}

/** The living processes of the supervisor's group; none if its number belongs to another process by now. */
async function membersOf({ pid, startTime }: ProcessIdentity): Promise<number[]> {
  const leader = await identifyProcess(pid);
  if (leader !== undefined && leader.startTime !== startTime) return [];
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const groups = await Promise.all(pids.map(groupOf));
  return pids.filter((_, index) => groups[index] === pid);
}

/** The group of a process; undefined if it is gone, or a zombie. */
async function groupOf(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const [state, , group] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return state === "Z" || state === "X" ? undefined : Number(group);
}

/** The supervisor; undefined if there is none of this boot of the computer. */
async function readSupervisor(control: string): Promise<ProcessIdentity | undefined> {
  const text = readIfThere(processFile(control));
  const [stat = "", boot] = text?.split("\n") ?? [];
  if (text === undefined || boot !== (await bootId())) return undefined;
  // as the kernel writes it: the name in brackets may contain blanks
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { pid: Number.parseInt(stat, 10), startTime: (fields[19] ?? "").trim() };
}

/** Whoever follows a job asks for it many times a second: a tenth of the time of a reading by a thread. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function processFile(control: string): string {
  return `${control}.process`;
}
