import { closeSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import type { Journal } from "@imagewright/document-engine";
import { runnerError } from "../errors.js";
import { notWritten } from "./state-files.js";

/** Converts values before they are written, and back: secrets must not be on the disk. */
export interface Seal {
  /** As JSON text. */
  readonly sealedJson: (value: unknown) => string;
  readonly unseal: (value: unknown) => unknown;
}

/**
 * A journal in a file, one JSON line per record. A record has been passed to the operating system when `record` returns, so it outlives
 * this process; after `sync` it outlives a restart of the machine.
 */
export class FileJournal implements Journal {
  readonly #descriptor: number;
  /** As in the file; unsealed on access. */
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

  /** The sealed records of earlier processes. */
  get sealed(): readonly unknown[] {
    return [...this.#sealed.values()];
  }

  recall(key: string): unknown {
    const value = this.#sealed.get(key);
    return value === undefined ? undefined : revive(this.seal.unseal(value));
  }

  /** Throws if the disk is full. */
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

/** The records of a file; an incomplete last line, written when the process died, is dropped. */
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

/** JSON has no undefined: an omitted key reads the same. In a list it becomes null. */
function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== "object" || value === null) return value === null ? undefined : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}
