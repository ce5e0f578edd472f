import type { Stats } from "node:fs";
import { actionError } from "../errors.js";
import { copyNewLink, readLink } from "./copy-link.js";
import { copyNewFile } from "./copy-new-file.js";
import type { TreeCopy } from "./tree-copy.js";
import { fileErrorCode } from "./describe-file-error.js";
import { ownFactsIfPresent } from "./file-facts.js";
import { ownIdentityOf } from "./file-identity.js";
import { ALL_PERMISSIONS } from "./keep-attributes.js";
import { putInPlace } from "./put-in-place.js";
import { sameFiles } from "./same-content.js";
import { verifyCopy } from "./verify-copy.js";

/** A file or link of a tree, and the path of its copy. */
export interface TreeEntry {
  readonly source: Buffer;
  readonly facts: Stats;
  readonly target: Buffer;
  /** Whether the folder of the copy is new, so that no entry can conflict. */
  readonly fresh: boolean;
}

const OPERATION = "write file";

/** Copies the files and links of one tree; hard links to a file become hard links to its copy. */
export class EntryCopier {
  readonly #copy: TreeCopy;
  /** The copy of each file with several names, by inode number. */
  readonly #copied = new Map<string, Promise<Buffer>>();

  constructor(copy: TreeCopy) {
    this.#copy = copy;
  }

  /** Returns whether anything changed; a file with the same content and permissions is not written. */
  async file(entry: TreeEntry): Promise<boolean> {
    if (entry.fresh && entry.facts.nlink === 1) {
      await this.#makeFile(entry, entry.target);
      return true;
    }
    const taken = await this.#taken(entry);
    if (taken !== undefined && (await this.#isSameFile(entry, taken))) return false;
    const number = await this.#numberOf(entry);
    const first = number === undefined ? undefined : this.#copied.get(number);
    if (first !== undefined && (await this.#linked(await first, entry, taken))) return true;
    const copied = this.#place(entry, taken, (target) => this.#makeFile(entry, target)).then(() => entry.target);
    if (number !== undefined && first === undefined) this.#copied.set(number, copied);
    await copied;
    return true;
  }

  /** Returns whether anything changed. */
  async link(entry: TreeEntry): Promise<boolean> {
    const { host, exact } = this.#copy;
    const taken = await this.#taken(entry);
    if (taken?.isSymbolicLink() === true && !exact) {
      if ((await readLink(host.files, entry.target)).equals(await readLink(host.files, entry.source))) return false;
    }
    await this.#place(entry, taken, (target) => copyNewLink({ ...entry, host, target, shownTarget: entry.target, exact }));
    return true;
  }

  /** The existing file or link that the copy will replace. */
  async #taken({ target, fresh }: TreeEntry): Promise<Stats | undefined> {
    if (fresh) return undefined;
    const facts = await ownFactsIfPresent(this.#copy.host.files, OPERATION, target);
    if (facts !== undefined) refuseToReplace(facts, target);
    return facts;
  }

  async #isSameFile({ source, facts, target }: TreeEntry, taken: Stats): Promise<boolean> {
    const { host, exact, signal } = this.#copy;
    const alike = taken.isFile() && taken.size === facts.size && ((taken.mode ^ facts.mode) & ALL_PERMISSIONS) === 0;
    return alike && !exact && sameFiles(host.files, source, target, "copy file", signal);
  }

  /** The inode number of a file with several names. Windows has no usable number for links. */
  async #numberOf({ source, facts }: TreeEntry): Promise<string | undefined> {
    const { files, platform } = this.#copy.host;
    return facts.nlink > 1 && platform !== "windows" ? ownIdentityOf("copy file", source, files) : undefined;
  }

  async #place({ target }: TreeEntry, taken: Stats | undefined, make: (path: Buffer) => Promise<void>): Promise<void> {
    if (taken === undefined) await make(target);
    else await putInPlace({ host: this.#copy.host, operation: OPERATION, path: target, make });
  }

  async #makeFile({ source, facts, target: shownTarget }: TreeEntry, target: Buffer): Promise<void> {
    const { host, exact, signal } = this.#copy;
    const copy = { files: host.files, source, facts, target, shownTarget, exact, signal };
    await copyNewFile(copy);
    if (exact) await verifyCopy(copy);
  }

  /** Whether the copy could be made as a hard link to the first one; not every disk supports that. */
  async #linked(first: Buffer, entry: TreeEntry, taken: Stats | undefined): Promise<boolean> {
    try {
      await this.#place(entry, taken, (target) => this.#copy.host.files.link(first, target));
      return true;
    } catch (thrown) {
      if (fileErrorCode(thrown) === undefined) throw thrown;
      return false;
    }
  }
}

/** Throws for an entry that a file or link of a tree must not replace. */
export function refuseToReplace(facts: Stats, path: Buffer): void {
  if (facts.isFile() || facts.isSymbolicLink()) return;
  throw actionError("not-a-file", { operation: OPERATION, path, found: facts.isDirectory() ? "a folder" : "not a regular file" });
}
