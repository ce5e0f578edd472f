import { randomBytes } from "node:crypto";
import type { HostPorts } from "@imagewright/action-contract";
import { attempt } from "./attempt.js";
import { identityOf } from "./file-identity.js";
import { besidePath } from "./path-bytes.js";
import type { Transfer } from "./plan-transfers.js";
import { parentFolder, splitPath } from "./resolve-path.js";
import type { FilePath } from "./show-path.js";

type Host = Pick<HostPorts, "files" | "platform">;

/**
 * Whether two paths of the same file or folder lead to one entry of a folder, whose name the second writes in another way, such as in
 * another case on Windows: a move renames it. A hard link is an entry of its own.
 */
export async function isOtherSpelling(
  operation: string,
  { source, destination }: Pick<Transfer, "source" | "destination">,
  { files, platform }: Host,
): Promise<boolean> {
  const [from, to] = [source.toString(), destination.toString()];
  const [folder, target] = [parentFolder(from, platform), parentFolder(to, platform)];
  if ((await identityOf(operation, folder, files)) !== (await identityOf(operation, target, files))) return false;
  const names = await attempt("read folder", target, () => files.readdir(target, { encoding: "buffer" }));
  return !names.some((name) => name.toString() === splitPath(to, platform).name);
}

/** Renames an entry. Some disks take a name in another case for the same, and leave it as it is: there it goes by a third name. */
export async function renameEntry(source: FilePath, target: FilePath, host: Host): Promise<void> {
  const { files, platform } = host;
  await files.rename(source, target);
  if (source.toString().toLowerCase() !== target.toString().toLowerCase()) return;
  // whether it did cannot be told where the folder may not be listed
  if (!(await isOtherSpelling("rename", { source, destination: target }, host).catch(() => false))) return;
  const between = besidePath(target, `renamed-${randomBytes(8).toString("hex")}`, platform);
  await files.rename(target, between);
  try {
    await files.rename(between, target);
  } catch (thrown) {
    await files.rename(between, source);
    throw thrown;
  }
}
