import { EventEmitter } from "node:events";
import type { FileHandle } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { Readable, Writable } from "node:stream";
import { demandChangeable } from "./entries.js";
import { asNode, RefusedOperation } from "./file-error.js";
import { touch, type FileInode, type Inode } from "./inode.js";
import type { Opened } from "./opened.js";
import { fromBytes, toText, type Bytes } from "./path-bytes.js";
import { changeMode, changeOwner, demandOwner, noteWrite } from "./rights.js";
import { bigStatsOf, statsOf } from "./file-stats.js";
import { setTimes } from "./times.js";
import { readArguments, writeArguments } from "./transfer-arguments.js";
import type { View } from "./view.js";

type Data = string | NodeJS.ArrayBufferView | Iterable<string | NodeJS.ArrayBufferView> | AsyncIterable<string | NodeJS.ArrayBufferView>;
type Encoding = BufferEncoding | { readonly encoding?: BufferEncoding | null | undefined } | null | undefined;

const PIECE_BYTES = 64 * 1024;

/** An open file of the view. Reads and writes go to the real file or, after the first write, to the copy in the scratch folder. */
export class OverlayFileHandle extends EventEmitter {
  /** The underlying open file and its path, which changes at the first write through any handle. */
  #real: { readonly handle: FileHandle; readonly place: string | Buffer; readonly writes: boolean } | undefined;
  #position = 0;
  #isOpen = true;
  /** Operations run one after the other, so that positions stay valid. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly view: View,
    private readonly opened: Opened,
    private readonly path: Bytes,
  ) {
    super();
  }

  /** This handle in the type that `open` returns; the only thing it lacks is a file descriptor. */
  asFileHandle(): FileHandle {
    return this as unknown as FileHandle;
  }

  get fd(): number {
    throw new Error(`${toText(this.path)} is open in an overlay only, so it has no file descriptor`);
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    await this.#queue.catch(() => undefined);
    this.#isOpen = false;
    await this.#real?.handle.close();
    this.emit("close");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  read(...parameters: unknown[]) {
    return this.#serialized("read", async () => {
      const { buffer, offset, length, position } = readArguments(parameters);
      const bytesRead = await this.#readAt(buffer, offset, length, position ?? this.#position);
      if (position === null) this.#position += bytesRead;
      return { bytesRead, buffer };
    });
  }

  async readv(buffers: readonly NodeJS.ArrayBufferView[], position?: number | null) {
    let bytesRead = 0;
    for (const buffer of buffers) {
      const part = await this.read(buffer, 0, buffer.byteLength, typeof position === "number" ? position + bytesRead : null);
      bytesRead += part.bytesRead;
      if (part.bytesRead < buffer.byteLength) break;
    }
    return { bytesRead, buffers };
  }

  write(data: string | NodeJS.ArrayBufferView, ...parameters: unknown[]) {
    return this.#serialized("write", async () => {
      if (!this.opened.writes) throw new RefusedOperation("EBADF");
      const { bytes, position } = writeArguments(data, parameters);
      const at = this.opened.appends ? (await this.#file().content.size()).size : (position ?? this.#position);
      await this.#writeAt(bytes, at);
      if (position === null && bytes.length > 0) this.#position = at + bytes.length;
      return { bytesWritten: bytes.length, buffer: data };
    });
  }

  async writev(buffers: readonly NodeJS.ArrayBufferView[], position?: number | null) {
    let bytesWritten = 0;
    for (const buffer of buffers) {
      await this.write(buffer, 0, buffer.byteLength, typeof position === "number" ? position + bytesWritten : null);
      bytesWritten += buffer.byteLength;
    }
    return { bytesWritten, buffers };
  }

  async readFile(options?: Encoding): Promise<string | Buffer> {
    const pieces: Buffer[] = [];
    for (;;) {
      const { bytesRead, buffer } = await this.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, null);
      if (bytesRead === 0) break;
      pieces.push(Buffer.from(buffer.buffer, buffer.byteOffset, bytesRead));
    }
    const encoding = typeof options === "string" ? options : options?.encoding;
    const all = Buffer.concat(pieces);
    return encoding === undefined || encoding === null ? all : all.toString(encoding);
  }

  async writeFile(data: Data, options?: Encoding): Promise<void> {
    const encoding = (typeof options === "string" ? options : options?.encoding) ?? "utf8";
    for await (const piece of typeof data === "string" || ArrayBuffer.isView(data) ? [data] : data) {
      const bytes = typeof piece === "string" ? Buffer.from(piece, encoding) : piece;
      if (bytes.byteLength > 0) await this.write(bytes, 0, undefined, null);
    }
  }

  appendFile(data: Data, options?: Encoding): Promise<void> {
    return this.writeFile(data, options);
  }

  truncate(length = 0): Promise<void> {
    return this.#serialized("ftruncate", async () => {
      if (!this.opened.writes) throw new RefusedOperation("EINVAL");
      const file = this.#file();
      await (await this.#open(true)).truncate(Math.max(0, length));
      noteWrite(file);
      touch(file);
    });
  }

  stat(options?: { readonly bigint?: boolean }) {
    return this.#serialized("fstat", async () => (options?.bigint === true ? bigStatsOf(this.opened.inode) : statsOf(this.opened.inode)));
  }

  chmod(mode: number | string): Promise<void> {
    return this.#change("fchmod", (inode) => changeMode(inode, typeof mode === "string" ? Number.parseInt(mode, 8) : mode));
  }

  chown(uid: number, gid: number): Promise<void> {
    return this.#change("fchown", (inode) => changeOwner(inode, uid, gid));
  }

  utimes(atime: number | string | Date, mtime: number | string | Date): Promise<void> {
    return this.#change("futime", (inode) => {
      demandOwner(inode);
      setTimes(inode, atime, mtime);
    });
  }

  sync = () => this.#serialized("fsync", async () => undefined);
  datasync = () => this.#serialized("fdatasync", async () => undefined);

  createReadStream({ start, end = Infinity, encoding, autoClose = true, highWaterMark = PIECE_BYTES }: ReadStreamOptions = {}): Readable {
    const stream = Readable.from(this.#pieces(start, end, autoClose, highWaterMark), { objectMode: false, highWaterMark });
    return encoding === undefined ? stream : stream.setEncoding(encoding);
  }

  async *#pieces(start: number | undefined, end: number, autoClose: boolean, pieceBytes: number): AsyncGenerator<Buffer> {
    try {
      for (let position = start ?? 0; position <= end;) {
        const length = Math.min(pieceBytes, end - position + 1);
        const { bytesRead, buffer } = await this.read(Buffer.allocUnsafe(length), 0, length, start === undefined ? null : position);
        if (bytesRead === 0) return;
        position += bytesRead;
        yield Buffer.from(buffer.buffer, buffer.byteOffset, bytesRead);
      }
    } finally {
      if (autoClose) await this.close();
    }
  }

  createWriteStream({ start, encoding = "utf8", autoClose = true }: WriteStreamOptions = {}): Writable {
    let position = start ?? null;
    const write = async (chunk: Buffer) => {
      await this.write(chunk, 0, chunk.length, position);
      if (position !== null) position += chunk.length;
    };
    const close = async () => (autoClose ? this.close() : undefined);
    return new Writable({
      defaultEncoding: encoding,
      write: (chunk: Buffer, _encoding, done) => void write(chunk).then(() => done(), done),
      final: (done) => void close().then(() => done(), done),
      destroy: (error, done) => void close().then(() => done(error), done),
    });
  }

  readableWebStream(): ReadableStream {
    return Readable.toWeb(this.createReadStream({ autoClose: false })) as ReadableStream;
  }

  readLines(options?: ReadStreamOptions) {
    return createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }

  #file(): FileInode {
    const { inode } = this.opened;
    if (inode.kind === "file") return inode;
    throw new RefusedOperation(inode.kind === "folder" ? "EISDIR" : "EINVAL");
  }

  async #readAt(buffer: NodeJS.ArrayBufferView, offset: number, length: number, position: number): Promise<number> {
    if (!this.opened.reads) throw new RefusedOperation("EBADF");
    if (this.opened.inode.kind === "folder") throw new RefusedOperation("EISDIR");
    if (length === 0) return 0;
    const { bytesRead } = await (await this.#open(false)).read(buffer, offset, length, position);
    return bytesRead;
  }

  async #writeAt(bytes: Uint8Array, position: number): Promise<void> {
    const real = await this.#open(true);
    for (let written = 0; written < bytes.length;)
      written += (await real.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
    noteWrite(this.opened.inode);
    touch(this.opened.inode);
  }

  /** The underlying open file, with the current bytes. */
  async #open(writes: boolean): Promise<FileHandle> {
    const { inode } = this.opened;
    if (writes && inode.kind === "file") await inode.content.makeWritable();
    const place = inode.kind === "file" ? inode.content.place : fromBytes(inode.kind === "special" ? inode.base : "");
    const isSame =
      this.#real !== undefined &&
      (this.#real.writes || !writes) &&
      Buffer.from(this.#real.place as string).equals(Buffer.from(place as string));
    if (this.#real !== undefined && isSame) return this.#real.handle;
    await this.#real?.handle.close();
    const canWrite = inode.kind === "file" ? typeof place === "string" : this.opened.writes;
    this.#real = { place, writes: canWrite, handle: await this.view.files.open(place, canWrite ? "r+" : "r") };
    return this.#real.handle;
  }

  #change(syscall: string, body: (inode: Inode) => void): Promise<void> {
    return this.#serialized(syscall, async () => {
      await demandChangeable(this.view, this.opened.inode);
      body(this.opened.inode);
    });
  }

  #serialized<Result>(syscall: string, body: () => Promise<Result>): Promise<Result> {
    const run = async () => {
      if (!this.#isOpen) throw Object.assign(new Error("file closed"), { code: "EBADF", syscall });
      return body();
    };
    const result = asNode(syscall, undefined, () => this.#queue.then(run));
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

interface ReadStreamOptions {
  readonly start?: number;
  readonly end?: number;
  readonly encoding?: BufferEncoding;
  readonly autoClose?: boolean;
  readonly highWaterMark?: number;
}

interface WriteStreamOptions {
  readonly start?: number;
  readonly encoding?: BufferEncoding;
  readonly autoClose?: boolean;
}
