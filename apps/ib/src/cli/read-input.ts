import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { SourceFile } from "@imagewright/diagnostics";
import { ibError } from "../errors.js";
import { STANDARD_INPUT, STANDARD_INPUT_NAME, takeStandardInput } from "./standard-input.js";
import { WrongUsage } from "./wrong-usage.js";

/** Reads an input file of a command; `-` is standard input. */
export async function readInput(path: string): Promise<SourceFile> {
  try {
    return path === STANDARD_INPUT
      ? new SourceFile(STANDARD_INPUT_NAME, await text(takeStandardInput()))
      : new SourceFile(path, await readFile(path, "utf8"));
  } catch (thrown) {
    if (thrown instanceof WrongUsage) throw thrown;
    const { code, message } = thrown as NodeJS.ErrnoException;
    const cause = code === "ENOENT" ? "no such file" : code === "EISDIR" ? "it is a folder" : message;
    throw ibError("input-not-readable", { path, cause }, { cause: thrown });
  }
}
