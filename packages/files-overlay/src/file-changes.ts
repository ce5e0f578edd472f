import { describeContent, factsOfInode, factsOfReal, sameFacts, type FileFacts } from "./file-facts.js";
import type { FileInode, FolderInode, Inode } from "./inode.js";
import { isPredictable } from "./mounts.js";
import { countNames, nameFacts } from "./names.js";
import { fromBytes, join, toText, type Bytes } from "./path-bytes.js";
import type { View } from "./view.js";

/** One difference between the view and the real files. */
export interface FileChange {
  /** Absolute; bytes if it is not UTF-8. */
  readonly path: string | Buffer;
  readonly kind: "created" | "changed" | "deleted";
  /** The real file; undefined for a created one. */
  readonly before?: FileFacts;
  /** The file of the view; undefined for a deleted one. */
  readonly after?: FileFacts;
  /** How many more names the file has than those in the changes; it has changed under all of them. Omitted if there are none. */
  readonly otherNames?: number;
}

/** Every difference between the view and the real files, ordered by the bytes of the path; a change that was reverted is not listed. */
export async function changesOf(view: View): Promise<FileChange[]> {
  const found: Difference[] = [];
  await new Comparison(view, (difference) => found.push(difference)).compareFolder("/", view.root, "/");
  // each character is one byte, so this is the order of bytes
  found.sort((one, other) => (one.path < other.path ? -1 : 1));
  // everything that has been moved has been loaded by now
  const counts = countNames(view.root);
  return found.flatMap(
    ({ path, before, after, inode }) =>
      changeOf(showPath(path), before, after && { ...after, ...(inode && nameFacts(inode, counts)) }) ?? [],
  );
}

/** The change from one to the other; undefined if nothing differs. */
export function changeOf(path: FileChange["path"], before: FileFacts | undefined, after: FileFacts | undefined): FileChange | undefined {
  if (before === undefined) return after && { path, kind: "created", after };
  if (after === undefined) return { path, kind: "deleted", before };
  if (sameFacts(before, after)) return undefined;
  const others = after.file !== undefined && after.file === before.file ? (after.unseenNames ?? 0) : 0;
  return { path, kind: "changed", before, after, ...(others === 0 ? {} : { otherNames: others }) };
}

interface Difference {
  readonly path: Bytes;
  readonly before: FileFacts | undefined;
  readonly after: FileFacts | undefined;
  readonly inode: Inode | undefined;
}

class Comparison {
  constructor(
    private readonly view: View,
    private readonly report: (difference: Difference) => void,
  ) {}

  /** Compares a folder of the view with the real one of a path. A folder that is still the real one can differ only in loaded entries. */
  async compareFolder(path: Bytes, folder: FolderInode, real: Bytes | undefined): Promise<void> {
    const isSame = real !== undefined && folder.base === real;
    const names = isSame
      ? folder.entries.keys()
      : new Set([...(await this.view.names(folder)), ...(real === undefined ? [] : await this.view.realNames(real))]);
    for (const name of [...names])
      await this.#compareEntry(join(path, name), await this.view.entry(folder, name), real === undefined ? undefined : join(real, name));
  }

  async #compareEntry(path: Bytes, inode: Inode | undefined, real: Bytes | undefined): Promise<void> {
    // nothing in it has changed, but a file system mounted in it may have
    if (inode !== undefined && !isPredictable(inode.mount))
      return inode.kind === "folder" ? this.compareFolder(path, inode, real) : undefined;
    if (inode?.kind === "file" && real !== undefined && inode.content.origin === real) return this.#compareUnwritten(path, inode, real);
    const before = real === undefined ? undefined : await factsOfReal(this.view.files, real);
    const after = inode === undefined ? undefined : await factsOfInode(this.view.files, inode);
    this.#reportDifference({ path, before, after, inode });
    const realFolder = before?.type === "folder" ? real : undefined;
    if (inode?.kind === "folder") await this.compareFolder(path, inode, realFolder);
    else if (realFolder !== undefined) await this.#reportDeleted(path, realFolder);
  }

  /** A file with unchanged content is read only if something else differs. */
  async #compareUnwritten(path: Bytes, inode: FileInode, real: Bytes): Promise<void> {
    const { files } = this.view;
    const [before, after] = [await factsOfReal(files, real, false), await factsOfInode(files, inode, false)];
    if (before !== undefined && sameFacts(before, after)) return;
    const content = await describeContent(files, fromBytes(real), after.size ?? 0);
    this.#reportDifference({ path, before: before && { ...before, ...content }, after: { ...after, ...content }, inode });
  }

  #reportDifference(difference: Difference): void {
    if (changeOf(difference.path, difference.before, difference.after) !== undefined) this.report(difference);
  }

  /** Everything below a real folder that has been deleted. */
  async #reportDeleted(path: Bytes, real: Bytes): Promise<void> {
    for (const name of await this.view.realNames(real)) await this.#compareEntry(join(path, name), undefined, join(real, name));
  }
}

function showPath(path: Bytes): string | Buffer {
  const text = toText(path);
  return Buffer.from(text).equals(fromBytes(path)) ? text : fromBytes(path);
}
