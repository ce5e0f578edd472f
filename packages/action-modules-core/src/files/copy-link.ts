import type { Stats } from "node:fs";
import { win32 } from "node:path";
import type { FileSystem, HostPorts } from "@imagewright/action-contract";
import { attempt } from "./attempt.js";
import { fileErrorCode } from "./describe-file-error.js";
import type { FilePath } from "./show-path.js";

/** A symbolic link to copy to an unused path. */
export interface LinkCopy {
  readonly host: Pick<HostPorts, "files" | "platform">;
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
export async function copyNewLink({ host, source, facts, target, shownTarget, exact }: LinkCopy): Promise<void> {
  const { files } = host;
  const text = await readLink(files, source);
  await attempt("create link", shownTarget, async () => {
    await files.symlink(text, target, host.platform === "windows" ? await kindOnWindows(files, source, text.toString()) : undefined);
    if (!exact) return;
    const { uid, gid } = await files.lstat(target);
    if (uid !== facts.uid || gid !== facts.gid) await files.lchown(target, facts.uid, facts.gid).catch(unlessRefused);
    await files.lutimes(target, facts.atimeMs / MILLISECONDS, facts.mtimeMs / MILLISECONDS).catch(unlessRefused);
  });
}

/**
 * What a link has to be made as on Windows, which does not tell what it is. One that leads to a folder by its whole path becomes a
 * junction, which most are: everybody may make those, while a symbolic link needs a privilege. A junction cannot lead to a share.
 */
async function kindOnWindows(files: FileSystem, source: FilePath, text: string): Promise<"junction" | "dir" | "file"> {
  const leadsTo = await files.stat(source).catch(() => undefined);
  const isOnDrive = /^(\\\\\?\\)?[a-z]:\\/i.test(win32.normalize(text));
  if (isOnDrive && leadsTo?.isFile() !== true) return "junction";
  return leadsTo?.isDirectory() === true ? "dir" : "file";
}

// the owner and time of a link are not important enough to fail the copy
function unlessRefused(thrown: unknown): void {
  if (!["EPERM", "EINVAL", "ENOSYS", "ENOTSUP"].includes(fileErrorCode(thrown) ?? "")) throw thrown;
}
