import { describeContent, factsOfInode, factsOfReal, sameFacts, type FileFacts } from "./file-facts.js";
import type { FileInode, FolderInode, Inode } from "./inode.js";
import { fromBytes, join, toText, type Bytes } from "./path-bytes.js";
import type { View } from "./view.js";

/** One difference between the view and the real files. */
export interface FileChange {
  /** Absolute; bytes where it is not UTF-8. */
  readonly path: string | Buffer;
  readonly kind: "created" | "changed" | "deleted";
  /** The real file; undefined for a created one. */
  readonly before?: FileFacts;
  /** The file of the view; undefined for a deleted one. */
  readonly after?: FileFacts;
}

/** Every difference between the view and the real files, ordered by the bytes of the path; what was changed and changed back is none. */
export async function changesOf(view: View): Promise<FileChange[]> {
  const found: { readonly path: Bytes; readonly change: FileChange }[] = [];
  await new Comparison(view, (path, change) => found.push({ path, change })).compareFolder("/", view.root, "/");
  // a character is a byte, so this is the order of bytes
  return found.sort((one, other) => (one.path < other.path ? -1 : 1)).map(({ change }) => change);
}

class Comparison {
  constructor(
    private readonly view: View,
    private readonly report: (path: Bytes, change: FileChange) => void,
  ) {}

  /** Compares a folder of the view with the real one of a path. A folder that is still the real one differs only in what has been looked at. */
  async compareFolder(path: Bytes, folder: FolderInode, real: Bytes | undefined): Promise<void> {
    const isSame = real !== undefined && folder.base === real;
    const names = isSame ? folder.entries.keys() : new Set([...(await this.view.names(folder)), ...(real === undefined ? [] : await this.view.realNames(real))]);
    for (const name of [...names]) await this.#compareEntry(join(path, name), await this.view.entry(folder, name), real === undefined ? undefined : join(real, name));
  }

  async #compareEntry(path: Bytes, inode: Inode | undefined, real: Bytes | undefined): Promise<void> {
    if (inode?.kind === "file" && real !== undefined && inode.content.origin === real) return this.#compareUnwritten(path, inode, real);
    const before = real === undefined ? undefined : await factsOfReal(this.view.files, real);
    const after = inode === undefined ? undefined : await factsOfInode(this.view.files, inode);
    this.#tell(path, before, after);
    const realFolder = before?.type === "folder" ? real : undefined;
    if (inode?.kind === "folder") await this.compareFolder(path, inode, realFolder);
    else if (realFolder !== undefined) await this.#tellDeleted(path, realFolder);
  }

  /** A file that holds what it held is only read where something else differs. */
  async #compareUnwritten(path: Bytes, inode: FileInode, real: Bytes): Promise<void> {
    const { files } = this.view;
    const [before, after] = [await factsOfReal(files, real, false), await factsOfInode(files, inode, false)];
    if (before !== undefined && sameFacts(before, after)) return;
    const content = await describeContent(files, fromBytes(real), after.size ?? 0);
    this.#tell(path, before && { ...before, ...content }, { ...after, ...content });
  }

  #tell(path: Bytes, before: FileFacts | undefined, after: FileFacts | undefined): void {
    const shown = showPath(path);
    if (before === undefined && after !== undefined) this.report(path, { path: shown, kind: "created", after });
    else if (before !== undefined && after === undefined) this.report(path, { path: shown, kind: "deleted", before });
    else if (before !== undefined && after !== undefined && !sameFacts(before, after)) this.report(path, { path: shown, kind: "changed", before, after });
  }

  /** Everything below a real folder that is gone. */
  async #tellDeleted(path: Bytes, real: Bytes): Promise<void> {
    for (const name of await this.view.realNames(real)) await this.#compareEntry(join(path, name), undefined, join(real, name));
  }
}

function showPath(path: Bytes): string | Buffer {
  const text = toText(path);
  return Buffer.from(text).equals(fromBytes(path)) ? text : fromBytes(path);
}
