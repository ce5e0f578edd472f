import { constants, type PathLike } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { FileSystem } from "@imagewright/action-contract";
import { addEntry, demandChangeable, demandWritable, existing, removeEntry } from "./entries.js";
import { asNode, RefusedOperation } from "./file-error.js";
import { bigStatsOf, statsOf } from "./file-stats.js";
import { listFolder, makeFolder, makeFolders, makeTemporaryFolder, removeFolder, type ListOptions } from "./folder-operations.js";
import { newAttributes, touch, type Inode } from "./inode.js";
import { moveEntry } from "./move-entry.js";
import { openFile, openInode } from "./open-file.js";
import { encoded, pathBytes, toText, type Bytes } from "./path-bytes.js";
import { removeTree } from "./remove-tree.js";
import { changeMode, changeOwner, demand, demandLinkable, demandOwner, demandRemoval, EXECUTE, noteWrite, READ, WRITE } from "./rights.js";
import { setTimes } from "./times.js";
import type { View } from "./view.js";

type Encoding = BufferEncoding | "buffer" | { readonly encoding?: BufferEncoding | "buffer" | null } | null | undefined;
type WriteOptions =
  | BufferEncoding
  | {
      readonly encoding?: BufferEncoding | null;
      readonly mode?: number | string;
      readonly flag?: string | number;
      readonly signal?: AbortSignal;
    }
  | null
  | undefined;
type Data = Parameters<FileHandle["writeFile"]>[0];
type Time = number | string | Date;

const DEFAULT_FILE_MODE = 0o666;

/** The calls of node:fs/promises on a view. */
export function overlayFiles(view: View): FileSystem {
  // safe: the class has each of the calls; their overloads are distinguished by the arguments
  return bound(new OverlayFiles(view)) as unknown as FileSystem;
}

/** Binds the calls, so that they can be destructured as those of node:fs can. */
function bound(files: OverlayFiles): Readonly<Record<string, unknown>> {
  const names = Object.getOwnPropertyNames(OverlayFiles.prototype).filter((name) => name !== "constructor") as (keyof OverlayFiles)[];
  return Object.fromEntries(names.map((name) => [name, files[name].bind(files)]));
}

class OverlayFiles implements Record<keyof FileSystem, unknown> {
  /** Changes to the tree are serialized. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly view: View) {}

  access(path: PathLike, mode = constants.F_OK): Promise<void> {
    return this.#onInode("access", path, true, async (inode) => {
      demand(inode, mode);
      if ((mode & WRITE) !== 0) await demandWritable(this.view, inode);
    });
  }

  appendFile(path: PathLike | FileHandle, data: Data, options?: WriteOptions): Promise<void> {
    return this.writeFile(path, data, { flag: "a", ...(typeof options === "string" ? { encoding: options } : options) });
  }

  chmod(path: PathLike, mode: number | string): Promise<void> {
    return this.#onInode("chmod", path, true, async (inode) => {
      await demandChangeable(this.view, inode);
      changeMode(inode, modeOf(mode));
    });
  }

  chown(path: PathLike, uid: number, gid: number): Promise<void> {
    return this.#chown("chown", path, true, uid, gid);
  }

  lchown(path: PathLike, uid: number, gid: number): Promise<void> {
    return this.#chown("lchown", path, false, uid, gid);
  }

  #chown(syscall: string, path: PathLike, follow: boolean, uid: number, gid: number): Promise<void> {
    return this.#onInode(syscall, path, follow, async (inode) => {
      await demandChangeable(this.view, inode);
      changeOwner(inode, uid, gid);
    });
  }

  copyFile(source: PathLike, target: PathLike, mode = 0): Promise<void> {
    const [from, to] = [pathBytes(source), pathBytes(target)];
    return this.#change("copyfile", from, () => this.#copy(from, to, (mode & constants.COPYFILE_EXCL) !== 0), to);
  }

  /** As in Node: permissions are copied, and if that or the copy fails, the target is removed. */
  async #copy(from: Bytes, to: Bytes, exclusive: boolean): Promise<void> {
    const source = existing(await this.view.find(from, "follow"));
    if (source.kind === "special") throw new RefusedOperation("ENXIO");
    demand(source, READ);
    const target = await openInode(
      this.view,
      to,
      constants.O_WRONLY | constants.O_CREAT | (exclusive ? constants.O_EXCL : 0),
      source.mode,
      { reads: false, writes: true, appends: false },
    );
    if (target === source || target.kind !== "file") return;
    try {
      await target.content.clear();
      noteWrite(target);
      touch(target);
      changeMode(target, source.mode);
      if (source.kind !== "file") throw new RefusedOperation("EISDIR");
      await target.content.copyFrom(source.content);
      if ((await target.content.size()).size > 0) noteWrite(target);
    } catch (thrown) {
      await this.#unlink(to).catch(() => undefined);
      throw thrown;
    }
  }

  link(existingPath: PathLike, newPath: PathLike): Promise<void> {
    const [from, to] = [pathBytes(existingPath), pathBytes(newPath)];
    const make = async () => {
      const inode = existing(await this.view.find(from, "entry"));
      const place = await this.view.find(to, "create");
      if (place.inode !== undefined) throw new RefusedOperation("EEXIST");
      if (place.endsInSeparator) throw new RefusedOperation("ENOENT");
      if (inode.mount.id !== place.folder.mount.id) throw new RefusedOperation("EXDEV");
      demandLinkable(inode);
      demand(place.folder, WRITE | EXECUTE);
      if (inode.kind === "folder") throw new RefusedOperation("EPERM");
      await addEntry(this.view, place, inode);
      inode.links += 1;
      inode.ctimeMs = Date.now();
    };
    return this.#change("link", from, make, to);
  }

  lstat(path: PathLike, options?: { readonly bigint?: boolean }) {
    return this.#onInode("lstat", path, false, async (inode) => (options?.bigint === true ? bigStatsOf(inode) : statsOf(inode)));
  }

  stat(path: PathLike, options?: { readonly bigint?: boolean }) {
    return this.#onInode("stat", path, true, async (inode) => (options?.bigint === true ? bigStatsOf(inode) : statsOf(inode)));
  }

  mkdir(
    path: PathLike,
    options?: number | string | { readonly recursive?: boolean; readonly mode?: number | string } | null,
  ): Promise<string | undefined> {
    const { recursive = false, mode } = typeof options === "object" && options !== null ? options : { mode: options ?? undefined };
    const bytes = pathBytes(path);
    const bits = mode === undefined ? undefined : modeOf(mode);
    return this.#change("mkdir", bytes, () =>
      recursive ? makeFolders(this.view, bytes, bits) : makeFolder(this.view, bytes, bits).then(() => undefined),
    );
  }

  mkdtemp(prefix: string | Buffer | URL, options?: Encoding): Promise<string | Buffer> {
    const bytes = pathBytes(prefix);
    return this.#change("mkdtemp", `${bytes}XXXXXX`, async () => encoded(await makeTemporaryFolder(this.view, bytes), encodingOf(options)));
  }

  open(path: PathLike, flags?: string | number, mode: number | string = DEFAULT_FILE_MODE): Promise<FileHandle> {
    const bytes = pathBytes(path);
    return this.#serialized(() => openFile(this.view, bytes, flags, modeOf(mode)));
  }

  readdir(path: PathLike, options?: BufferEncoding | "buffer" | ListOptions | null) {
    const bytes = pathBytes(path);
    const list = typeof options === "string" ? { encoding: options } : (options ?? {});
    return this.#change("scandir", bytes, () => listFolder(this.view, bytes, list));
  }

  async readFile(
    path: PathLike | FileHandle,
    options?:
      BufferEncoding | { readonly encoding?: BufferEncoding | null; readonly flag?: string | number; readonly signal?: AbortSignal } | null,
  ) {
    const { encoding, flag = "r", signal } = typeof options === "string" ? { encoding: options } : (options ?? {});
    signal?.throwIfAborted();
    if (isHandle(path)) return path.readFile(encoding);
    const handle = await this.open(path, flag);
    try {
      return await handle.readFile(encoding);
    } catch (thrown) {
      // errors of an open file do not contain the path
      throw (thrown as NodeJS.ErrnoException).code === "EISDIR"
        ? Object.assign(new Error("EISDIR: illegal operation on a directory, read"), { code: "EISDIR", errno: -21, syscall: "read" })
        : thrown;
    } finally {
      await handle.close();
    }
  }

  readlink(path: PathLike, options?: Encoding): Promise<string | Buffer> {
    return this.#onInode("readlink", path, false, async (inode) => {
      if (inode.kind !== "link") throw new RefusedOperation("EINVAL");
      return encoded(inode.target, encodingOf(options));
    });
  }

  realpath(path: PathLike, options?: Encoding): Promise<string | Buffer> {
    const bytes = pathBytes(path);
    return this.#change("realpath", bytes, async () => {
      // realpath(3) skips dots without looking into the folder
      const place = await this.view.find(bytes.replace(/\/\.(?=\/|$)/g, "/"), "follow");
      existing(place);
      return encoded(place.path, encodingOf(options));
    });
  }

  rename(oldPath: PathLike, newPath: PathLike): Promise<void> {
    const [from, to] = [pathBytes(oldPath), pathBytes(newPath)];
    return this.#change(
      "rename",
      from,
      async () => moveEntry(this.view, await this.view.find(from, "create"), await this.view.find(to, "create")),
      to,
    );
  }

  rm(path: PathLike, { recursive = false, force = false }: { readonly recursive?: boolean; readonly force?: boolean } = {}): Promise<void> {
    const bytes = pathBytes(path);
    const remove = async () => {
      const { kind } = existing(await this.view.find(bytes, "entry"));
      if (kind === "folder" && !recursive) throw notRecursive(bytes);
      const place = await this.view.find(bytes, kind === "folder" ? "create" : "remove");
      if (place.endsInDots !== undefined) throw new RefusedOperation("EINVAL");
      if (kind === "folder" && place.inode?.kind === "link") {
        // Node treats the link as a folder, fails to remove it as one, and ignores the failure
        demandRemoval(place.folder, place.inode);
        return;
      }
      await removeTree(this.view, place, existing(place));
    };
    return this.#change("rm", bytes, remove).catch((thrown: NodeJS.ErrnoException) => {
      if (!force || thrown.code !== "ENOENT") throw thrown;
    });
  }

  rmdir(path: PathLike): Promise<void> {
    const bytes = pathBytes(path);
    return this.#change("rmdir", bytes, async () => removeFolder(this.view, await this.view.find(bytes, "create")));
  }

  symlink(target: PathLike, path: PathLike): Promise<void> {
    const [text, bytes] = [pathBytes(target), pathBytes(path)];
    const make = async () => {
      const place = await this.view.find(bytes, "create");
      if (text === "") throw new RefusedOperation("ENOENT");
      if (place.inode !== undefined) throw new RefusedOperation("EEXIST");
      if (place.endsInSeparator) throw new RefusedOperation("ENOENT");
      await addEntry(this.view, place, { ...newAttributes(constants.S_IFLNK, 0o777, place.folder), kind: "link", target: text });
    };
    return this.#change("symlink", text, make, bytes);
  }

  unlink(path: PathLike): Promise<void> {
    const bytes = pathBytes(path);
    return this.#change("unlink", bytes, () => this.#unlink(bytes));
  }

  async #unlink(path: Bytes): Promise<void> {
    const place = await this.view.find(path, "remove");
    const inode = existing(place);
    if (place.endsInDots === undefined && !place.endsInSeparator) demandRemoval(place.folder, inode);
    if (inode.kind === "folder") throw new RefusedOperation("EISDIR");
    await removeEntry(this.view, place, inode);
  }

  utimes(path: PathLike, atime: Time, mtime: Time): Promise<void> {
    return this.#utimes("utime", path, true, atime, mtime);
  }

  lutimes(path: PathLike, atime: Time, mtime: Time): Promise<void> {
    return this.#utimes("lutime", path, false, atime, mtime);
  }

  #utimes(syscall: string, path: PathLike, follow: boolean, atime: Time, mtime: Time): Promise<void> {
    return this.#onInode(syscall, path, follow, async (inode) => {
      demandOwner(inode);
      await demandChangeable(this.view, inode);
      setTimes(inode, atime, mtime);
    });
  }

  async writeFile(path: PathLike | FileHandle, data: Data, options?: WriteOptions): Promise<void> {
    const {
      encoding,
      flag = "w",
      mode = DEFAULT_FILE_MODE,
      signal,
    } = typeof options === "string" ? { encoding: options } : (options ?? {});
    signal?.throwIfAborted();
    if (isHandle(path)) return path.writeFile(data, encoding);
    const handle = await this.open(path, flag, mode);
    try {
      await handle.writeFile(data, encoding);
    } finally {
      await handle.close();
    }
  }

  #onInode<Result>(syscall: string, path: PathLike, follow: boolean, body: (inode: Inode) => Promise<Result>): Promise<Result> {
    const bytes = pathBytes(path);
    return this.#change(syscall, bytes, async () => body(existing(await this.view.find(bytes, follow ? "follow" : "entry"))));
  }

  #change<Result>(syscall: string, path: Bytes, body: () => Promise<Result>, destination?: Bytes): Promise<Result> {
    return this.#serialized(() => asNode(syscall, toText(path), body, destination === undefined ? undefined : toText(destination)));
  }

  #serialized<Result>(body: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(body);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function isHandle(path: unknown): path is FileHandle {
  return typeof path === "object" && path !== null && "writeFile" in path;
}

function modeOf(mode: number | string): number {
  return typeof mode === "string" ? Number.parseInt(mode, 8) : mode;
}

function encodingOf(options: Encoding): BufferEncoding | "buffer" | null | undefined {
  return typeof options === "string" ? options : options?.encoding;
}

function notRecursive(path: Bytes): Error {
  const message = `Path is a directory: rm returned EISDIR (is a directory) ${toText(path)}`;
  return Object.assign(new Error(message), { code: "ERR_FS_EISDIR", errno: 21, syscall: "rm", path: toText(path) });
}
