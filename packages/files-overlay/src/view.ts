import type { FileSystem } from "@imagewright/action-contract";
import type { ContentStore } from "./file-content.js";
import { RefusedOperation } from "./file-error.js";
import { inodeOf, type FolderInode, type Inode } from "./inode.js";
import { Mounts, type Mount } from "./mounts.js";
import { fromBytes, join, splitPath, toBytes, type Bytes } from "./path-bytes.js";
import { demand, EXECUTE } from "./rights.js";
import type { Scratch } from "./scratch.js";

/** The result of resolving a path. */
export interface ResolvedPath {
  /** The folder of the entry. */
  readonly folder: FolderInode;
  readonly name: Bytes;
  /** The entry, if it exists. */
  readonly inode: Inode | undefined;
  /** The path without links, dots and trailing separators. */
  readonly path: Bytes;
  /** The folders above, from the root down to `folder`. */
  readonly above: readonly FolderInode[];
  readonly endsInSeparator: boolean;
  /** The end of the path, if it is not the name of an entry. */
  readonly endsInDots: "." | ".." | "/" | undefined;
  /** The file system in which the last part of the path was looked up: that of `folder`, unless that part is dots. */
  readonly lastMount: Mount;
}

/**
 * How a link at the end of a path is treated. `follow`: it is followed. `entry`: only if a separator comes after it. `remove`: never, and
 * with a separator after it, it has to be a folder. `create`: never, and any entry of that name is an error.
 */
export type Lookup = "follow" | "entry" | "remove" | "create";

const MOST_LINKS = 40;

/** The tree of files of the overlay, loaded lazily from the real one. */
export class View implements ContentStore {
  /** Files with several names, by mount, device and inode number, so that all names share one file. */
  readonly #shared = new Map<string, Inode>();
  /** The file systems in which changes were rejected because their effects cannot be predicted. */
  readonly unpredictable: Mount[] = [];

  private constructor(
    readonly files: FileSystem,
    readonly scratch: Scratch,
    readonly root: FolderInode,
    private readonly mounts: Mounts,
  ) {}

  static async open(files: FileSystem, scratch: Scratch): Promise<View> {
    const mounts = await Mounts.read(files);
    const facts = await files.lstat("/", { bigint: true });
    const root = inodeOf(facts, "/", "", mounts.root(facts.dev), { files, scratch });
    if (root.kind !== "folder") throw new Error("the root of the files is not a folder");
    return new View(files, scratch, root, mounts);
  }

  /** The entry of a folder; undefined if there is none. */
  async entry(folder: FolderInode, name: Bytes): Promise<Inode | undefined> {
    const known = folder.entries.get(name);
    if (known !== undefined || folder.base === undefined) return known ?? undefined;
    const found = await this.#readReal(join(folder.base, name), folder.mount);
    // another call may have loaded it meanwhile
    const now = folder.entries.get(name);
    if (now !== undefined) return now ?? undefined;
    if (found !== undefined) folder.entries.set(name, found);
    return found;
  }

  /** The names in a folder. */
  async names(folder: FolderInode): Promise<Bytes[]> {
    const real = folder.base === undefined ? [] : await this.realNames(folder.base);
    const made = [...folder.entries].filter(([, inode]) => inode !== null).map(([name]) => name);
    return [...new Set([...real.filter((name) => folder.entries.get(name) !== null), ...made])];
  }

  /** The names in a real folder, without the overlay's scratch folder. */
  async realNames(folder: Bytes): Promise<Bytes[]> {
    const names = (await this.files.readdir(fromBytes(folder), { encoding: "buffer" })).map(toBytes);
    return names.filter((name) => join(folder, name) !== toBytes(this.scratch.folder));
  }

  async #readReal(path: Bytes, folder: Mount): Promise<Inode | undefined> {
    if (path === toBytes(this.scratch.folder)) return undefined;
    const facts = await this.files.lstat(fromBytes(path), { bigint: true }).catch(unlessMissing);
    if (facts === undefined) return undefined;
    const target = facts.isSymbolicLink() ? toBytes(await this.files.readlink(fromBytes(path), { encoding: "buffer" })) : "";
    const mount = this.mounts.at(path, facts.dev, folder);
    if (facts.isDirectory() || facts.nlink < 2n) return inodeOf(facts, path, target, mount, this);
    const key = `${mount.id}:${facts.dev}:${facts.ino}`;
    const shared = this.#shared.get(key) ?? inodeOf(facts, path, target, mount, this);
    this.#shared.set(key, shared);
    return shared;
  }

  /** Resolves a path, with each link followed within the view. Rejects it if an intermediate part is missing or not a folder. */
  async find(path: Bytes, lookup: Lookup): Promise<ResolvedPath> {
    const { isAbsolute, names, endsInSeparator } = splitPath(path);
    const ahead = isAbsolute ? [...names] : [...splitPath(toBytes(process.cwd())).names, ...names];
    const follow = lookup === "follow" || (lookup === "entry" && endsInSeparator);
    const walk = new Walk(this.root);
    let endsInDots: ResolvedPath["endsInDots"] = ahead.length === 0 ? "/" : undefined;
    let lastMount = this.root.mount;
    for (let links = 0; ;) {
      const name = ahead.shift();
      if (name === undefined) return { ...walk.place(endsInSeparator, endsInDots, lookup), lastMount };
      walk.enter();
      lastMount = walk.folder.mount;
      if (name === "." || name === "..") {
        if (name === "..") walk.up();
        if (ahead.length === 0) endsInDots = name;
        continue;
      }
      const inode = await this.entry(walk.folder, name);
      const isLast = ahead.length === 0;
      if (inode?.kind === "link" && (!isLast || follow)) {
        if (++links > MOST_LINKS) throw new RefusedOperation("ELOOP");
        if (inode.target.startsWith("/")) walk.toRoot();
        ahead.unshift(...splitPath(inode.target).names);
        if (ahead.length === 0) endsInDots = "/";
        continue;
      }
      if (inode === undefined && !isLast) throw new RefusedOperation("ENOENT");
      walk.down(name, inode);
    }
  }
}

/** The current position in the tree while a path is resolved. */
class Walk {
  /** The folders from the root down to the position; the last may be a file or nothing, with its name. */
  readonly #steps: { readonly name: Bytes; readonly inode: Inode | undefined }[];

  constructor(private readonly root: FolderInode) {
    this.#steps = [{ name: "", inode: root }];
  }

  /** The folder of the position. */
  get folder(): FolderInode {
    const { inode } = this.#last;
    if (inode?.kind !== "folder") throw new RefusedOperation("ENOTDIR");
    return inode;
  }

  get #last() {
    return this.#steps.at(-1) ?? { name: "", inode: this.root };
  }

  /** Rejects the next step if this is not a folder, or a folder without search permission. */
  enter(): void {
    demand(this.folder, EXECUTE);
  }

  up(): void {
    if (this.#steps.length > 1) this.#steps.pop();
  }

  toRoot(): void {
    this.#steps.length = 1;
  }

  down(name: Bytes, inode: Inode | undefined): void {
    this.#steps.push({ name, inode });
  }

  place(endsInSeparator: boolean, endsInDots: ResolvedPath["endsInDots"], lookup: Lookup): Omit<ResolvedPath, "lastMount"> {
    const { name, inode } = this.#last;
    const above = this.#steps
      .slice(0, -1)
      .map((step) => step.inode)
      .filter((each) => each?.kind === "folder");
    const path = `/${this.#steps
      .slice(1)
      .map((step) => step.name)
      .join("/")}`;
    if (endsInSeparator && lookup !== "create" && inode !== undefined && inode.kind !== "folder") throw new RefusedOperation("ENOTDIR");
    return {
      folder: above.at(-1) ?? this.root,
      name,
      inode,
      path,
      above,
      endsInSeparator,
      endsInDots: above.length === 0 ? "/" : endsInDots,
    };
  }
}

/** A missing entry is not a failure; a name that is too long or not allowed is. */
function unlessMissing(thrown: NodeJS.ErrnoException): undefined {
  if (thrown.code === "ENOENT") return undefined;
  throw thrown;
}
