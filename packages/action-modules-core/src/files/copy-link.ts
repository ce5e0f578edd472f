import type { Stats } from "node:fs";
import type { FileSystem } from "@imagewright/action-contract";
import { attempt } from "./attempt.js";
import { fileErrorCode } from "./describe-file-error.js";
import type { FilePath } from "./show-path.js";

/** A symbolic link to copy to an unused path. */
export interface LinkCopy {
  readonly files: FileSystem;
  readonly source: FilePath;
  readonly facts: Stats;
  readonly target: FilePath;
  /** The name of the target in messages, if it is renamed later. */
  readonly shownTarget: FilePath;
  /** Whether owner, group and times are kept, as far as permitted. */
  readonly exact: boolean;
}

const MILLISECONDS = 1000;

/** The target as written in a link; the bytes need not be UTF-8. */
export function readLink(files: FileSystem, path: FilePath): Promise<Buffer> {
  return attempt("read link", path, () => files.readlink(path, { encoding: "buffer" }));
}

/** Copies a link as a link, with the same target, which need not exist. */
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

// the owner and time of a link are not important enough to fail the copy
function unlessRefused(thrown: unknown): void {
  if (!["EPERM", "EINVAL", "ENOSYS", "ENOTSUP"].includes(fileErrorCode(thrown) ?? "")) throw thrown;
}
