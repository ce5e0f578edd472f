import { randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  existsSync,
  fchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createNewFile, scratchOwner, writeAtomically } from "@imagewright/node-host";
import type { DatabaseFolder } from "../database-folder.js";
import { embeddedDatabaseError } from "../errors.js";
import type { DatabaseAccount } from "./account.js";
import { whyFailed, type PostgresPrograms } from "./programs.js";

/** The superuser of the cluster. */
export const DATABASE_USER = "imagewright";

const DRAFT = "cluster.draft-";

/** Text is sorted by code points on every system, which no update of a C library changes. */
const PARAMETERS = [
  `--username=${DATABASE_USER}`,
  "--auth=scram-sha-256",
  "--encoding=UTF8",
  "--locale=C",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--no-instructions",
];

/**
 * Makes the cluster with a password of its own, which only this user can read. The cluster appears at once and complete; what a killed
 * process has left of one is removed. Only one process does this at a time. Errors: disk-full, not-started.
 */
export async function makeCluster(
  folder: DatabaseFolder,
  programs: PostgresPrograms,
  account: DatabaseAccount | undefined,
  further: readonly string[] = [],
): Promise<void> {
  for (const name of readdirSync(folder.path))
    if (name.startsWith(DRAFT)) rmSync(join(folder.path, name), { recursive: true, force: true });
  const draft = join(folder.path, `${DRAFT}${await scratchOwner()}`);
  const passwordFile = `${draft}.password`;
  const password = randomBytes(24).toString("hex");
  try {
    mkdirSync(draft, { mode: 0o700 });
    if (account !== undefined) chownSync(draft, account.uid, account.gid);
    giveFile(passwordFile, password, account);
    const failure = whyFailed(await programs.run("initdb", [`--pgdata=${draft}`, `--pwfile=${passwordFile}`, ...PARAMETERS, ...further]));
    if (failure !== undefined) throw notMade(folder, failure);
    // a cluster whose password is not known would be of no use, so the password is there first
    writeAtomically(folder.password, password);
    renameSync(draft, folder.cluster);
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
}

/** Refuses a cluster that these programs cannot run. Errors: other-version, folder-refused, damaged. */
export function checkCluster(folder: DatabaseFolder, major: string, user: number | undefined): void {
  const { uid } = lstatSync(folder.cluster);
  if (user !== undefined && uid !== user)
    throw embeddedDatabaseError("folder-refused", {
      folder: folder.path,
      reason: `its files belong to the user with the id ${uid}, and Postgres would run as ${user}`,
    });
  const damage = (cause: string) => embeddedDatabaseError("damaged", { folder: folder.path, cause, log: logOf(folder) });
  const versionFile = join(folder.cluster, "PG_VERSION");
  if (!existsSync(versionFile)) throw damage("the file PG_VERSION is missing");
  const found = readFileSync(versionFile, "utf8").trim();
  if (found !== major) throw embeddedDatabaseError("other-version", { folder: folder.path, found, known: major });
  if (!existsSync(folder.password)) throw damage("its password is missing");
}

export function logOf({ cluster }: DatabaseFolder): string {
  return join(cluster, "server.log");
}

function giveFile(path: string, text: string, account: DatabaseAccount | undefined): void {
  rmSync(path, { force: true });
  const descriptor = createNewFile(path, 0o600);
  try {
    writeFileSync(descriptor, text);
    if (account !== undefined) fchownSync(descriptor, account.uid, account.gid);
  } finally {
    closeSync(descriptor);
  }
}

function notMade({ path }: DatabaseFolder, output: string): Error {
  if (output.includes("No space left on device")) return embeddedDatabaseError("disk-full", { folder: path });
  const line = output.split("\n").find((text) => /error|fatal|panic/i.test(text)) ?? output.trim();
  return embeddedDatabaseError("not-started", { folder: path, cause: line, log: "" });
}
