import { constants } from "node:fs";
import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { attempt } from "../files/attempt.js";
import { factsOfFile } from "../files/file-facts.js";
import { appendContent } from "../files/replace-content.js";
import { resolvePath } from "../files/resolve-path.js";
import { encodeText, parseEncoding } from "../files/text-encoding.js";

interface AppendFileInput {
  readonly path: string;
  readonly content?: string | undefined;
  readonly encoding?: string | undefined;
}

const OPERATION = "append to file";

/** Adds the whole text or, if that fails, nothing. */
export async function appendFile(input: AppendFileInput, context: ActionContext): Promise<ActionResult> {
  const { files } = context.host;
  const path = resolvePath(input.path, context);
  const bytes = encodeText(input.content ?? "", parseEncoding(input.encoding));
  await factsOfFile(files, OPERATION, path);
  const target = await attempt(OPERATION, path, () => files.open(path, constants.O_WRONLY | constants.O_APPEND));
  try {
    await appendContent({ operation: OPERATION, target, path, signal: context.signal }, bytes);
    await attempt(OPERATION, path, () => target.close());
  } finally {
    await target.close().catch(() => undefined);
  }
  return { status: "succeeded", changed: bytes.length > 0 };
}
