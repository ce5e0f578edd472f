import { closeSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import type { Journal } from "@imagewright/document-engine";
import { runnerError } from "../errors.js";
import { notWritten } from "./state-files.js";

/** What a value is turned into before it is written, and back: secrets must not be on the disk. */
export interface Seal {
  /** As JSON text. */
  readonly sealedJson: (value: unknown) => string;
  readonly unseal: (value: unknown) => unknown;
}

/**
 * A journal in a file, one JSON line a record. A record is with the operating system when `record` returns, so it outlives this process;
 * `sync` makes all of it outlive the machine's restart.
 */
export class FileJournal implements Journal {
  readonly #descriptor: number;
  /** As they stand in the file, unsealed when somebody asks. */
  readonly #sealed: Map<string, unknown>;

  constructor(
    private readonly path: string,
    private readonly seal: Seal,
  ) {
    this.#sealed = new Map(readRecords(path).map(({ k, v }) => [k, v]));
    try {
      this.#descriptor = openSync(path, "a", 0o600);
    } catch (thrown) {
      throw notWritten(path, thrown);
    }
  }

  /** All that an earlier process has recorded, sealed. */
  get sealed(): readonly unknown[] {
    return [...this.#sealed.values()];
  }

  recall(key: string): unknown {
    const value = this.#sealed.get(key);
    return value === undefined ? undefined : revive(this.seal.unseal(value));
  }

  /** Throws where the disk takes no more. */
  record(key: string, value: unknown): void {
    const line = Buffer.from(`{"k":${JSON.stringify(key)},"v":${this.seal.sealedJson(value)}}\n`);
    try {
      for (let written = 0; written < line.length;) written += writeSync(this.#descriptor, line, written);
    } catch (thrown) {
      throw notWritten(this.path, thrown);
    }
  }

  sync(): void {
    fsyncSync(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

interface JournalLine {
  readonly k: string;
  readonly v: unknown;
}

/** The records of a file; a last line that was being written when the process died is cut off. */
function readRecords(path: string): JournalLine[] {
  const content = readIfThere(path);
  const end = content.lastIndexOf("\n") + 1;
  if (end < content.length) truncateSync(path, end);
  const lines = content.subarray(0, end).toString("utf8").split("\n").slice(0, -1);
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as JournalLine;
    } catch (thrown) {
      throw runnerError("state-not-readable", { path, cause: `line ${index + 1} is damaged` }, { cause: thrown });
    }
  });
}

function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return Buffer.alloc(0);
    throw runnerError("state-not-readable", { path, cause: (thrown as Error).message }, { cause: thrown });
  }
}

/** JSON knows no undefined: a key that is left out reads the same. A list keeps its place as null. */
function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== "object" || value === null) return value === null ? undefined : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}
