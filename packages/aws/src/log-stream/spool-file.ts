import { closeSync, constants, ftruncateSync, mkdtempSync, openSync, read, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** A range of the spool file. */
export interface SpoolPlace {
  readonly offset: number;
  readonly length: number;
}

const readAt = promisify(read);

/**
 * A temporary file for what does not fit into memory. It has no name, or one that is removed as soon as it is open, so that nothing is left
 * on the machine, which may become an image, however the process ends. Its space is freed when everything has been read.
 */
export class SpoolFile {
  #descriptor: number | undefined;
  #folder = "";
  #end = 0;
  #unread = 0;

  constructor(
    /** The folder in which the file is created when it is first needed. */
    readonly parent: string,
  ) {}

  /** Appends the bytes, and returns when all are written, so that nobody writes faster than the disk. */
  write(bytes: Uint8Array): SpoolPlace {
    const descriptor = (this.#descriptor ??= this.#open());
    const place = { offset: this.#end, length: bytes.length };
    for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done, bytes.length - done, place.offset + done);
    this.#end += bytes.length;
    this.#unread++;
    return place;
  }

  /** Reads a range that was written before; each can be read once. */
  async read({ offset, length }: SpoolPlace): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length;) {
      const { bytesRead } = await readAt(this.#descriptor ?? -1, bytes, done, length - done, offset + done);
      if (bytesRead === 0) throw new Error("the spool file is shorter than what was written to it");
      done += bytesRead;
    }
    if (--this.#unread === 0) this.clear();
    return bytes;
  }

  /** Frees the space; data that has not been read is lost. */
  clear(): void {
    if (this.#descriptor !== undefined) ftruncateSync(this.#descriptor);
    this.#end = 0;
    this.#unread = 0;
  }

  close(): void {
    if (this.#descriptor === undefined) return;
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #open(): number {
    const nameless = openNameless(this.parent);
    if (nameless !== undefined) return nameless;
    this.#folder = mkdtempSync(join(this.parent, ".imagewright-log-lines-"));
    const descriptor = openSync(join(this.#folder, "lines"), "wx+", 0o600);
    // a system that cannot remove an open file keeps it until close()
    if (process.platform !== "win32") rmSync(this.#folder, { recursive: true, force: true });
    return descriptor;
  }
}

/** Opens a file that never has a name; undefined where the file system has none. See O_TMPFILE in open(2). */
function openNameless(folder: string): number | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    return openSync(folder, TMPFILE | constants.O_DIRECTORY | constants.O_RDWR, 0o600);
  } catch {
    return undefined;
  }
}

// Node does not have the constant; it is the same on all of Linux's architectures that Node and Bun run on
const TMPFILE = 0o20000000;
