import { writeSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { durabilityError } from "../errors.js";
import { openJournalFile } from "./open-journal-file.js";

const DIGITS = 10;
const COUNT = /^\d{10}\n$/;

/**
 * How many lines of a journal are on disk, in a file beside it: a journal that has lost its last lines, or is gone, is told by it from one
 * that has just begun. The count is written after its line and may be behind, never ahead.
 */
export class JournalCount {
  #count: number;

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    count: number,
  ) {
    this.#count = count;
  }

  /** Opens a file or makes it, for its owner only. Errors: journal-damaged, -not-readable, -not-written. */
  static async open(path: string): Promise<JournalCount> {
    const handle = await openJournalFile(path, { append: false });
    try {
      const text = (await handle.readFile()).toString("latin1");
      // a computer that lost its power may have made the file and not written it
      if (text !== "" && !COUNT.test(text)) throw durabilityError("journal-damaged", { file: path, line: 1, cause: "it is no count" });
      return new JournalCount(path, handle, Number(text));
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }

  /** Throws journal-damaged if a journal has fewer lines than were counted. */
  requireAll(journal: string, lines: number): void {
    if (lines < this.#count)
      throw durabilityError("journal-damaged", {
        file: journal,
        line: lines + 1,
        cause: `it has ${lines} of the ${this.#count} lines that were written`,
      });
  }

  write(count: number): void {
    try {
      writeSync(this.handle.fd, `${String(count).padStart(DIGITS, "0")}\n`, 0);
    } catch (thrown) {
      throw durabilityError("journal-not-written", { file: this.path, cause: (thrown as Error).message }, { cause: thrown });
    }
    this.#count = count;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}
