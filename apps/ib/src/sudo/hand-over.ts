import { join } from "node:path";
import { escapeControls } from "@imagewright/diagnostics";
import { runProgram, type ProgramExit } from "@imagewright/node-host";
import { ibError } from "../errors.js";
import { shellWord } from "@imagewright/diagnostics";
import { asCaller } from "./as-caller.js";
import type { Caller } from "./caller.js";
import { END_OF_ARCHIVE, PREPARE, RECEIVE } from "./receive.js";
import { SYSTEM_ENVIRONMENT } from "./system-environment.js";

// a folder on a network may be slow, and one that hangs must not keep root waiting for ever
const LONGEST_MILLISECONDS = 15 * 60_000;
const LONGEST_PREPARATION_MILLISECONDS = 30_000;

/** A file or folder of root's that is handed over under its own name. */
export interface ResultFile {
  readonly folder: string;
  readonly name: string;
}

/** Why the caller cannot get results in a folder; undefined if nothing is in the way. */
export async function obstacleTo(caller: Caller, folder: string): Promise<string | undefined> {
  const [file = "", ...parameters] = asCaller(caller, ["sh", "-c", PREPARE, "sh", folder]);
  return problemOf(await runAsRoot(file, parameters, LONGEST_PREPARATION_MILLISECONDS));
}

export interface HandOver {
  readonly results: readonly ResultFile[];
  /** The folder of the caller's that gets a new one, and the name of that. */
  readonly place: ResultFile;
  /** The result whose content becomes the new folder; all of them become entries of it if this is left out. */
  readonly content?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Copies results to a new folder of the caller's, and returns its path. Root reads its own files and writes to a pipe; a process of the
 * caller writes what it reads there, so that no link and no race in the caller's folders lets root write anywhere. Throws hand-over-failed.
 */
export async function handOver(caller: Caller, { results, place, content = "", signal }: HandOver): Promise<string> {
  const target = join(place.folder, place.name);
  const give = ["tar", "--create", ...results.flatMap(({ folder, name }) => ["--directory", folder, `./${name}`]), ...END_OF_ARCHIVE];
  const take = asCaller(caller, ["sh", "-c", RECEIVE, "sh", place.folder, place.name, content]);
  const pipe = [give, take].map((words) => words.map(shellWord).join(" ")).join(" | ");
  const problem = problemOf(await runAsRoot("sh", ["-c", pipe], LONGEST_MILLISECONDS, signal));
  if (problem === undefined) return target;
  throw ibError("hand-over-failed", { target, caller: caller.name, problem, kept: results.map(({ folder, name }) => join(folder, name)) });
}

function runAsRoot(file: string, parameters: readonly string[], timeoutMilliseconds: number, signal?: AbortSignal): Promise<ProgramExit> {
  return runProgram({ file, arguments: parameters, environment: SYSTEM_ENVIRONMENT, workingDirectory: "/", timeoutMilliseconds, signal });
}

/** The first line that it wrote, which comes from a process of the caller. */
function problemOf(exit: ProgramExit): string | undefined {
  if (exit.kind === "exited" && exit.code === 0) return undefined;
  if (exit.kind === "timed-out") return "it took too long";
  if (exit.kind === "not-started") return exit.reason;
  const said = exit.stderr.trim().split("\n")[0]?.trim();
  return said ? escapeControls(said) : "it was ended";
}
