import type { Stats } from "node:fs";
import type { FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "./attempt.js";
import { EntryCopier } from "./copy-entry.js";
import { deleteTree } from "./delete-tree.js";
import { factsIfPresent, ownFactsIfPresent } from "./file-facts.js";
import { keepAttributes } from "./keep-attributes.js";
import { asPrefix } from "./path-bytes.js";
import type { FilePath } from "./show-path.js";
import { TASKS_AT_ONCE, workThrough } from "./work-through.js";
import type { TreeCopy } from "./tree-copy.js";

export interface CopiedTree {
  /** Files and links. */
  readonly files: number;
  readonly folders: number;
  /** Whether anything changed. */
  readonly changed: boolean;
}

interface Task {
  readonly source: Buffer;
  readonly target: Buffer;
  /** Set for the tree's root only, where links are followed. */
  readonly facts?: Stats;
  /** Whether the folder of the copy is new, so that no entry can conflict. */
  readonly fresh: boolean;
}

const OPERATION = "create folder";
// required while a folder is being filled, whatever its final permissions
const OWNER_ALL = 0o700;
const PERMISSION_BITS = 0o777;

/**
 * Copies into the target, which is made if missing: files and links of the same names are replaced, other files stay.
 * Links are copied as links. A new target is removed if the copy cannot be finished; each file is complete at any time.
 */
export async function copyTree(copy: TreeCopy): Promise<CopiedTree> {
  const copier = new TreeCopier(copy);
  try {
    return await copier.run();
  } catch (thrown) {
    if (copier.hasMadeTarget) await deleteTree(copy.host.files, copy.target).catch(() => undefined);
    throw thrown;
  }
}

class TreeCopier {
  readonly #copy: TreeCopy;
  readonly #entries: EntryCopier;
  readonly #made: { readonly target: Buffer; readonly facts: Stats }[] = [];
  #files = 0;
  #folders = 0;
  #changed = false;
  hasMadeTarget = false;

  constructor(copy: TreeCopy) {
    this.#copy = copy;
    this.#entries = new EntryCopier(copy);
  }

  async run(): Promise<CopiedTree> {
    const { source, target, facts, signal } = this.#copy;
    const first: Task = { source: Buffer.from(source), target: Buffer.from(target), facts, fresh: false };
    await workThrough({ first, limit: TASKS_AT_ONCE, signal, work: (task) => this.#visit(task) });
    // inner folders before outer ones, since a folder may lose its write permission
    for (const folder of this.#made.reverse()) await this.#finish(folder.target, folder.facts);
    return { files: this.#files, folders: this.#folders, changed: this.#changed };
  }

  async #visit(task: Task): Promise<readonly Task[]> {
    const facts = task.facts ?? (await attempt("copy file", task.source, () => this.#copy.host.files.lstat(task.source)));
    if (facts.isDirectory()) return this.#folder(task, facts);
    const { source, target, fresh } = task;
    if (facts.isFile()) this.#note(await this.#entries.file({ source, target, fresh, facts }));
    else if (facts.isSymbolicLink()) this.#note(await this.#entries.link({ source, target, fresh, facts }));
    else this.#other(task.source);
    return [];
  }

  async #folder({ source, target, fresh, facts: ofRoot }: Task, facts: Stats): Promise<readonly Task[]> {
    const { files } = this.#copy.host;
    this.#folders += 1;
    const isNew = fresh || (await isMissing(files, target, ofRoot !== undefined));
    if (isNew) {
      await attempt(OPERATION, target, () => files.mkdir(target, { mode: (facts.mode & PERMISSION_BITS) | OWNER_ALL }));
      this.#made.push({ target, facts });
      this.#changed = true;
      if (ofRoot !== undefined) this.hasMadeTarget = true;
    }
    const names = await attempt("read folder", source, () => files.readdir(source, { encoding: "buffer" }));
    const [from, to] = [asPrefix(source), asPrefix(target)];
    return names.map((name) => ({ source: Buffer.concat([from, name]), target: Buffer.concat([to, name]), fresh: isNew }));
  }

  #note(changed: boolean): void {
    this.#files += 1;
    this.#changed ||= changed;
  }

  #other(path: Buffer): void {
    const { onOther } = this.#copy;
    if (onOther === undefined)
      throw actionError("not-a-file", { operation: "move file", path, found: "not a regular file", hint: OTHER_DISK });
    onOther(path);
  }

  async #finish(path: Buffer, facts: Stats): Promise<void> {
    const { host, exact } = this.#copy;
    const { mode, uid, gid, atimeMs, mtimeMs } = facts;
    await keepAttributes(folderTarget(host.files, path), path, { mode, uid, gid, atimeMs, mtimeMs, exact });
  }
}

/** Why a pipe or device is not moved. */
export const OTHER_DISK = "the destination is on another disk, and only files, folders and links can be copied there";

/** Throws if something other than a folder has the name. The tree's root may be a link to one. */
async function isMissing(files: FileSystem, path: FilePath, isRoot: boolean): Promise<boolean> {
  const facts = await (isRoot ? factsIfPresent : ownFactsIfPresent)(files, OPERATION, path);
  if (facts !== undefined && !facts.isDirectory()) throw actionError("not-a-folder", { operation: OPERATION, path });
  return facts === undefined;
}

function folderTarget(files: FileSystem, path: FilePath) {
  return {
    stat: () => files.stat(path),
    chown: (uid: number, gid: number) => files.chown(path, uid, gid),
    chmod: (mode: number) => files.chmod(path, mode),
    utimes: (atime: number, mtime: number) => files.utimes(path, atime, mtime),
  };
}
