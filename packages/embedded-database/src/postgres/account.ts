import { setTimeout as sleep } from "node:timers/promises";
import { createNodeHost, findProgram, inheritedEnvironment, runProgram } from "@imagewright/node-host";
import { embeddedDatabaseError } from "../errors.js";

/** The user that Postgres runs as where this process is root's. Its only member files are those of databases. */
export interface DatabaseAccount {
  readonly uid: number;
  readonly gid: number;
}

const NAME = "imagewright-db";
const PARAMETERS = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", NAME];
const MOST_TRIES = 60;

/**
 * The account under which Postgres has to run, made if it is missing: Postgres refuses to run as root, and an account that others use, such
 * as nobody, would give them the database. Undefined for an ordinary user. Errors: account-not-made.
 */
export async function databaseAccount(): Promise<DatabaseAccount | undefined> {
  if (process.geteuid?.() !== 0) return undefined;
  const found = await find();
  if (found !== undefined) return found;
  let cause = "useradd is not installed";
  const file = await findProgram("useradd", inheritedEnvironment()["PATH"]);
  // another process may be making it, or another account: the files of accounts are locked meanwhile
  for (let tries = 0; file !== undefined && tries < MOST_TRIES; tries++) {
    const exit = await runProgram({ file, arguments: PARAMETERS, environment: inheritedEnvironment() });
    const made = await find();
    if (made !== undefined) return made;
    cause = exit.kind === "not-started" ? exit.reason : exit.stderr.trim();
    if (!/try again later/.test(cause)) break;
    await sleep(500);
  }
  throw embeddedDatabaseError("account-not-made", { account: NAME, cause });
}

async function find(): Promise<DatabaseAccount | undefined> {
  const user = await createNodeHost().accounts.user(NAME);
  return user?.gid === undefined || user.uid === 0 ? undefined : { uid: user.uid, gid: user.gid };
}
