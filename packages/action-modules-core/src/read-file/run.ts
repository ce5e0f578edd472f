import type { ActionContext, ActionResult, CutText } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import { NotText, TextPieces } from "../files/decode-text.js";
import { factsOfFile } from "../files/file-facts.js";
import { readPieces } from "../files/read-pieces.js";
import { resolvePath } from "../files/resolve-path.js";
import { parseEncoding } from "../files/text-encoding.js";

interface ReadFileInput {
  readonly path: string;
  readonly encoding?: string | undefined;
  readonly printFileContent?: boolean | undefined;
}

/** The maximum size of the output in bytes; the rest of a longer file is read and printed, but not kept. */
export const LONGEST_CONTENT_BYTES = 1024 * 1024;

const OPERATION = "read file";

export async function readFile(input: ReadFileInput, context: ActionContext): Promise<ActionResult> {
  const { files } = context.host;
  const path = resolvePath(input.path, context);
  const encoding = parseEncoding(input.encoding);
  await factsOfFile(files, OPERATION, path);
  const file = await attempt(OPERATION, path, () => files.open(path, "r"));
  try {
    const print = (text: string) => input.printFileContent === true && text !== "" && context.output("stdout", Buffer.from(text));
    const content = await readText(
      readPieces({ operation: OPERATION, file, path, signal: context.signal }),
      new TextPieces(encoding),
      print,
    );
    return { status: "succeeded", changed: false, outputs: { content } };
  } catch (thrown) {
    if (!(thrown instanceof NotText)) throw thrown;
    throw actionError("not-text", { path, encoding: encoding.title, ...(thrown.hint === undefined ? {} : { hint: thrown.hint }) });
  } finally {
    await file.close();
  }
}

async function readText(pieces: AsyncIterable<Buffer>, decoder: TextPieces, print: (text: string) => void): Promise<string | CutText> {
  let kept = "";
  let totalBytes = 0;
  for await (const piece of pieces) {
    const room = Math.max(0, LONGEST_CONTENT_BYTES - totalBytes);
    const beginning = decoder.write(piece.subarray(0, room));
    kept += beginning;
    print(beginning);
    if (piece.length > room) print(decoder.write(piece.subarray(room)));
    totalBytes += piece.length;
  }
  const last = decoder.end();
  print(last);
  return totalBytes > LONGEST_CONTENT_BYTES ? { kept: `${kept}…`, totalBytes } : kept + last;
}
