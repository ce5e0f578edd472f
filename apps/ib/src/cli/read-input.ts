import { SourceFile } from "@imagewright/diagnostics";
import { describeTextFault, readTextFile, readTextStream } from "@imagewright/node-host";
import { ibError } from "../errors.js";
import { STANDARD_INPUT, STANDARD_INPUT_NAME, takeStandardInput } from "./standard-input.js";

/** In bytes. Lists of a million images stay below, and so does what Node can hold as one text. */
const LARGEST = 500_000_000;

/** Reads an input file of a command, which may be a pipe; `-` is standard input. Errors: input-not-readable. */
export async function readInput(path: string): Promise<SourceFile> {
  const isStandard = path === STANDARD_INPUT;
  const read = await (isStandard ? readTextStream(takeStandardInput(), LARGEST) : readTextFile(path, { largest: LARGEST, pipes: true }));
  if ("text" in read) return new SourceFile(isStandard ? STANDARD_INPUT_NAME : path, read.text);
  throw ibError("input-not-readable", { path, cause: describeTextFault(read.fault), isMissing: read.fault.kind === "not-found" });
}
