import type { Json } from "../json.js";
import type { RecordedKind } from "../operation-order.js";
import type { Outcome } from "../outcome.js";

/** The first entry of a journal. */
export interface JournalHeader {
  readonly journal: "imagewright-execution";
  readonly version: number;
  /** Unique to the execution: its steps' tokens are made from it. */
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

export const JOURNAL_VERSION = 1;

/** An entry after the first: an operation has begun, or has ended. */
export interface JournalEntry {
  /** The keys of the branches around it, the outermost first. */
  readonly branch: readonly string[];
  /** Counted from 1 in its branch. */
  readonly position: number;
  readonly kind: RecordedKind;
  readonly key: string;
  /** When a wait ends without a message, in ISO 8601; recorded when it begins. */
  readonly deadline?: string | undefined;
  /** Missing when the operation has only begun. */
  readonly outcome?: Outcome | undefined;
}

/** What is recorded, by branch and position. */
export class RecordedOperations {
  readonly #branches = new Map<string, JournalEntry[]>();

  at(branch: readonly string[], position: number): JournalEntry | undefined {
    return this.#branches.get(JSON.stringify(branch))?.[position - 1];
  }

  /**
   * Adds an entry; false if it contradicts those before it. Branches that are started together may be recorded in another order than their
   * positions have, and of some of them nothing may be recorded.
   */
  add(entry: JournalEntry): boolean {
    const name = JSON.stringify(entry.branch);
    const operations = this.#branches.get(name) ?? [];
    this.#branches.set(name, operations);
    const before = operations[entry.position - 1];
    const isNext =
      before === undefined ||
      (before.outcome === undefined && entry.outcome !== undefined && before.kind === entry.kind && before.key === entry.key);
    if (isNext) operations[entry.position - 1] = { ...before, ...entry };
    return isNext;
  }
}

/** Whether a parsed line has the shape of an entry. Its checksum is right, so only another program can have written something else. */
export function isJournalEntry(value: Json): boolean {
  const { branch, position, kind, key } = (value ?? {}) as Partial<JournalEntry>;
  return Array.isArray(branch) && Number.isInteger(position) && typeof kind === "string" && typeof key === "string";
}
