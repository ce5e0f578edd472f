import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { SourceFile } from "@imagewright/diagnostics";
import { ibError } from "../errors.js";

/** Reads an input file of a command; `-` is standard input. */
export async function readInput(path: string): Promise<SourceFile> {
  try {
    return path === "-" ? new SourceFile("standard input", await text(process.stdin)) : new SourceFile(path, await readFile(path, "utf8"));
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    const cause = code === "ENOENT" ? "no such file" : code === "EISDIR" ? "it is a folder" : message;
    throw ibError("input-not-readable", { path, cause }, { cause: thrown });
  }
}
