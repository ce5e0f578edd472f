import type { HostPorts } from "@imagewright/action-contract";
import { fileErrorCode } from "./describe-file-error.js";
import { identityOf } from "./file-identity.js";
import { parentFolder } from "./resolve-path.js";
import type { FilePath } from "./show-path.js";

type Host = Pick<HostPorts, "files" | "platform">;

/** Whether a path, which need not exist, is below the folder of the given identity, links followed. */
export async function isInside(path: FilePath, identity: string | undefined, operation: string, host: Host): Promise<boolean> {
  let folder = await realFolder(path, host);
  for (;;) {
    if ((await identityOf(operation, folder, host.files)) === identity) return true;
    const above = parentFolder(folder, host.platform);
    if (above === folder) return false;
    folder = above;
  }
}

/** The parent folder of a path, or its nearest existing ancestor, with links resolved. */
async function realFolder(path: FilePath, { files, platform }: Host): Promise<string> {
  let at = path.toString();
  for (let first = true; ; first = false) {
    const real = await realPath(first ? path : at, files);
    if (real !== undefined) return first ? parentFolder(real, platform) : real;
    at = parentFolder(at, platform);
  }
}

async function realPath(path: FilePath, files: HostPorts["files"]): Promise<string | undefined> {
  try {
    return await files.realpath(path);
  } catch (thrown) {
    if (fileErrorCode(thrown) === undefined) throw thrown;
    return undefined;
  }
}
