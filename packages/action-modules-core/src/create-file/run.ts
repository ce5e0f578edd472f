import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { applyAttributes, differentAttributes, findAttributes, restoreSpecialBits, type AttributeInput } from "../files/attributes.js";
import { attempt } from "../files/attempt.js";
import { contentOf } from "../files/copy-range.js";
import { ensureFolder } from "../files/ensure-folder.js";
import { replaceContent } from "../files/replace-content.js";
import { parentFolder, resolvePath } from "../files/resolve-path.js";
import { encodeText, parseEncoding } from "../files/text-encoding.js";
import { writeTarget } from "../files/write-target.js";

interface CreateFileInput extends AttributeInput {
  readonly path: string;
  readonly content?: string | undefined;
  readonly encoding?: string | undefined;
  readonly overwrite?: boolean | undefined;
}

const OPERATION = "write file";
const DEFAULT_MODE = 0o666;
const PERMISSION_BITS = 0o777;

/** Writes the file atomically: after a failure there is no new file, and an existing one keeps its content. */
export async function createFile(input: CreateFileInput, context: ActionContext): Promise<ActionResult> {
  const { host, signal } = context;
  const path = resolvePath(input.path, context);
  const source = contentOf(encodeText(input.content ?? "", parseEncoding(input.encoding)));
  const attributes = await findAttributes(input, host.accounts);
  await ensureFolder(host.files, parentFolder(path, host.platform));

  // a new file has its permissions from the start, so that nobody else can open it before
  const mode = attributes.mode === undefined ? DEFAULT_MODE : attributes.mode & PERMISSION_BITS;
  const changed = await writeTarget(host.files, path, { overwrite: input.overwrite ?? true, mode }, async (target, isNew) => {
    const before = await attempt(OPERATION, path, () => target.stat());
    await applyAttributes(target, path, attributes);
    const replaced = await replaceContent({ operation: OPERATION, source, target, path, signal });
    await restoreSpecialBits(target, path, attributes);
    return isNew || replaced || differentAttributes(before, await attempt(OPERATION, path, () => target.stat()));
  });
  return { status: "succeeded", changed };
}
