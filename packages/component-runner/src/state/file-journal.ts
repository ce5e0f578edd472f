import { closeSync, fsyncSync, ftruncateSync, readFileSync, writeSync } from "node:fs";
import type { Journal } from "@imagewright/document-engine";
import { createNewFile, encodeLine, openOwnFile } from "@imagewright/node-host";
import { runnerError } from "../errors.js";
import { firstMark, markOf, readJournal, type JournalContent } from "./journal-content.js";
import { notRead, notWritten } from "./state-files.js";

/** Converts values before they are written, and back: secrets must not be on the disk. */
export interface Seal {
  /** As JSON text. */
  readonly sealedJson: (value: unknown) => string;
  readonly unseal: (value: unknown) => unknown;
}

/** The journal of a state: its folder, and the sum of the request that it belongs to. */
export interface JournalPlace {
  readonly path: string;
  readonly folder: string;
  readonly requestSum: string;
}

/** Makes the empty journal of a new state, on disk when it returns. Errors: state-not-written. */
export function createJournal(path: string): void {
  try {
    const descriptor = createNewFile(path);
    try {
      writeSync(descriptor, firstMark());
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (thrown) {
    throw notWritten(path, thrown);
  }
}

/**
 * A journal in a file, one line per record, and at its beginning how many there are. A record has been passed to the operating system when
 * `record` returns, so it outlives this process; after `sync` it outlives a restart of the machine.
 */
export class FileJournal implements Journal {
  readonly #descriptor: number;
  /** As in the file; unsealed on access. */
  readonly #sealed: ReadonlyMap<string, unknown>;
  #sum: string;
  #end: number;
  #records: number;

  /** Opens the journal of a run that begins or continues. Errors: state-refused, state-not-readable if it is damaged. */
  constructor(
    private readonly place: JournalPlace,
    private readonly seal: Seal,
  ) {
    this.#descriptor = openFile(place);
    try {
      const content = this.#read();
      // a line that was cut off when its process died; nothing has relied on it
      ftruncateSync(this.#descriptor, content.bytes);
      this.#sealed = new Map(content.records.map(({ k, v }) => [k, v]));
      [this.#sum, this.#end, this.#records] = [content.sum, content.bytes, content.records.length];
    } catch (thrown) {
      closeSync(this.#descriptor);
      throw thrown;
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
    const { line, sum } = encodeLine(`{"k":${JSON.stringify(key)},"v":${this.seal.sealedJson(value)}}`, this.#sum);
    try {
      this.#end += writeWhole(this.#descriptor, Buffer.from(line), this.#end);
      writeWhole(this.#descriptor, markOf(this.#records + 1), 0);
    } catch (thrown) {
      throw notWritten(this.place.path, thrown);
    }
    this.#sum = sum;
    this.#records += 1;
  }

  sync(): void {
    fsyncSync(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #read(): JournalContent {
    const { path, folder, requestSum } = this.place;
    const read = readJournal(readFileSync(this.#descriptor), requestSum);
    if ("reason" in read) throw runnerError("state-not-readable", { path, cause: read.reason, folder });
    return read;
  }
}

function openFile({ path, folder }: JournalPlace): number {
  try {
    return openOwnFile(path, "update");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ENOENT") throw notRead(path, thrown);
    throw runnerError("state-not-readable", { path, cause: "it is missing", folder }, { cause: thrown });
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array, position: number): number {
  for (let written = 0; written < bytes.length;)
    written += writeSync(descriptor, bytes, written, bytes.length - written, position + written);
  return bytes.length;
}

/** JSON has no undefined: an omitted key reads the same. In a list it becomes null. */
function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== "object" || value === null) return value === null ? undefined : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}
