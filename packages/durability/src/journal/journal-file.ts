import { writeSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { decodeLines, encodeLine } from "@imagewright/node-host";
import { durabilityError } from "../errors.js";
import { syncFolder } from "../publish-folder.js";
import { openJournalFile } from "./open-journal-file.js";

/** A file of lines that are only ever appended. */
export class JournalFile {
  #sum: string;
  #isOnDisk = true;
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

  /** Appends a line. What a killed process has appended is read again; for a loss of power, `sync` is needed. */
  append(entry: string): Promise<void> {
    return this.#next(async () => {
      const { line, sum } = encodeLine(entry, this.#sum);
      this.#isOnDisk = false;
      writeWhole(this.handle.fd, line);
      this.#sum = sum;
    });
  }

  /** All lines that were appended are on disk when the promise resolves. */
  sync(): Promise<void> {
    return this.#next(async () => {
      if (!this.#isOnDisk) await this.handle.datasync();
      this.#isOnDisk = true;
    });
  }

  /** After a failure nothing more can be appended: a line may be there in part. */
  #next(write: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(() =>
      write().catch((thrown: unknown) => {
        throw durabilityError("journal-not-written", { file: this.path, cause: (thrown as Error).message }, { cause: thrown });
      }),
    );
    this.#queue.catch(() => undefined); // whoever appends gets the failure
    return this.#queue;
  }

  async close(): Promise<void> {
    await this.#queue.catch(() => undefined);
    await this.handle.close();
  }
}

/** A few bytes for the cache of the system, which takes less time than another thread is asked in. */
function writeWhole(descriptor: number, line: string): void {
  const bytes = Buffer.from(line);
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}

async function decode(path: string, handle: FileHandle) {
  try {
    return decodeLines(await handle.readFile());
  } catch (thrown) {
    throw durabilityError("journal-not-readable", { file: path, cause: (thrown as Error).message }, { cause: thrown });
  }
}
