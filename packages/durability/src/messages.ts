import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { durabilityError } from "./errors.js";
import type { Json } from "./json.js";
import { publishFolder } from "./publish-folder.js";

const FILE = "message.json";

/**
 * Sends a message to the execution with this journal, from any process, whether or not the execution is running. The first message under a
 * key stands: false if there was one before, so that sending may be repeated. Errors: message-not-sent.
 */
export async function send(journalFile: string, key: string, value: Json): Promise<boolean> {
  try {
    await mkdir(folderOf(journalFile), { recursive: true, mode: 0o700 });
    return await publishFolder(join(folderOf(journalFile), nameOf(key)), FILE, JSON.stringify(value));
  } catch (thrown) {
    throw durabilityError("message-not-sent", { file: journalFile, key, cause: (thrown as Error).message }, { cause: thrown });
  }
}

/** The message under a key; undefined if none was sent. */
export async function readMessage(journalFile: string, key: string): Promise<Json | undefined> {
  const text = await readFile(join(folderOf(journalFile), nameOf(key), FILE), "utf8").catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === "ENOENT") return undefined;
    throw durabilityError("journal-not-readable", { file: journalFile, cause: thrown.message }, { cause: thrown });
  });
  return text === undefined ? undefined : (JSON.parse(text) as Json);
}

function folderOf(journalFile: string): string {
  return `${journalFile}.messages`;
}

// keys may have any characters and be longer than a file name
function nameOf(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 32);
}
