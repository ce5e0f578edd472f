import { createHash } from "node:crypto";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { controlPlaneError } from "../errors.js";

/** How a backup begins. */
export interface BackupHeader {
  readonly format: "imagewright-backup";
  readonly formatVersion: number;
  /** The number of the newest migration of the database. */
  readonly schema: number;
  /** ISO 8601. */
  readonly createdAt: string;
  /** In the order in which they can be filled. */
  readonly tables: readonly BackupTable[];
}

export interface BackupTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** A part of a backup: each has a type of one letter, a length of four bytes, and its content. */
export type BackupPart =
  | { readonly type: "table"; readonly name: string }
  | { readonly type: "rows"; readonly bytes: Buffer }
  | { readonly type: "end-of-table"; readonly rows: number };

export const FORMAT_VERSION = 1;

const LETTERS = { header: "H", table: "T", rows: "D", "end-of-table": "E", checksum: "Z" } as const;
/** What an input is that ends too early. */
type AtEnd = "backup-damaged" | "no-backup";

const FRAME_BYTES = 5;
const LARGEST_PART = 64 * 1024 * 1024;
const START = Buffer.from("H");
const FORMAT = "imagewright-backup";

/** Writes the parts of a backup; its end is a checksum of everything before. */
export class BackupWriter {
  readonly #hash = createHash("sha256");
  #bytes = 0;

  constructor(private readonly output: Writable) {}

  get bytes(): number {
    return this.#bytes;
  }

  begin(header: BackupHeader): Promise<void> {
    return this.#write(LETTERS.header, Buffer.from(JSON.stringify(header)));
  }

  write(part: BackupPart): Promise<void> {
    const content = part.type === "rows" ? part.bytes : Buffer.from(part.type === "table" ? part.name : String(part.rows));
    return this.#write(LETTERS[part.type], content);
  }

  end(): Promise<void> {
    return this.#write(LETTERS.checksum, Buffer.from(this.#hash.copy().digest("hex")));
  }

  async #write(letter: string, content: Buffer): Promise<void> {
    const frame = Buffer.alloc(FRAME_BYTES);
    frame.write(letter);
    frame.writeUInt32BE(content.length, 1);
    for (const bytes of [frame, content]) {
      this.#hash.update(bytes);
      this.#bytes += bytes.length;
      if (!this.output.write(bytes)) await once(this.output, "drain");
    }
  }
}

/** A backup that is read from its beginning: first its header, then its parts. Errors of both: backup-damaged. */
export class BackupReader {
  readonly #hash = createHash("sha256");
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(input: Readable) {
    this.#chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** Errors: no-backup, newer-backup. */
  async header(): Promise<BackupHeader> {
    const first = await this.#take(1, "no-backup");
    if (!first.equals(START)) throw controlPlaneError("no-backup", {});
    const header = parsed(await this.#content(first, "no-backup"));
    if (header?.format !== FORMAT) throw controlPlaneError("no-backup", {});
    if (!isWhole(header)) throw damaged("its header is not whole");
    if (header.formatVersion > FORMAT_VERSION)
      throw controlPlaneError("newer-backup", { what: "format", found: header.formatVersion, known: FORMAT_VERSION });
    return header;
  }

  /** The parts; it ends when the checksum has been compared. */
  async *parts(): AsyncGenerator<BackupPart> {
    for (;;) {
      const before = this.#hash.copy().digest("hex");
      const letter = await this.#take(1);
      const content = await this.#content(letter);
      const text = () => content.toString("utf8");
      switch (letter.toString("latin1")) {
        case LETTERS.table:
          yield { type: "table", name: text() };
          break;
        case LETTERS.rows:
          yield { type: "rows", bytes: content };
          break;
        case LETTERS["end-of-table"]:
          yield { type: "end-of-table", rows: Number(text()) };
          break;
        case LETTERS.checksum:
          if (text() !== before) throw damaged("its checksum is another one");
          if (!(await this.#isOver())) throw damaged("something follows its end");
          return;
        default:
          throw damaged("it has a part of an unknown kind");
      }
    }
  }

  async #content(letter: Buffer, atEnd?: AtEnd): Promise<Buffer> {
    const length = await this.#take(FRAME_BYTES - 1, atEnd);
    const bytes = length.readUInt32BE();
    if (bytes > LARGEST_PART) throw letter.equals(START) ? controlPlaneError("no-backup", {}) : damaged("it has a part that is too large");
    return this.#take(bytes, atEnd);
  }

  async #take(bytes: number, atEnd: AtEnd = "backup-damaged"): Promise<Buffer> {
    const chunks = [this.#rest];
    for (let length = this.#rest.length; length < bytes;) {
      const { value, done } = (await this.#chunks.next()) as IteratorResult<Buffer, undefined>;
      if (done === true && (atEnd === "backup-damaged" || Buffer.concat(chunks).includes(FORMAT))) throw damaged("it ends too early");
      if (done === true) throw controlPlaneError("no-backup", {});
      chunks.push(value);
      length += value.length;
    }
    const all = chunks.length === 1 ? this.#rest : Buffer.concat(chunks);
    this.#rest = all.subarray(bytes);
    const taken = all.subarray(0, bytes);
    this.#hash.update(taken);
    return taken;
  }

  async #isOver(): Promise<boolean> {
    return this.#rest.length === 0 && (await this.#chunks.next()).done === true;
  }
}

function parsed(content: Buffer): BackupHeader | undefined {
  try {
    return JSON.parse(content.toString("utf8")) as BackupHeader;
  } catch {
    return undefined;
  }
}

function isWhole({ formatVersion, schema, createdAt, tables }: Partial<BackupHeader>): boolean {
  const isTable = ({ name, columns }: Partial<BackupTable>) => typeof name === "string" && Array.isArray(columns);
  const numbers = [formatVersion, schema].every((number) => Number.isInteger(number));
  return (
    numbers &&
    typeof createdAt === "string" &&
    Array.isArray(tables) &&
    tables.every((table: BackupTable | null) => table !== null && isTable(table))
  );
}

export function damaged(problem: string): Error {
  return controlPlaneError("backup-damaged", { problem });
}
