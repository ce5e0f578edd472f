import type { ActionContext, ActionResult } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { byteOrderMark } from "../files/byte-order-mark.js";
import { NotText } from "../files/decode-text.js";
import { factsOfFile } from "../files/file-facts.js";
import { readPieces, type ReadingFile } from "../files/read-pieces.js";
import { resolvePath } from "../files/resolve-path.js";
import { parseEncoding, type TextEncoding } from "../files/text-encoding.js";
import { convertPieces, findSource, isTextOf, type SourceText } from "./convert-text.js";
import { replaceFile } from "./replace-file.js";

interface SetFileEncodingInput {
  readonly path: string;
  readonly encoding?: string | undefined;
}

const OPERATION = "convert file";
const HINT = "a file is converted from utf-8, or from the encoding of its byte-order mark";

/** Converts the whole file or, if that fails, nothing; holds one chunk of it in memory at a time. */
export async function setFileEncoding(input: SetFileEncodingInput, context: ActionContext): Promise<ActionResult> {
  const { files } = context.host;
  const target = parseEncoding(input.encoding);
  const path = resolvePath(input.path, context);
  await factsOfFile(files, OPERATION, path);
  // opened for writing too: a user who may not write to the file must not replace it either
  const file = await attempt(OPERATION, path, () => files.open(path, "r+"));
  try {
    return { status: "succeeded", changed: await convert({ operation: OPERATION, file, path, signal: context.signal }, target, context) };
  } finally {
    await file.close();
  }
}

/** Returns whether the file changed. */
async function convert(reading: ReadingFile, target: TextEncoding, context: ActionContext): Promise<boolean> {
  const source = await findSource(readPieces(reading));
  const converted = () => convertPieces(readPieces(reading), source.encoding, target);
  try {
    if (source.isEmpty || isSame(source.encoding, target)) {
      await readThrough(converted()); // only to check that it is text
      return false;
    }
    const mark = source.isMarked ? byteOrderMark(target) : Buffer.alloc(0);
    await replaceFile(reading, context.host, withMark(mark, converted()));
    return true;
  } catch (thrown) {
    if (!(thrown instanceof NotText)) throw thrown;
    if (await isConverted(reading, source, target)) return false;
    throw actionError("not-text", { operation: OPERATION, path: reading.path, encoding: source.encoding.title, hint: HINT });
  }
}

async function readThrough(pieces: AsyncGenerator<Buffer>): Promise<void> {
  while ((await pieces.next()).done !== true);
}

/** A second run of a step finds the text in its new encoding, usually without a mark. */
async function isConverted(reading: ReadingFile, { isMarked }: SourceText, target: TextEncoding): Promise<boolean> {
  return !isMarked && target.bits !== 8 && isTextOf(readPieces(reading), target);
}

function isSame(source: TextEncoding, target: TextEncoding): boolean {
  return source.bits === target.bits && source.bigEndian === target.bigEndian;
}

async function* withMark(mark: Buffer, pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield mark;
  yield* pieces;
}
