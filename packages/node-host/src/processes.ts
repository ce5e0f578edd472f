import { spawn, type ChildProcessByStdio } from "node:child_process";
import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { ProcessCommand, Processes, ProcessExit, ProcessStreams } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import { FAMILY_VARIABLE, killFamily } from "./process-family.js";

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** The processes of this machine, on node:child_process: under the packed agent it starts a process faster than the libraries around it. */
export const processes: Processes = {
  async run(command, streams) {
    if (streams.signal.aborted) return { kind: "aborted" };
    const family = randomUUID();
    const child = start(command, family);
    const stopKilling = killOnAbort(child, family, streams.signal);
    try {
      const exit = await ended(child, command, streams);
      if (!streams.signal.aborted) return exit;
      await killFamily(child.pid, family, "SIGKILL");
      return { kind: "aborted" };
    } catch (thrown) {
      await killFamily(child.pid, family, "SIGKILL");
      throw thrown;
    } finally {
      stopKilling();
    }
  },
};

function start({ file, arguments: parameters, workingDirectory, environment }: ProcessCommand, family: string): Child {
  // a process group of its own, so that it can be killed as one
  return spawn(file, parameters, { cwd: workingDirectory, env: { ...environment, [FAMILY_VARIABLE]: family }, stdio: ["ignore", "pipe", "pipe"], detached: true });
}

const GRACE_MILLISECONDS = 2_000;

/** Asks the whole family to end as soon as the signal aborts, and kills what is left after the grace. */
function killOnAbort(child: Child, family: string, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  const kill = () => {
    void killFamily(child.pid, family, "SIGTERM");
    timer = setTimeout(() => void killFamily(child.pid, family, "SIGKILL"), GRACE_MILLISECONDS);
  };
  signal.addEventListener("abort", kill, { once: true });
  return () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", kill);
  };
}

// a background child may keep the output open; once the program itself has ended, silence of this length ends the waiting
const SILENCE_MILLISECONDS = 50;
// and a background child that goes on printing is waited for no longer than this
const LONGEST_DRAIN_MILLISECONDS = 1_000;

function ended(child: Child, command: ProcessCommand, { onOutput }: ProcessStreams): Promise<ProcessExit> {
  return new Promise((resolve, reject) => {
    let over = false;
    let exit: ProcessExit | undefined;
    let silence: NodeJS.Timeout | undefined;
    let longest: NodeJS.Timeout | undefined;
    const finish = (result: ProcessExit) => {
      over = true;
      clearTimeout(silence);
      clearTimeout(longest);
      release(child);
      resolve(result);
    };
    const waitForSilence = () => {
      clearTimeout(silence);
      silence = setTimeout(() => exit !== undefined && finish(exit), SILENCE_MILLISECONDS);
    };
    for (const stream of ["stdout", "stderr"] as const) {
      // goes on reading after the end, so that a background child is not killed by a closed pipe
      child[stream].on("data", (chunk: Uint8Array) => {
        if (over) return;
        if (exit !== undefined) waitForSilence();
        try {
          onOutput(stream, chunk);
        } catch (thrown) {
          over = true;
          release(child);
          reject(thrown as Error);
        }
      });
    }
    child.once("error", (error: NodeJS.ErrnoException) => void explainStart(error, command).then((reason) => finish({ kind: "not-started", reason })));
    child.once("exit", (code, signal) => {
      exit = code === null ? { kind: "killed", signal: signal ?? "unknown" } : { kind: "exited", code };
      waitForSilence();
      longest = setTimeout(() => exit !== undefined && finish(exit), LONGEST_DRAIN_MILLISECONDS);
    });
    child.once("close", () => exit !== undefined && !over && finish(exit));
  });
}

/** Lets this process end although a background child still has the output open. */
function release(child: Child): void {
  child.unref();
  for (const stream of [child.stdout, child.stderr]) (stream as unknown as { unref?: () => void } | null)?.unref?.();
}

async function explainStart(error: NodeJS.ErrnoException, { file, workingDirectory }: ProcessCommand): Promise<string> {
  const folder = await stat(workingDirectory).catch(() => undefined);
  if (folder?.isDirectory() !== true) return `the working directory ${quote(workingDirectory)} does not exist`;
  if (error.code === "ENOENT") return `the program ${quote(file)} was not found${file.includes("/") ? "" : " on the PATH"}`;
  if (error.code === "EACCES") return `the program ${quote(file)} cannot be run: permission denied`;
  if (error.code === "E2BIG") return `the arguments of ${quote(file)} are too long`;
  return `the program ${quote(file)} cannot be run: ${error.message}`;
}
