import type { FileSystem } from "@imagewright/action-contract";
import { attempt } from "./attempt.js";
import { fileErrorCode } from "./describe-file-error.js";
import type { FilePath } from "./show-path.js";

/** Device and inode number of a file or folder, the same for all its names; undefined if there is none. Links are followed. */
export function identityOf(operation: string, path: FilePath, files: FileSystem): Promise<string | undefined> {
  return identity(operation, path, files.stat);
}

/** As `identityOf`, but a link is itself. */
export function ownIdentityOf(operation: string, path: FilePath, files: FileSystem): Promise<string | undefined> {
  return identity(operation, path, files.lstat);
}

async function identity(operation: string, path: FilePath, look: FileSystem["stat"]): Promise<string | undefined> {
  return attempt(operation, path, async () => {
    try {
      // inode numbers of Windows and of some disks exceed a JavaScript number
      const { dev, ino } = await look(path, { bigint: true });
      return `${dev}:${ino}`;
    } catch (thrown) {
      if (fileErrorCode(thrown) === "ENOENT") return undefined;
      throw thrown;
    }
  });
}
