import { access, constants, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { ProcessCommand, ProcessExit } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";

type NotStarted = Extract<ProcessExit, { kind: "not-started" }>;

/** Why a program could not be started, with a phrase for people. */
export async function explainStart(error: NodeJS.ErrnoException, { file, workingDirectory }: ProcessCommand): Promise<NotStarted> {
  const folder = await stat(workingDirectory).catch(() => undefined);
  if (folder?.isDirectory() !== true) return notStarted(`the working directory ${quote(workingDirectory)} does not exist`);
  const canEnter = await access(workingDirectory, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!canEnter) return notStarted(`the working directory ${quote(workingDirectory)} cannot be entered: permission denied`);
  return { ...notStarted(explainFile(error, file)), ...(error.code === "ENOENT" && { isNotFound: true }) };
}

function notStarted(reason: string): NotStarted {
  return { kind: "not-started", reason };
}

/** The same for a program that was to start in this process's working directory. */
export function explainFile(error: NodeJS.ErrnoException, file: string): string {
  if (error.code === "ENOENT") return `the program ${quote(file)} was not found${basename(file) !== file ? "" : " on the PATH"}`;
  if (error.code === "EACCES") return `the program ${quote(file)} cannot be run: permission denied`;
  if (error.code === "E2BIG") return `the arguments of ${quote(file)} are too long`;
  if (error.code === "EFTYPE") return `${quote(file)} is not a program that Windows can run`;
  // macOS says so of one for another processor
  if (error.code === "EBADARCH") return `${quote(file)} is not a program that this system can run`;
  if (error.code === "ENOEXEC")
    return `${quote(file)} is neither a program that this system can run nor a script with a first line such as #!/bin/sh`;
  return `the program ${quote(file)} cannot be run: ${error.message}`;
}
