import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import type { ProcessCommand } from "@imagewright/action-contract";
import { START_OPTIONS } from "./start-options.js";
import type { ProcessEvents, StartedProcess } from "./started-process.js";

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Starts a program with node:child_process. */
export function startWithNode(command: ProcessCommand, events: ProcessEvents): StartedProcess {
  try {
    const child = spawnChild(command);
    listen(child, events);
    return { pid: child.pid, release: () => release(child) };
  } catch (thrown) {
    // some failures are thrown (arguments that are too long), others come as an event (no such program)
    queueMicrotask(() => events.onFailure(thrown as NodeJS.ErrnoException));
    return { pid: undefined, release: () => undefined };
  }
}

function spawnChild({ file, arguments: parameters, workingDirectory, environment, verbatimArguments = false }: ProcessCommand): Child {
  return spawn(file, parameters, {
    cwd: workingDirectory,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    windowsVerbatimArguments: verbatimArguments,
    ...START_OPTIONS,
  });
}

function listen(child: Child, { onOutput, onExit, onClose, onFailure }: ProcessEvents): void {
  for (const stream of ["stdout", "stderr"] as const) child[stream].on("data", (chunk: Uint8Array) => onOutput(stream, chunk));
  let failed = false;
  child.once("error", (error) => {
    failed = true;
    onFailure(error);
  });
  child.once("exit", (code, signal) => onExit(code === null ? { kind: "killed", signal: signal ?? "unknown" } : { kind: "exited", code }));
  child.once("close", () => !failed && onClose());
}

function release(child: Child): void {
  child.unref();
  for (const stream of [child.stdout, child.stderr]) (stream as unknown as { unref?: () => void } | null)?.unref?.();
}
