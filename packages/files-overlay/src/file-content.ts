import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { FileSystem } from "@imagewright/action-contract";
import { fromBytes, type Bytes } from "./path-bytes.js";
import type { Scratch } from "./scratch.js";

/** A real file as it was found; the view never writes to it. */
interface Origin {
  readonly path: Bytes;
  readonly size: number;
  readonly blocks: number;
}

/**
 * What a file of the view holds: the bytes of a real file until the first write, a copy in the scratch folder from then on. Two files can show
 * the same real one, so a copy within the view costs nothing until one of the two is written to.
 */
export class FileContent {
  #origin: Origin | undefined;
  #scratch: string | undefined;
  /** The first write in progress, which others wait for. */
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

  /** The real file that it still is; undefined after the first write. */
  get origin(): Bytes | undefined {
    return this.#scratch === undefined ? this.#origin?.path : undefined;
  }

  /** Where the bytes are now. It changes with the first write. */
  get place(): string | Buffer {
    return this.#scratch ?? fromBytes(this.#origin?.path ?? "");
  }

  /** In bytes, and in blocks of 512. */
  async size(): Promise<{ readonly size: number; readonly blocks: number }> {
    if (this.#scratch === undefined && this.#origin !== undefined) return this.#origin;
    const { size, blocks } = await this.store.files.stat(this.place);
    return { size, blocks };
  }

  /** Makes it a file in the scratch folder, with the same bytes. */
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

  /** Makes it empty. */
  async clear(): Promise<void> {
    await this.#copying;
    this.#scratch ??= this.store.scratch.newPath();
    await this.store.files.writeFile(this.#scratch, "", { mode: 0o600 });
  }

  /** Puts the bytes of another file in place of its own. */
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

/** Where contents are read from and kept. */
export interface ContentStore {
  readonly files: FileSystem;
  readonly scratch: Scratch;
}

const PIECE_BYTES = 1024 * 1024;

/** Copies a file with its holes, in bounded memory, and with permissions of this process's own. */
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
