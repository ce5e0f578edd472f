import { constants } from "node:os";
import { findProgram, runProgram } from "@imagewright/node-host";
import { buildHostError } from "../errors.js";
import { requireCommand } from "./find-command.js";
import { secondsToAnswer } from "./time-limit.js";
import { toolEnvironment } from "./tool-environment.js";

export interface ToolCommand {
  /** The program's name, found on PATH. */
  readonly file: string;
  readonly arguments: readonly string[];
  readonly workingDirectory?: string | undefined;
  /** Added to the environment of this process. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether it goes on when this process dies: for what must not be interrupted, and ends by itself. */
  readonly outlivesCaller?: boolean | undefined;
  /** Limits a command that should end soon; by default the calls of engines that only look or name are limited. */
  readonly limitSeconds?: number | undefined;
  /** The engine's command line that this command makes at once, where it is a shell: the limit and the error are those of the engine. */
  readonly engineLine?: readonly string[] | undefined;
  readonly onOutput?: ((stream: "stdout" | "stderr", chunk: Uint8Array) => void) | undefined;
}

export interface ToolResult {
  /** 128 plus the signal's number after death by a signal. */
  readonly exitCode: number;
  /** The first 4 MiB. */
  readonly stdout: string;
  /** The last 64 KiB. */
  readonly stderr: string;
}

/**
 * Runs a program of this computer to its end. It dies with this process, even by `kill -9`, so that nothing continues to start what nobody
 * will remove, unless `outlivesCaller` is set. Rejects with the signal's reason after an abort, and with command-missing. One that takes
 * longer than its limit is ended with all its processes, and is the error engine-not-answering.
 */
export async function runTool({
  file,
  arguments: parameters,
  environment,
  outlivesCaller = false,
  engineLine = [file, ...parameters],
  limitSeconds = secondsToAnswer(engineLine),
  ...command
}: ToolCommand): Promise<ToolResult> {
  const path = await requireCommand(file);
  const [program, ...words] = [...(outlivesCaller ? [] : await dyingWithParent()), path, ...parameters];
  command.signal?.throwIfAborted();
  const exit = await runProgram({
    ...command,
    outlivesCaller,
    file: program as string,
    arguments: words,
    environment: { ...toolEnvironment(), ...environment },
    ...(limitSeconds === undefined ? {} : { timeoutMilliseconds: limitSeconds * 1000 }),
  });
  const { stdout, stderr } = exit;
  if (exit.kind === "exited") return { exitCode: exit.code, stdout, stderr };
  if (exit.kind === "killed") return { exitCode: 128 + (constants.signals[exit.signal as NodeJS.Signals] ?? 0), stdout, stderr };
  if (exit.kind === "timed-out")
    throw buildHostError("engine-not-answering", { engine: engineLine[0] ?? file, call: engineLine.join(" "), seconds: limitSeconds ?? 0 });
  command.signal?.throwIfAborted();
  return { exitCode: 127, stdout, stderr: exit.kind === "not-started" ? exit.reason : stderr };
}

let dyingWithParentPrefix: Promise<readonly string[]> | undefined;

/** The command prefix that makes the kernel kill a command when this process dies; empty if not available. */
function dyingWithParent(): Promise<readonly string[]> {
  dyingWithParentPrefix ??= findSetpriv();
  return dyingWithParentPrefix;
}

async function findSetpriv(): Promise<readonly string[]> {
  const environment = toolEnvironment();
  const setpriv = await findProgram("setpriv", environment["PATH"]);
  if (setpriv === undefined) return [];
  const flags = ["--pdeathsig", "KILL"];
  // busybox has a setpriv without this option
  const tried = await runProgram({ file: setpriv, arguments: [...flags, "true"], environment });
  return tried.kind === "exited" && tried.code === 0 ? [setpriv, ...flags] : [];
}
