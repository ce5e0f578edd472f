import { closeSync, constants, openSync, readFileSync, renameSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { DatabaseFolder } from "../database-folder.js";
import { embeddedDatabaseError } from "../errors.js";
import { freePort } from "./free-port.js";
import { logOf } from "./make-cluster.js";
import { whyFailed, type PostgresPrograms } from "./programs.js";
import type { LastServer } from "./running-server.js";

export type ServerSettings = Readonly<Record<string, string | number>>;

/**
 * Nobody else can connect: there is no socket file, which every local user could open and whose path may be too long, and the port is only
 * on the loopback interface. Faults of statements are told to the client; the log is for the server's own.
 */
const SETTINGS: ServerSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: 200,
  timezone: "UTC",
  log_timezone: "UTC",
  log_min_messages: "log",
  log_checkpoints: "off",
};

const MOST_TRIES = 20;
const LONGEST_RECOVERY_SECONDS = 24 * 60 * 60;
// the highest that Linux can be set to gives is one less
const NO_PROCESS = 4_194_305;
const DAMAGE = /invalid|corrupt|incorrect checksum|could not locate a valid checkpoint|could not (?:open|read) file|not recognized/i;

/**
 * Starts the server and waits until it is ready, on the port that it had before if that is free, so that processes that have its URL find
 * it again. It runs on when this process ends, however that ends. Errors: not-started, disk-full, damaged.
 */
export async function startServer(
  folder: DatabaseFolder,
  programs: PostgresPrograms,
  last: LastServer | undefined,
  further: ServerSettings = {},
): Promise<void> {
  if (last !== undefined) await forgetProcess(folder, programs);
  let port = last?.port ?? 0;
  for (let tries = 1; ; tries++) {
    if (port === 0) port = await freePort();
    keepOldLog(folder);
    const failure = whyFailed(await programs.run("pg_ctl", startParameters(folder, { ...SETTINGS, ...further, port })));
    if (failure === undefined) return;
    const log = readLog(folder);
    const isTaken = log.includes("Address already in use");
    // processes of a server that was killed end a little later than it
    const isEnding = log.includes("pre-existing shared memory block");
    if ((!isTaken && !isEnding) || tries === MOST_TRIES) throw explain(folder, log || failure);
    if (isTaken) port = 0;
    else await sleep(250);
  }
}

/** Errors: not-stopped. */
export async function stopServer(folder: DatabaseFolder, programs: PostgresPrograms): Promise<void> {
  const wait = `--timeout=${LONGEST_RECOVERY_SECONDS}`;
  const failure = whyFailed(await programs.run("pg_ctl", ["stop", `--pgdata=${folder.cluster}`, "--mode=fast", "--wait", wait]));
  if (failure !== undefined) throw embeddedDatabaseError("not-stopped", { folder: folder.path, cause: failure.trim() });
}

function startParameters(folder: DatabaseFolder, settings: ServerSettings): readonly string[] {
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  const waiting = ["--wait", `--timeout=${LONGEST_RECOVERY_SECONDS}`];
  return ["start", `--pgdata=${folder.cluster}`, `--log=${logOf(folder)}`, ...waiting, `--options=${options.join(" ")}`];
}

/**
 * Postgres would not start if there is a process with the id of the killed server: a later one, or one that nobody has waited for, as in a
 * container. The rest of the file stays: by it Postgres knows whether processes of the killed server still use its memory.
 */
async function forgetProcess(folder: DatabaseFolder, programs: PostgresPrograms): Promise<void> {
  await programs.runTool("sed", ["-i", "-e", `1s/.*/${NO_PROCESS}/`, "postmaster.pid"], folder.cluster);
}

function keepOldLog(folder: DatabaseFolder): void {
  try {
    renameSync(logOf(folder), `${logOf(folder)}.old`);
  } catch {
    // there is none yet
  }
}

/** The folder belongs to another account, which could put a link there. */
function readLog(folder: DatabaseFolder): string {
  try {
    const descriptor = openSync(logOf(folder), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      return readFileSync(descriptor, "utf8");
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return "";
  }
}

function explain(folder: DatabaseFolder, log: string): Error {
  if (log.includes("No space left on device")) return embeddedDatabaseError("disk-full", { folder: folder.path });
  const lines = log.trim().split("\n");
  const line = lines.find((text) => /(?:FATAL|PANIC): /.test(text)) ?? lines.at(-1) ?? "";
  const cause = line.replace(/^.*?(?:FATAL|PANIC): +/, "");
  const facts = { folder: folder.path, cause, log: logOf(folder) };
  return DAMAGE.test(cause) ? embeddedDatabaseError("damaged", facts) : embeddedDatabaseError("not-started", facts);
}
