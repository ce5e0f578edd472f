import { setTimeout as sleep } from "node:timers/promises";
import { describeCause } from "@imagewright/diagnostics";
import { isAlive } from "@imagewright/node-host";
import { ibError } from "../errors.js";
import type { ServerRecord } from "./server-record.js";

const POLL_MILLISECONDS = 50;

/** What has arrived is answered within a minute. */
const MOST_SECONDS = 120;

/** Asks a server to stop, and waits until its process has ended. Errors: server-not-stopped. */
export async function endServer(server: Pick<ServerRecord, "pid" | "startTime">, { seconds = MOST_SECONDS } = {}): Promise<void> {
  try {
    process.kill(server.pid, "SIGTERM");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ESRCH")
      throw ibError("server-not-stopped", { pid: server.pid, cause: describeCause(thrown) });
  }
  for (const until = performance.now() + seconds * 1000; await isAlive(server);) {
    if (performance.now() > until)
      throw ibError("server-not-stopped", {
        pid: server.pid,
        cause: `it has not ended within ${seconds} s; end it with kill -9 ${server.pid}`,
      });
    await sleep(POLL_MILLISECONDS);
  }
}
