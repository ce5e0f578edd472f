import { posix } from "node:path";
import type { HostPorts } from "@imagewright/action-contract";
import { fileErrorCode } from "../files/describe-file-error.js";

/**
 * The path that a link at `path` would lead to. A relative target starts in the folder of the link, which need not exist yet; leading `..`
 * parts through missing folders are resolved by name, since those contain no links.
 */
export async function findTarget(path: string, target: string, { files }: Pick<HostPorts, "files">): Promise<string> {
  if (posix.isAbsolute(target)) return target;
  let [folder, rest] = [posix.dirname(path), target];
  while (!(await isThere(folder, files)) && /^\.{1,2}\//.test(rest)) {
    if (rest.startsWith("../")) folder = posix.dirname(folder);
    rest = rest.replace(/^\.{1,2}\/+/, "");
  }
  return `${folder}/${rest}`;
}

async function isThere(path: string, files: HostPorts["files"]): Promise<boolean> {
  try {
    await files.stat(path);
    return true;
  } catch (thrown) {
    if (fileErrorCode(thrown) === undefined) throw thrown;
    return false;
  }
}
