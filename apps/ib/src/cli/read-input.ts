import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { errorTable, quote, SourceFile } from "@imagewright/diagnostics";

const inputError = errorTable({
  "input-not-readable": ({ path, cause }: { path: string; cause: string }) => ({
    message: `${quote(path)} cannot be read: ${cause}`,
    hints: ["check the path; - stands for standard input"],
  }),
});

/** Reads a file that a command was given; `-` is standard input. */
export async function readInput(path: string): Promise<SourceFile> {
  try {
    return path === "-" ? new SourceFile("standard input", await text(process.stdin)) : new SourceFile(path, await readFile(path, "utf8"));
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    const cause = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : message;
    throw inputError("input-not-readable", { path, cause }, { cause: thrown });
  }
}
