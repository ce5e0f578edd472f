import { randomUUID } from "node:crypto";
import { durabilityError } from "../errors.js";
import type { Json } from "../json.js";
import type { Durability } from "../port.js";
import type { ExecutionRecord } from "./execution-record.js";
import { isJournalEntry, JOURNAL_VERSION, RecordedOperations, type JournalEntry, type JournalHeader } from "./entries.js";
import { JournalDurability } from "./journal-durability.js";
import { JournalCount } from "./journal-count.js";
import { JournalFile } from "./journal-file.js";

/** Whether this process may go on with the execution, such as an `ExecutionLease`. */
export interface ExecutionGuard {
  /** Aborted when it may not. */
  readonly signal: AbortSignal;
  /** Throws if it may not. Asked before each effect and before each record. */
  assertHeld(): Promise<void>;
}

export interface JournalOptions {
  /** Without it, the caller makes sure that no other process uses the journal. */
  readonly guard?: ExecutionGuard | undefined;
  /**
   * A file that counts the lines of the journal. With it, a journal that has lost lines at its end, or is gone, is an error; without it, a
   * journal that is gone begins anew.
   */
  readonly countFile?: string | undefined;
}

interface OpenJournal {
  readonly file: JournalFile;
  readonly header: JournalHeader;
  readonly recorded: RecordedOperations;
  readonly guard: ExecutionGuard | undefined;
  readonly count: JournalCount | undefined;
  /** How many lines the file has, its header included. */
  readonly lines: number;
}

/** The record of one execution in a file. */
export class ExecutionJournal implements ExecutionRecord {
  readonly path: string;
  readonly id: string;
  readonly #file: JournalFile;
  readonly #recorded: RecordedOperations;
  readonly #guard: ExecutionGuard | undefined;
  readonly #count: JournalCount | undefined;
  #lines: number;
  /** How many of them are on disk and counted. */
  #counted: number;
  #broken: Error | undefined;

  private constructor({ file, header, recorded, guard, count, lines }: OpenJournal) {
    this.path = file.path;
    this.id = header.id;
    this.#file = file;
    this.#recorded = recorded;
    this.#guard = guard;
    this.#count = count;
    this.#lines = lines;
    this.#counted = lines;
  }

  /** Opens the journal of an execution, or begins it. */
  static async open(path: string, { guard, countFile }: JournalOptions = {}): Promise<ExecutionJournal> {
    await guard?.assertHeld();
    const { file, entries } = await JournalFile.open(path);
    let count: JournalCount | undefined;
    try {
      count = countFile === undefined ? undefined : await JournalCount.open(countFile);
      count?.requireAll(path, entries.length);
      const [first, ...others] = entries.map((text) => JSON.parse(text) as Json);
      const header = first === undefined ? await begin(file) : readHeader(path, first);
      const recorded = new RecordedOperations();
      others.forEach((entry, index) => {
        if (!isJournalEntry(entry) || !recorded.add(entry as unknown as JournalEntry))
          throw durabilityError("journal-damaged", { file: path, line: index + 2, cause: "it contradicts the lines before it" });
      });
      const lines = Math.max(entries.length, 1);
      count?.write(lines);
      return new ExecutionJournal({ file, header, recorded, guard, count, lines });
    } catch (thrown) {
      await file.close();
      await count?.close();
      throw thrown;
    }
  }

  /**
   * The port for a program. One execution may run several, each in an outermost branch of its own: what it does, and after it was cancelled
   * what cleans up.
   */
  durability(signal?: AbortSignal, branch = "main"): Durability {
    const signals = [signal, this.#guard?.signal].filter((one) => one !== undefined);
    return new JournalDurability(this, [branch], AbortSignal.any(signals));
  }

  async close(): Promise<void> {
    await this.sync().catch(() => undefined); // who has appended was told
    await this.#file.close();
    await this.#count?.close();
  }

  recordedAt(branch: readonly string[], position: number): JournalEntry | undefined {
    return this.#recorded.at(branch, position);
  }

  async record(entry: JournalEntry): Promise<void> {
    await this.assertUsable();
    await this.#file.append(JSON.stringify(entry));
    this.#lines += 1;
    this.#recorded.add(entry);
  }

  async sync(): Promise<void> {
    const lines = this.#lines;
    await this.#file.sync();
    if (lines > this.#counted) this.#count?.write(lines);
    this.#counted = Math.max(this.#counted, lines);
  }

  async assertUsable(): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    await this.#guard?.assertHeld();
  }

  refuseAll(reason: Error): Error {
    return (this.#broken ??= reason);
  }
}

/**
 * Opens the journal of an execution, or begins it: one file, only ever appended. Errors: journal-damaged, journal-of-other-version,
 * journal-not-readable, journal-not-written.
 */
export function openJournal(file: string, options?: JournalOptions): Promise<ExecutionJournal> {
  return ExecutionJournal.open(file, options);
}

async function begin(file: JournalFile): Promise<JournalHeader> {
  const header: JournalHeader = {
    journal: "imagewright-execution",
    version: JOURNAL_VERSION,
    id: randomUUID(),
    createdAt: new Date().toISOString(),
  };
  await file.append(JSON.stringify(header));
  await file.sync();
  return header;
}

function readHeader(file: string, first: Json): JournalHeader {
  const header = first as Partial<JournalHeader> | null;
  if (header?.journal !== "imagewright-execution" || typeof header.id !== "string")
    throw durabilityError("journal-damaged", { file, line: 1, cause: "it is not the beginning of a journal" });
  if (header.version !== JOURNAL_VERSION)
    throw durabilityError("journal-of-other-version", { file, found: String(header.version), known: JOURNAL_VERSION });
  return header as JournalHeader;
}
