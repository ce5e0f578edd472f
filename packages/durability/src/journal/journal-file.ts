import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { decodeLines, encodeLine } from "@imagewright/node-host";
import { durabilityError } from "../errors.js";
import { syncFolder } from "../publish-folder.js";
import { openJournalFile } from "./open-journal-file.js";

/** A file of lines that are only ever appended, each on disk before the next is written. */
export class JournalFile {
  #sum: string;
  #queue: Promise<void> = Promise.resolve();

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    sum: string,
  ) {
    this.#sum = sum;
  }

  /** Opens a file or makes it, for its owner only, and cuts off a torn last line. Errors: journal-damaged, -not-readable, -not-written. */
  static async open(path: string): Promise<{ readonly file: JournalFile; readonly entries: readonly string[] }> {
    const handle = await openJournalFile(path, { append: true });
    try {
      const { entries, sum, wholeBytes, damagedLine } = await decode(path, handle);
      if (damagedLine !== undefined)
        throw durabilityError("journal-damaged", { file: path, line: damagedLine, cause: "its checksum is wrong" });
      await handle.truncate(wholeBytes);
      await handle.sync();
      if (entries.length === 0) await syncFolder(dirname(path));
      return { file: new JournalFile(path, handle, sum), entries };
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }

  /** Appends a line, on disk when the promise resolves. After a failure nothing more can be appended: the line may be there in part. */
  append(entry: string): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      const { line, sum } = encodeLine(entry, this.#sum);
      try {
        await this.handle.appendFile(line);
        await this.handle.datasync();
      } catch (thrown) {
        throw durabilityError("journal-not-written", { file: this.path, cause: (thrown as Error).message }, { cause: thrown });
      }
      this.#sum = sum;
    });
    this.#queue.catch(() => undefined); // whoever appends gets the failure
    return this.#queue;
  }

  async close(): Promise<void> {
    await this.#queue.catch(() => undefined);
    await this.handle.close();
  }
}

async function decode(path: string, handle: FileHandle) {
  try {
    return decodeLines(await handle.readFile());
  } catch (thrown) {
    throw durabilityError("journal-not-readable", { file: path, cause: (thrown as Error).message }, { cause: thrown });
  }
}
