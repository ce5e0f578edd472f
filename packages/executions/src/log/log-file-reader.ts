import { read } from "node:fs";
import { promisify } from "node:util";
import type { NumberedLogLine } from "@imagewright/control-plane";

const readAt = promisify(read);
const LINE_FEED = 10;

/** A line in the file of a build. */
export interface StoredLogLine extends NumberedLogLine {
  /** What has said it. */
  readonly source: string;
}

type WrittenLine = Omit<StoredLogLine, "number" | "at"> & { readonly at: string };

/** Reads the file of a build's log in parts, while it grows. The descriptor stays that of the caller. */
export class LogFileReader {
  #offset = 0;
  #number = 0;
  /** The beginning of a line whose end was not read. */
  #rest: Buffer = Buffer.alloc(0);

  constructor(
    private readonly descriptor: number,
    private readonly after: number,
  ) {}

  /** The next lines: at least one if there is one, and about as much as fits. */
  async next(mostBytes = 64 * 1024): Promise<readonly StoredLogLine[]> {
    const lines: StoredLogLine[] = [];
    while (lines.length === 0) {
      const { bytesRead, buffer } = await readAt(this.descriptor, Buffer.alloc(mostBytes), 0, mostBytes, this.#offset);
      if (bytesRead === 0) break;
      this.#offset += bytesRead;
      const bytes = Buffer.concat([this.#rest, buffer.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf(LINE_FEED) + 1;
      this.#rest = bytes.subarray(end);
      for (const text of end === 0 ? [] : bytes.toString("utf8", 0, end - 1).split("\n")) {
        this.#number += 1;
        if (this.#number > this.after) lines.push(this.#parse(text));
      }
    }
    return lines;
  }

  #parse(text: string): StoredLogLine {
    const { at, ...line } = JSON.parse(text) as WrittenLine;
    return { ...line, at: new Date(at), number: this.#number };
  }
}
