import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { databaseAccount } from "./postgres/account.js";
import { openDatabaseFolder, openPrivateFolder, type DatabaseFolder } from "./database-folder.js";
import { embeddedDatabaseError } from "./errors.js";
import { checkCluster, makeCluster } from "./postgres/make-cluster.js";
import { findNativePackage, binaryPlatform } from "./postgres/native-package.js";
import { PostgresPrograms } from "./postgres/programs.js";
import { databaseUrl, reachServer } from "./postgres/reach-server.js";
import { lastServer } from "./postgres/running-server.js";
import { runtimeCopy } from "./postgres/runtime-copy.js";
import { startServer, stopServer, type ServerSettings } from "./postgres/start-server.js";
import { exclusively } from "./sharing/exclusively.js";
import { Holders } from "./sharing/holders.js";

/** A Postgres server that this process uses, perhaps with others. */
export interface EmbeddedDatabase {
  /** With user and password; of the database `imagewright`. */
  readonly url: string;
  readonly port: number;
  /** Ends the use: the server is stopped if no other process uses it. Errors: not-stopped. */
  close(): Promise<void>;
}

export interface EmbeddedDatabaseOptions {
  /** Where everything is: programs, cluster, password. It is made if it is missing; see `defaultDatabaseFolder`. */
  readonly folder: string;
  /** Where the copy of Postgres's programs is, which several databases can share; `programs` in the folder if it is left out. */
  readonly programs?: string;
  /** Further settings of Postgres, for a server that this call starts. */
  readonly settings?: ServerSettings;
  /** Further parameters of initdb, for a cluster that this call makes. */
  readonly clusterParameters?: readonly string[];
}

/**
 * Starts the Postgres server of a folder, or takes the one that runs: another process may use it, or have been killed while it did. The
 * server is ready, and keeps what it has acknowledged whatever is killed. It is stopped when the last process that uses it closes it.
 *
 * Errors: platform-not-supported, binaries-missing, account-not-made, folder-refused, folder-not-usable, disk-full, other-version, damaged,
 * used-elsewhere, not-started, not-reached.
 */
export async function openEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const native = findNativePackage(binaryPlatform());
  const account = await databaseAccount();
  const folder = await openDatabaseFolder(options.folder, account !== undefined);
  const programsFolder = await openPrivateFolder(options.programs ?? join(folder.path, "programs"), account !== undefined);
  const holders = new Holders(folder.holders);
  return exclusively(folder.turns, async () => {
    if ((await holders.state()) === "held-elsewhere") throw embeddedDatabaseError("used-elsewhere", { folder: folder.path });
    const programs = new PostgresPrograms(await runtimeCopy(native, programsFolder), account);
    if (!existsSync(folder.cluster)) await makeCluster(folder, programs, account, options.clusterParameters);
    checkCluster(folder, native.major, account?.uid ?? process.geteuid?.());
    const password = readFileSync(folder.password, "utf8");
    const port = await runningPort(folder, programs, password, options.settings);
    const leave = await holders.add();
    let closing: Promise<void> | undefined;
    const close = () => (closing ??= exclusively(folder.turns, () => stopAfterLast(folder, programs, holders, leave)));
    return { url: databaseUrl(port, password), port, close };
  });
}

/** The port of the server that runs, or that is started. */
async function runningPort(
  folder: DatabaseFolder,
  programs: PostgresPrograms,
  password: string,
  settings: ServerSettings | undefined,
): Promise<number> {
  for (;;) {
    const last = await lastServer(folder.cluster);
    if (last?.isRunning !== true) await startServer(folder, programs, last, settings);
    const server = await lastServer(folder.cluster);
    const isRunning = async () => (await lastServer(folder.cluster))?.isRunning === true;
    if (server !== undefined && (await reachServer(server.port, password, isRunning))) return server.port;
  }
}

async function stopAfterLast(folder: DatabaseFolder, programs: PostgresPrograms, holders: Holders, leave: () => void): Promise<void> {
  leave();
  const isLast = (await holders.state()) === "none";
  if (isLast && (await lastServer(folder.cluster))?.isRunning === true) await stopServer(folder, programs);
}
