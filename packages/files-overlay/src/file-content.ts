import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { FileSystem } from "@imagewright/action-contract";
import { fromBytes, type Bytes } from "./path-bytes.js";
import type { Scratch } from "./scratch.js";

/** A real file at the time it was loaded; the view never writes to it. */
interface Origin {
  readonly path: Bytes;
  readonly size: number;
  readonly blocks: number;
}

/**
 * The content of a file of the view: the bytes of a real file until the first write, then a copy in the scratch folder. Two files can share
 * a real one, so a copy within the view is free until one of the two is written to.
 */
export class FileContent {
  #origin: Origin | undefined;
  #scratch: string | undefined;
  /** The pending first write, which others await. */
  #copying: Promise<void> | undefined;

  private constructor(private readonly store: ContentStore) {}

  static of(store: ContentStore, origin: Origin): FileContent {
    const content = new FileContent(store);
    content.#origin = origin;
    return content;
  }

  static async empty(store: ContentStore): Promise<FileContent> {
    const content = new FileContent(store);
    await content.clear();
    return content;
  }

  /** The real file before the first write; undefined after it. */
  get origin(): Bytes | undefined {
    return this.#scratch === undefined ? this.#origin?.path : undefined;
  }

  /** The current path of the bytes. It changes with the first write. */
  get place(): string | Buffer {
    return this.#scratch ?? fromBytes(this.#origin?.path ?? "");
  }

  /** In bytes, and in blocks of 512. */
  async size(): Promise<{ readonly size: number; readonly blocks: number }> {
    if (this.#scratch === undefined && this.#origin !== undefined) return this.#origin;
    const { size, blocks } = await this.store.files.stat(this.place);
    return { size, blocks };
  }

  /** Copies the bytes to a file in the scratch folder. */
  async makeWritable(): Promise<void> {
    if (this.#scratch !== undefined) return;
    this.#copying ??= this.#copyUp();
    await this.#copying;
  }

  async #copyUp(): Promise<void> {
    const path = this.store.scratch.newPath();
    await copyBytes(this.store.files, this.place, path);
    this.#scratch ??= path;
  }

  /** Empties it. */
  async clear(): Promise<void> {
    await this.#copying;
    this.#scratch ??= this.store.scratch.newPath();
    await this.store.files.writeFile(this.#scratch, "", { mode: 0o600 });
  }

  /** Replaces its bytes with those of another file. */
  async copyFrom(source: FileContent): Promise<void> {
    await this.#copying;
    this.#copying = undefined;
    if (source.#scratch === undefined) {
      this.#origin = source.#origin;
      this.#scratch = undefined;
      return;
    }
    const path = this.store.scratch.newPath();
    await copyBytes(this.store.files, source.place, path);
    this.#scratch = path;
  }
}

/** Where contents are read and stored. */
export interface ContentStore {
  readonly files: FileSystem;
  readonly scratch: Scratch;
}

const PIECE_BYTES = 1024 * 1024;

/** Copies a file with its holes, in bounded memory, with this process's default permissions. */
async function copyBytes(files: FileSystem, from: string | Buffer, to: string): Promise<void> {
  const source = await files.open(from, "r");
  try {
    const target = await files.open(to, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      const size = await copyPieces(source, target);
      await target.truncate(size);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copyPieces(source: FileHandle, target: FileHandle): Promise<number> {
  const piece = Buffer.alloc(PIECE_BYTES);
  const zeros = Buffer.alloc(PIECE_BYTES);
  for (let position = 0; ;) {
    const { bytesRead } = await source.read(piece, 0, piece.length, position);
    if (bytesRead === 0) return position;
    if (!piece.subarray(0, bytesRead).equals(zeros.subarray(0, bytesRead))) await target.write(piece, 0, bytesRead, position);
    position += bytesRead;
  }
}
