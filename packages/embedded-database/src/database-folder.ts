import { chmodSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describeCause, isImagewrightError, quoteInFull } from "@imagewright/diagnostics";
import { makePrivateFolder, type RefusedPath } from "@imagewright/node-host";
import { embeddedDatabaseError } from "./errors.js";

/** What is where in the folder of an embedded database. */
export interface DatabaseFolder {
  readonly path: string;
  /** The data directory of Postgres. */
  readonly cluster: string;
  readonly password: string;
  readonly holders: string;
  readonly turns: string;
}

/** Only root can enter what other packages make in it. The user of Postgres has to come through. */
const ROOTS_FOLDER = "/var/lib/imagewright";
const OTHERS_MAY_ENTER = 0o001;

/** Where the database is if nothing else is said: below the data folder of a user; root's is where the user of Postgres can reach it. */
export function defaultDatabaseFolder(dataFolder: string, isRoot = process.geteuid?.() === 0): string {
  return join(isRoot ? ROOTS_FOLDER : dataFolder, "database");
}

/** Makes the folder of a database, or takes one that is the user's. Errors: as `openPrivateFolder`. */
export async function openDatabaseFolder(folder: string, isForOtherAccount: boolean): Promise<DatabaseFolder> {
  const path = await openPrivateFolder(folder, isForOtherAccount);
  const below = (name: string) => join(path, name);
  return { path, cluster: below("cluster"), password: below("password"), holders: below("holders"), turns: below("turns") };
}

/**
 * Makes a folder that only this user can change, or takes one, and returns its real name. For another account, that account can enter it.
 * Errors: folder-refused, folder-not-usable, disk-full.
 */
export async function openPrivateFolder(folder: string, isForOtherAccount: boolean): Promise<string> {
  try {
    await makePrivateFolder(folder);
    const path = realpathSync(folder);
    if (isForOtherAccount) letThrough(path);
    return path;
  } catch (thrown) {
    throw refusal(folder, thrown);
  }
}

/** The account of Postgres may enter the folder, and nothing more. */
function letThrough(path: string): void {
  chmodSync(path, 0o711);
  for (let above = dirname(path); ; above = dirname(above)) {
    const { mode } = statSync(above);
    if ((mode & OTHERS_MAY_ENTER) === 0) {
      if (!`${above}/`.startsWith(`${ROOTS_FOLDER}/`))
        throw embeddedDatabaseError("folder-refused", {
          folder: path,
          reason: `${quoteInFull(above)} above it can be entered only by its owner, and Postgres does not run as root`,
        });
      chmodSync(above, (mode & 0o7777) | OTHERS_MAY_ENTER);
    }
    if (above === dirname(above)) return;
  }
}

function refusal(folder: string, thrown: unknown): unknown {
  if (isImagewrightError(thrown, "node-host/path-refused"))
    return embeddedDatabaseError("folder-refused", { folder, reason: (thrown.data as RefusedPath).reason });
  if (isImagewrightError(thrown)) return thrown;
  if ((thrown as NodeJS.ErrnoException).code === "ENOSPC") return embeddedDatabaseError("disk-full", { folder });
  return embeddedDatabaseError("folder-not-usable", { folder, cause: describeCause(thrown) }, { cause: thrown });
}
