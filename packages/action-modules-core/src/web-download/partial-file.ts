import { createHash } from "node:crypto";
import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { FileSystem } from "@imagewright/action-contract";
import { attempt } from "../files/attempt.js";
import { createPart, type TargetFile } from "../transfer/target-file.js";

/** Identifies the content of a partial file on the server. */
export interface Validator {
  /** The strong ETag or the Last-Modified of that content, as sent by the server. */
  readonly value: string;
  /** The total size in bytes, if the server sent it. */
  readonly total: number | undefined;
}

/** The beginning of a file, left by an interrupted attempt. */
export interface KeptPart extends Validator {
  readonly length: number;
}

// more than any real one; a file here is read only if it is ours
const LONGEST_VALIDATOR = 10_000;

/**
 * The downloaded part of a file, in a hidden file next to its destination, and in another file the validator for requesting the
 * rest. The names are derived from address and destination, so that a later attempt of the same step finds them, and no other download
 * does.
 */
export class PartialFile {
  readonly path: string;
  readonly #notePath: string;
  readonly #files: FileSystem;
  readonly #target: TargetFile;
  #resumable = false;

  constructor(files: FileSystem, source: URL, target: TargetFile) {
    const name = createHash("sha256").update(`${source.href}\n${target.path}`).digest("hex").slice(0, 16);
    this.#files = files;
    this.#target = target;
    this.path = `${target.folder.replace(/[\\/]$/, "")}/.imagewright-${name}.part`;
    this.#notePath = this.path.replace(/part$/, "json");
  }

  /** The part left by an earlier attempt, if the rest can be requested. */
  async kept(): Promise<KeptPart | undefined> {
    const note = await this.#readNote();
    const length = note === undefined ? 0 : await this.#lengthOfOurs(this.path);
    this.#resumable = note !== undefined && length > 0;
    return note === undefined || length === 0 ? undefined : { ...note, length };
  }

  /** Starts with an empty file. */
  async start(validator: Validator | undefined): Promise<FileHandle> {
    await this.discard();
    const file = await createPart(this.#files, this.path, this.#target);
    if (validator !== undefined) {
      const text = JSON.stringify(validator);
      await attempt("write file", this.#target.path, () => this.#files.writeFile(this.#notePath, text, { flag: "wx", mode: 0o600 }));
      this.#resumable = true;
    }
    return file;
  }

  /** Opens the kept part for appending. */
  resume(): Promise<FileHandle> {
    // O_NOFOLLOW is unknown to Windows
    const flags = constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0);
    return attempt("write file", this.#target.path, () => this.#files.open(this.path, flags));
  }

  /** Removes the files of a failed download, unless it can be continued. */
  async leave(): Promise<void> {
    if (!this.#resumable || (await this.#lengthOfOurs(this.path)) === 0) await this.discard();
  }

  /** Removes all. */
  async discard(): Promise<void> {
    this.#resumable = false;
    await this.#files.rm(this.path, { force: true });
    await this.#files.rm(this.#notePath, { force: true });
  }

  async #readNote(): Promise<Validator | undefined> {
    const length = await this.#lengthOfOurs(this.#notePath);
    if (length === 0 || length > LONGEST_VALIDATOR) return undefined;
    try {
      const { value, total } = JSON.parse(await this.#files.readFile(this.#notePath, "utf8")) as Partial<Validator>;
      return typeof value !== "string" || /[^\t\x20-\x7e]/.test(value)
        ? undefined
        : { value, total: typeof total === "number" ? total : undefined };
    } catch {
      return undefined; // truncated by a crash of the machine
    }
  }

  /** 0 for someone else's file: in a world-writable folder, a predictable name proves nothing. */
  async #lengthOfOurs(path: string): Promise<number> {
    const facts = await this.#files.lstat(path).catch(() => undefined);
    const ours = facts?.isFile() === true && facts.nlink === 1 && (process.geteuid === undefined || facts.uid === process.geteuid());
    return ours ? facts.size : 0;
  }
}
