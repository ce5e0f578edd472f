import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { checkedText, readCheckedFile } from "@imagewright/node-host";
import { quote } from "@imagewright/diagnostics";
import { durabilityError } from "./errors.js";
import type { Json } from "./json.js";
import { publishFolder } from "./publish-folder.js";

const FILE = "message.json";
const FORM = { schema: 1, largest: 64 << 20 };

/**
 * Sends a message to the execution with this journal, from any process, whether or not the execution is running. The first message under a
 * key stands: false if there was one before, so that sending may be repeated. Errors: message-not-sent.
 */
export async function send(journalFile: string, key: string, value: Json): Promise<boolean> {
  try {
    await mkdir(folderOf(journalFile), { recursive: true, mode: 0o700 });
    return await publishFolder(join(folderOf(journalFile), nameOf(key)), FILE, checkedText(FORM.schema, { value }));
  } catch (thrown) {
    throw durabilityError("message-not-sent", { file: journalFile, key, cause: (thrown as Error).message }, { cause: thrown });
  }
}

/**
 * The message under a key; undefined if none was sent. Errors: journal-not-readable, if it is damaged or others could have written it.
 */
export function readMessage(journalFile: string, key: string): Json | undefined {
  const read = readCheckedFile(join(folderOf(journalFile), nameOf(key), FILE), FORM);
  if (read === undefined) return undefined;
  if ("value" in read) return (read.value as { value: Json }).value;
  throw durabilityError("journal-not-readable", {
    file: journalFile,
    cause: `the message under the key ${quote(key)} cannot be used: ${read.reason}`,
  });
}

function folderOf(journalFile: string): string {
  return `${journalFile}.messages`;
}

// keys may have any characters and be longer than a file name
function nameOf(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 32);
}
