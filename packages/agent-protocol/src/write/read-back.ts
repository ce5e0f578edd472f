import { fstatSync, ftruncateSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { LONGEST_LINE } from "../limits.js";

const PIECE_BYTES = 64 * 1024;
const LINE_FEED = 10;

/**
 * The whole lines of an open file, in bounded memory. What follows the last line feed was written when a process died: it is cut off, so
 * that the next line is whole. Lines that are too long for an event are cut, and so are none.
 */
export function* readBack(descriptor: number): Generator<string> {
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  const decoder = new StringDecoder("utf8");
  let line = "";
  let end = 0;
  for (let position = 0; ;) {
    const length = readSync(descriptor, piece, 0, PIECE_BYTES, position);
    if (length === 0) break;
    const bytes = piece.subarray(0, length);
    end = bytes.includes(LINE_FEED) ? position + bytes.lastIndexOf(LINE_FEED) + 1 : end;
    position += length;
    const [first = "", ...others] = decoder.write(bytes).split("\n");
    line = append(line, first);
    for (const next of others) {
      yield line;
      line = append("", next);
    }
  }
  if (fstatSync(descriptor).size > end) ftruncateSync(descriptor, end);
}

function append(line: string, text: string): string {
  return line.length > LONGEST_LINE ? line : line + text;
}
