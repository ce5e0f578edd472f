import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { quote } from "@imagewright/diagnostics";
import { untilAborted } from "@imagewright/node-host";
import type { Cancellable } from "../cancellable.js";
import { buildHostError } from "../errors.js";
import { engineFailure } from "../processes/engine-failure.js";
import { findCommand } from "../processes/find-command.js";
import { runTool } from "../processes/run-tool.js";
import { FIRST_NOTICE_SECONDS, tellingWaits, type TellWait } from "../processes/telling-waits.js";
import { graceSeconds, noticeSeconds, secondsToMove } from "../processes/time-limit.js";
import type { Container } from "./dialect.js";
import type { Engine, EngineCall } from "./engine.js";

/** The locks of calls that this process waits for no longer. */
const givenUp = new Set<string>();

/**
 * Calls an engine for what it must not leave by half, as an image without manifest: the command goes on when this process is killed
 * or its signal aborted. It holds the lock of the container, so that whoever comes next can wait for it. Where there is no `flock`, as on
 * macOS, nobody waits. One that has not ended some seconds after the signal is waited for no longer, in this process.
 */
export async function lastingCall(engine: Engine, container: Container, parameters: readonly string[], call: EngineCall): Promise<string> {
  call.signal?.throwIfAborted();
  const lock = (await findCommand("flock")) === undefined ? undefined : lockOf(container);
  // for whoever waits for it
  if (lock !== undefined) await writeFile(lock, JSON.stringify(engine.line(parameters)), { mode: 0o600 });
  const running = engine.attemptLasting(parameters, { lock, workingDirectory: call.workingDirectory });
  const result = await untilGivenUp(running, call, lock);
  // nobody has to wait for it any more
  await rm(lockOf(container), { force: true });
  if (result.exitCode !== 0) throw engineFailure({ engine: engine.name, operation: call.operation, image: call.image }, result);
  call.signal?.throwIfAborted();
  return result.stdout;
}

async function untilGivenUp<Result>(running: Promise<Result>, { signal }: Cancellable, lock: string | undefined): Promise<Result> {
  if (signal === undefined) return running;
  return untilAborted(signal, running).catch(async (thrown: unknown) => {
    if (!signal.aborted) throw thrown;
    const ended = new AbortController();
    const late = sleep(graceSeconds() * 1000, undefined, { signal: ended.signal }).then(() => {
      if (lock !== undefined) givenUp.add(lock);
      throw thrown;
    });
    try {
      return await Promise.race([running, late]);
    } finally {
      ended.abort();
      late.catch(() => undefined);
    }
  });
}

/**
 * Waits for the lasting call of a process that was killed, if there is one. Errors: engine-not-answering, at once for a call that this
 * process has given up.
 */
export async function awaitLastingCall(
  container: Container,
  { signal, tell }: Cancellable & { readonly tell: TellWait | undefined },
): Promise<void> {
  const lock = lockOf(container);
  if (!existsSync(lock) || (await findCommand("flock")) === undefined) return;
  const engineLine = await lineOfCall(lock);
  const wait = (flags: readonly string[], limitSeconds: number) =>
    runTool({ file: "flock", arguments: [...flags, lock, "true"], engineLine, signal, limitSeconds });
  if (givenUp.has(lock)) {
    if ((await wait(["--nonblock"], secondsToMove())).exitCode === 0) return;
    throw buildHostError("engine-still-working", { engine: engineLine[0] ?? "", call: engineLine.join(" ") });
  }
  const what = `an earlier call has not ended: ${quote(engineLine.join(" "))}`;
  const seconds = Math.min(FIRST_NOTICE_SECONDS, noticeSeconds());
  await tellingWaits({ what, tell, seconds }, wait([], secondsToMove())).catch((thrown: unknown) => {
    if (signal?.aborted === true) givenUp.add(lock);
    throw thrown;
  });
}

/** The command line whose end is waited for; what can be said where it is not known. */
async function lineOfCall(lock: string): Promise<readonly string[]> {
  try {
    const words: unknown = JSON.parse(await readFile(lock, "utf8"));
    if (Array.isArray(words) && words.length > 0) return words.map(String);
  } catch {
    // of an older version, or not written to its end
  }
  return ["the engine", lock];
}

function lockOf({ folders }: Container): string {
  return join(folders.control, "engine.lock");
}
