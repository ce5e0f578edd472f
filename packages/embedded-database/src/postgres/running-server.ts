import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { identifyProcess, inheritedEnvironment, runProgram } from "@imagewright/node-host";

/** A server of a cluster, as its file postmaster.pid tells. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

/** A server that was started on a cluster and not stopped. */
export interface LastServer extends RunningServer {
  /** Its process id may be that of another process now, or of one that nobody has waited for. */
  readonly isRunning: boolean;
}

/** The server that runs on a cluster or was killed; undefined if the last one was stopped. Format: CreateLockFile of Postgres. */
export async function lastServer(cluster: string): Promise<LastServer | undefined> {
  const text = await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => "");
  const [pid = Number.NaN, , , port = 0] = text.split("\n").map(Number);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  const isRunning = (await identifyProcess(pid)) !== undefined && (await isServerOf(cluster, pid));
  return { pid, port, isRunning };
}

/** By its command line: root in a container may not look at the folder in which a process of another user runs. */
async function isServerOf(cluster: string, pid: number): Promise<boolean> {
  const written = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  if (written !== undefined) {
    const [file = "", ...parameters] = written.split("\0");
    return file.endsWith("/postgres") && parameters.includes(cluster);
  }
  const shown = await runProgram({ file: "ps", arguments: ["-o", "command=", "-p", String(pid)], environment: inheritedEnvironment() });
  return shown.stdout.includes(`/postgres -D ${cluster}`);
}
