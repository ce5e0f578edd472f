import { closeSync, constants, fdatasync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { promisify } from "node:util";
import { LogFileReader, type StoredLogLine } from "./log-file-reader.js";
import type { LogDraft } from "./log-draft.js";

const syncData = promisify(fdatasync);

/**
 * The log of a build, in its folder: each line is there as soon as it is said, so that it survives the server, and before the step that
 * says it can end. What says lines is a source; it says the same ones again in a process that goes on with the build, and their number
 * tells which of them are there. Whoever passes the log on reads it from the file, so that nothing waits in memory.
 */
export class BuildLogFile {
  /** The lines of each source that are in the file. */
  readonly #stored = new Map<string, number>();
  /** The lines that each source has said in this process. */
  readonly #said = new Map<string, number>();
  /** Where the steps of sources are. */
  readonly #places = new Map<string, Pick<LogDraft, "workflowExecutionId" | "step">>();

  private constructor(private readonly descriptor: number) {}

  /** Throws the errors of Node's `open` and `read`. */
  static async open(path: string): Promise<BuildLogFile> {
    const descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0), 0o600);
    const file = new BuildLogFile(descriptor);
    file.#cutTornLine();
    const reader = file.reader();
    for (let lines = await reader.next(); lines.length > 0; lines = await reader.next()) for (const line of lines) file.#note(line);
    return file;
  }

  /** The sources of lines in the file. */
  get sources(): ReadonlyMap<string, Pick<LogDraft, "workflowExecutionId" | "step">> {
    return this.#places;
  }

  /** The next lines of a source, in the order in which it says them. Returns whether one is new. */
  say(source: string, lines: readonly LogDraft[]): boolean {
    const said = this.#said.get(source) ?? 0;
    this.#said.set(source, said + lines.length);
    return this.#write(source, lines.slice(Math.max(0, (this.#stored.get(source) ?? 0) - said)));
  }

  /** All lines of a source up to now. Returns whether one is new. */
  sayAll(source: string, lines: readonly LogDraft[]): boolean {
    return this.#write(source, lines.slice(this.#stored.get(source) ?? 0));
  }

  /** A reader of what follows the line with that number. */
  reader(after = 0): LogFileReader {
    return new LogFileReader(this.descriptor, after);
  }

  /** Waits until what was said survives the machine: the database must not know more than the file. Throws the errors of the system. */
  sync(): Promise<void> {
    return syncData(this.descriptor);
  }

  close(): void {
    closeSync(this.descriptor);
  }

  #write(source: string, lines: readonly LogDraft[]): boolean {
    if (lines.length === 0) return false;
    writeSync(this.descriptor, lines.map((line) => `${JSON.stringify({ source, ...line })}\n`).join(""));
    for (const line of lines) this.#note({ source, ...line });
    return true;
  }

  #note({ source, workflowExecutionId, step }: Omit<StoredLogLine, "number">): void {
    this.#stored.set(source, (this.#stored.get(source) ?? 0) + 1);
    this.#places.set(source, { workflowExecutionId, step });
  }

  /** A line that its process was killed in writing is said again. */
  #cutTornLine(): void {
    const { size } = fstatSync(this.descriptor);
    const chunk = Buffer.alloc(64 * 1024);
    for (let end = size; end > 0;) {
      const start = Math.max(0, end - chunk.length);
      const read = readSync(this.descriptor, chunk, 0, end - start, start);
      const last = chunk.subarray(0, read).lastIndexOf("\n");
      if (last < 0) end = start;
      else return ftruncateSync(this.descriptor, start + last + 1);
    }
    ftruncateSync(this.descriptor, 0);
  }
}
