import { randomBytes } from "node:crypto";
import type { HostPorts } from "@imagewright/action-contract";
import { attempt } from "./attempt.js";
import { fileErrorCode } from "./describe-file-error.js";
import { besidePath } from "./path-bytes.js";
import type { FilePath } from "./show-path.js";

/** A new entry for a path. */
export interface Replacement {
  readonly host: Pick<HostPorts, "files" | "platform">;
  /** The operation in messages: `write file`. */
  readonly operation: string;
  readonly path: FilePath;
  /** Makes it at the given path; fails with EEXIST if there is an entry. */
  readonly make: (path: Buffer) => Promise<void>;
}

/**
 * Makes an entry next to a path and renames it once it is complete, so that the name always belongs to the old or the new one.
 * After a failure the temporary entry is removed.
 */
export async function putInPlace(replacement: Replacement): Promise<void> {
  const { host, operation, path } = replacement;
  const beside = await makeBeside(replacement);
  try {
    await attempt(operation, path, () => host.files.rename(beside, path));
  } catch (thrown) {
    await host.files.unlink(beside).catch(() => undefined);
    throw thrown;
  }
}

async function makeBeside({ host, path, make }: Replacement): Promise<Buffer> {
  for (;;) {
    // no other process has the name: what removes it after a kill removes nobody else's file
    const beside = besidePath(path, `.imagewright-${randomBytes(8).toString("hex")}`, host.platform);
    try {
      await make(beside);
      return beside;
    } catch (thrown) {
      if (!isTaken(thrown)) throw thrown;
    }
  }
}

function isTaken(thrown: unknown): boolean {
  const reason = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  return fileErrorCode(reason) === "EEXIST";
}
