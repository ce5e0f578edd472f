import { setTimeout as sleep } from "node:timers/promises";
import { describeCause } from "@imagewright/diagnostics";
import { isAlive } from "@imagewright/node-host";
import { ibError } from "../errors.js";
import type { ServerRecord } from "./server-record.js";

const POLL_MILLISECONDS = 50;

/** Asks a server to stop, and waits until its process has ended. Errors: server-not-stopped. */
export async function endServer(server: Pick<ServerRecord, "pid" | "startTime">): Promise<void> {
  try {
    process.kill(server.pid, "SIGTERM");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ESRCH")
      throw ibError("server-not-stopped", { pid: server.pid, cause: describeCause(thrown) });
  }
  while (await isAlive(server)) await sleep(POLL_MILLISECONDS);
}
