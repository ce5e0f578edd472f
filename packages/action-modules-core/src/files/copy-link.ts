import type { Stats } from "node:fs";
import type { FileSystem } from "@imagewright/action-contract";
import { attempt } from "./attempt.js";
import { fileErrorCode } from "./describe-file-error.js";
import type { FilePath } from "./show-path.js";

/** A symbolic link that is to be copied to where nothing is. */
export interface LinkCopy {
  readonly files: FileSystem;
  readonly source: FilePath;
  readonly facts: Stats;
  readonly target: FilePath;
  /** What messages call the target, where it gets its name later. */
  readonly shownTarget: FilePath;
  /** Whether owner, group and times are kept, as far as the process may. */
  readonly exact: boolean;
}

const MILLISECONDS = 1000;

/** Where a link leads, as it is written in it; the bytes need not be UTF-8. */
export function readLink(files: FileSystem, path: FilePath): Promise<Buffer> {
  return attempt("read link", path, () => files.readlink(path, { encoding: "buffer" }));
}

/** Copies a link as a link: the text in it stays the same, whether it leads anywhere or not. */
export async function copyNewLink({ files, source, facts, target, shownTarget, exact }: LinkCopy): Promise<void> {
  const text = await readLink(files, source);
  await attempt("create link", shownTarget, async () => {
    await files.symlink(text, target);
    if (!exact) return;
    const { uid, gid } = await files.lstat(target);
    if (uid !== facts.uid || gid !== facts.gid) await files.lchown(target, facts.uid, facts.gid).catch(unlessRefused);
    await files.lutimes(target, facts.atimeMs / MILLISECONDS, facts.mtimeMs / MILLISECONDS).catch(unlessRefused);
  });
}

// the owner and time of a link matter to nobody enough to lose the link for them
function unlessRefused(thrown: unknown): void {
  if (!["EPERM", "EINVAL", "ENOSYS", "ENOTSUP"].includes(fileErrorCode(thrown) ?? "")) throw thrown;
}
