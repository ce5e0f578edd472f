import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { IB, ib } from "./ib.js";
import type { BuildFolder } from "./interrupted-build.js";

/** What changes files. */
const CALLS = "write,pwrite64,ftruncate,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,rmdir,fsync,fdatasync";
/** `ib` with all its threads, and not the programs that it starts. */
const STRACE = ["--quiet=all", "--follow-forks", "--detach-on=execve", "--trace", CALLS];

/** Why builds cannot be killed at their writes here; undefined if they can. */
export function whyNotKilled(): string | undefined {
  return spawnSync("strace", ["-V"]).status === 0 ? undefined : "strace is not installed";
}

/** The largest number of such calls that one thread of an undisturbed build makes. */
export async function countWrites(build: BuildFolder): Promise<number> {
  const trace = join(build.folder, "trace");
  await straced(build, ["--output", trace]);
  const counts = new Map<string, number>();
  for (const [, thread = ""] of (await readFile(trace, "utf8")).matchAll(/^(\d+) +\w+\(/gm))
    counts.set(thread, (counts.get(thread) ?? 0) + 1);
  return Math.max(...counts.values());
}

export interface Killed {
  /** False if the build ended before. */
  readonly isKilled: boolean;
  /** The ids of the builds that have not ended. */
  readonly unended: readonly string[];
}

/** Kills a build at the `when`th such call that one of its threads makes. The build may end before it makes so many. */
export async function killAtWrite(build: BuildFolder, when: number): Promise<Killed> {
  const isKilled = await straced(build, ["--output", "/dev/null", "--inject", `${CALLS}:signal=SIGKILL:when=${when}`]);
  const builds = join(build.data, "builds");
  const names = await readdir(builds).catch(() => []);
  return { isKilled, unended: names.filter((id) => existsSync(join(builds, id, "build.json"))) };
}

/** Runs a component as the next command of the same user would; returns what is left in the folder for temporary files then. */
export async function leftAfterNext(build: BuildFolder): Promise<string[]> {
  const parameters = ["--in", build.parent, "--engine", "buildah", "--phases", "build", "--parameter", "Who=who"];
  const environment = { TMPDIR: temporaryFolder(build) };
  const { code, stderr } = await ib(["component", "run", "greeter.yaml", ...parameters], { folder: build.folder, environment });
  if (code !== 0) throw new Error(stderr);
  return readdir(temporaryFolder(build));
}

function temporaryFolder({ folder }: BuildFolder): string {
  return join(folder, "tmp");
}

/** Whether it was killed. */
async function straced(build: BuildFolder, options: readonly string[]): Promise<boolean> {
  await mkdir(temporaryFolder(build), { recursive: true });
  return new Promise((resolve, reject) => {
    const parameters = [...STRACE, ...options, process.execPath, IB, "build", "recipe.yaml", "--engine", "buildah"];
    const env = { PATH: process.env["PATH"], HOME: build.folder, IMAGEWRIGHT_HOME: build.data, TMPDIR: temporaryFolder(build) };
    const child = spawn("strace", parameters, { cwd: build.folder, env, stdio: "ignore" });
    child.once("error", reject);
    child.once("close", (_code, signal) => resolve(signal === "SIGKILL"));
  });
}
