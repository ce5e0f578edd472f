import type { JournalEntry } from "./entries.js";

/** What the branches of an execution share. */
export interface ExecutionRecord {
  /** Of the journal; messages are left beside it. */
  readonly path: string;
  /** Unique to the execution. */
  readonly id: string;
  /** What is recorded at a place: counted from 1 in its branch. */
  recordedAt(branch: readonly string[], position: number): JournalEntry | undefined;
  /** A process that continues the execution finds it; one after a loss of power only what came before a `sync`. */
  record(entry: JournalEntry): Promise<void>;
  /** What was recorded is on disk when the promise resolves. */
  sync(): Promise<void>;
  /** Throws if nothing can be recorded, so that no effect takes place that could not be. */
  assertUsable(): Promise<void>;
  /** Every operation from now on throws this, also if the program goes on after a failed step. The first reason stands. */
  refuseAll(reason: Error): Error;
}
