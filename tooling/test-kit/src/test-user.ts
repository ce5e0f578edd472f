import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { asNobody, isRoot } from "./as-nobody.js";

/** An ordinary user with ids of its own for a user namespace. */
export interface TestUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  /** The parameters of `setpriv` before a command that runs as this user, with little in its environment. */
  readonly prefix: readonly string[];
}

/** Why a test cannot be run as another user here; undefined if it can. `path` is what that user must be able to read. */
export async function testUserProblem(path: string): Promise<string | undefined> {
  if (!isRoot) return "only root can make another user";
  for (const command of ["useradd", "userdel", "usermod", "setpriv", "newuidmap"])
    if (!succeeds("sh", ["-c", `command -v ${command}`])) return `${command} is not installed`;
  const isReadable = await asNobody(async () => {
    try {
      accessSync(path);
      return true;
    } catch {
      return false;
    }
  });
  return isReadable ? undefined : `other users cannot read ${path}`;
}

/** Makes a user for the body, and removes it with its home. */
export async function withTestUser<Result>(body: (user: TestUser) => Promise<Result>): Promise<Result> {
  const name = `iwtest${process.pid}`;
  const home = `/home/${name}`;
  await addUser(["--create-home", "--home-dir", home, "--shell", "/bin/sh", name]);
  try {
    // ids that no distribution gives by itself
    const range = `${3_000_000_000 - 65_536}-${3_000_000_000 - 1}`;
    execFileSync("usermod", ["--add-subuids", range, "--add-subgids", range, name]);
    const variables = [`HOME=${home}`, `USER=${name}`, `LOGNAME=${name}`, `PATH=${process.env["PATH"] ?? ""}`, `TMPDIR=${home}`];
    const prefix = [`--reuid=${name}`, `--regid=${name}`, "--init-groups", "env", "-i", ...variables];
    const idOf = (flag: string) => Number(execFileSync("id", [flag, name], { encoding: "utf8" }));
    return await body({ name, uid: idOf("-u"), gid: idOf("-g"), home, prefix });
  } finally {
    // podman leaves one that holds its user namespace
    spawnSync("pkill", ["-KILL", "--uid", name], { stdio: "ignore" });
    // userdel keeps others from adding users while it removes files
    rmSync(home, { recursive: true, force: true });
    execFileSync("userdel", ["--remove", "--force", name], { stdio: "ignore" });
  }
}

const LOCKED = 1;
const MOST_TRIES = 60;

/** Another test may be adding or removing a user: the files of accounts are locked meanwhile. */
async function addUser(parameters: readonly string[]): Promise<void> {
  for (let tries = 1; ; tries++) {
    const { status, stderr } = spawnSync("useradd", parameters, { encoding: "utf8" });
    if (status === 0) return;
    if (status !== LOCKED || tries === MOST_TRIES) throw new Error(`useradd ended with code ${status ?? "none"}: ${stderr}`);
    await sleep(1000);
  }
}

function succeeds(file: string, parameters: readonly string[]): boolean {
  try {
    execFileSync(file, parameters, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
