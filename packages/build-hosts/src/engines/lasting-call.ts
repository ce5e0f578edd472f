import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { engineFailure } from "../processes/engine-failure.js";
import { findCommand } from "../processes/find-command.js";
import { runTool } from "../processes/run-tool.js";
import type { Container } from "./dialect.js";
import type { Engine, EngineCall } from "./engine.js";

/**
 * Calls an engine for what it must not leave by half, as an image without manifest: the command goes on when this process is killed
 * or its signal aborted. It holds the lock of the container, so that whoever comes next can wait for it. Where there is no `flock`, as on
 * macOS, nobody waits.
 */
export async function lastingCall(engine: Engine, container: Container, parameters: readonly string[], call: EngineCall): Promise<string> {
  call.signal?.throwIfAborted();
  const hasLock = (await findCommand("flock")) !== undefined;
  const result = await engine.attemptLasting(parameters, { lock: hasLock ? lockOf(container) : undefined });
  // nobody has to wait for it any more
  await rm(lockOf(container), { force: true });
  if (result.exitCode !== 0) throw engineFailure({ engine: engine.name, operation: call.operation, image: call.image }, result);
  call.signal?.throwIfAborted();
  return result.stdout;
}

/** Waits for the lasting call of a process that was killed, if there is one. */
export async function awaitLastingCall(container: Container): Promise<void> {
  if (existsSync(lockOf(container)) && (await findCommand("flock")) !== undefined)
    await runTool({ file: "flock", arguments: [lockOf(container), "true"] });
}

function lockOf({ folders }: Container): string {
  return join(folders.control, "engine.lock");
}
