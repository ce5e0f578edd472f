import { constants, type Stats } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { durabilityError } from "../errors.js";

/**
 * Opens a file to read and write, or makes it, for its owner only. What it says is done again or left out, so nobody else may have written
 * it. Errors: journal-not-readable, journal-not-written.
 */
export async function openJournalFile(path: string, { append }: { readonly append: boolean }): Promise<FileHandle> {
  const handle = await open(path, append ? FLAGS | constants.O_APPEND : FLAGS, 0o600).catch((thrown: NodeJS.ErrnoException) => {
    const cause = thrown.code === "ELOOP" ? "it is a link" : thrown.message;
    throw durabilityError("journal-not-written", { file: path, cause }, { cause: thrown });
  });
  const reason = whyNotOwnFile(await handle.stat());
  if (reason === undefined) return handle;
  await handle.close();
  throw durabilityError("journal-not-readable", { file: path, cause: reason });
}

// a link is not followed, a pipe not waited for
const FLAGS = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function whyNotOwnFile(facts: Stats): string | undefined {
  if (!facts.isFile()) return "it is not a regular file";
  if (process.geteuid === undefined) return undefined;
  if (facts.uid !== process.geteuid()) return "it belongs to another user";
  return (facts.mode & 0o022) === 0 ? undefined : "others than its owner can write to it";
}
