import { constants, type Dirent } from "node:fs";
import type { Inode } from "./inode.js";

/** An entry of a folder, as returned by `readdir` with `withFileTypes`. */
export class FolderEntry<Name extends string | Buffer> implements Pick<Dirent<Name>, "name" | "parentPath"> {
  readonly path: string;

  constructor(
    readonly name: Name,
    readonly parentPath: string,
    private readonly inode: Inode,
  ) {
    this.path = parentPath;
  }

  isFile = () => this.inode.kind === "file";
  isDirectory = () => this.inode.kind === "folder";
  isSymbolicLink = () => this.inode.kind === "link";
  isBlockDevice = () => this.inode.format === constants.S_IFBLK;
  isCharacterDevice = () => this.inode.format === constants.S_IFCHR;
  isFIFO = () => this.inode.format === constants.S_IFIFO;
  isSocket = () => this.inode.format === constants.S_IFSOCK;
}
