import { join } from "node:path";
import { quote } from "@imagewright/diagnostics";
import { makeFolders, untilAborted } from "@imagewright/node-host";
import { findCommand } from "../processes/find-command.js";
import { runTool, type ToolResult } from "../processes/run-tool.js";
import { FIRST_NOTICE_SECONDS, tellingWaits, type TellWait } from "../processes/telling-waits.js";

interface Lock {
  readonly folder: string;
  readonly name: string;
  /** Ends the wait for the lock; the body, once it runs, is not ended. */
  readonly signal?: AbortSignal | undefined;
  /** Told if another process holds the lock for long. */
  readonly tell?: TellWait | undefined;
}

/**
 * Runs the body while no other process of this computer runs one under the same lock. The kernel holds the lock for a process that dies
 * with this one, so that it cannot be left behind. Where there is no `flock`, as on macOS, nothing is locked.
 */
export async function withLock<Result>({ folder, name, signal, tell }: Lock, body: () => Promise<Result>): Promise<Result> {
  signal?.throwIfAborted();
  if ((await findCommand("flock")) === undefined) return body();
  await makeFolders(folder, 0o700);
  const giveUp = new AbortController();
  const path = join(folder, `${name}.lock`);
  const { locked, ended } = holdLock(path, giveUp.signal);
  let holder: number | undefined;
  try {
    const what = `another process holds the lock ${quote(path)}`;
    const mine = tellingWaits({ what, tell, seconds: FIRST_NOTICE_SECONDS }, locked);
    holder = await (signal === undefined ? mine : untilAborted(signal, mine));
    return await body();
  } finally {
    // it is one process and starts none, so nobody has to search for more of it
    if (holder === undefined) giveUp.abort();
    else killIfThere(holder);
    await ended;
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ESRCH") throw thrown;
  }
}

// it is held for a few calls that have a limit themselves
const MOST_SECONDS = 1800;

/** `locked` is the id of the process that holds it. */
function holdLock(path: string, signal: AbortSignal): { readonly locked: Promise<number>; readonly ended: Promise<void> } {
  let holder: Promise<ToolResult> | undefined;
  const locked = new Promise<number>((resolve, reject) => {
    holder = runTool({
      ...{
        file: "flock",
        arguments: ["--no-fork", "--timeout", String(MOST_SECONDS), path, "sh", "-c", "echo $$; exec sleep infinity"],
        signal,
      },
      onOutput: (stream, chunk) => stream === "stdout" && resolve(Number(Buffer.from(chunk).toString())),
    });
    // while the lock is held it does not end by itself
    holder.then(
      ({ stderr }) =>
        reject(new Error(`the lock ${path} could not be taken: ${stderr.trim() || `another process has held it for ${MOST_SECONDS} s`}`)),
      reject,
    );
  });
  return {
    locked,
    ended: (holder as Promise<unknown>).then(
      () => undefined,
      () => undefined,
    ),
  };
}
