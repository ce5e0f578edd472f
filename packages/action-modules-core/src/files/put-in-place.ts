import type { HostPorts } from "@imagewright/action-contract";
import { attempt } from "./attempt.js";
import { fileErrorCode } from "./describe-file-error.js";
import { besidePath } from "./path-bytes.js";
import type { FilePath } from "./show-path.js";

/** Something new for a path. */
export interface Replacement {
  readonly host: Pick<HostPorts, "files" | "platform">;
  /** What messages call putting it in place: `write file`. */
  readonly operation: string;
  readonly path: FilePath;
  /** Makes it at the path it is given; fails with EEXIST where something is. */
  readonly make: (path: Buffer) => Promise<void>;
}

// in this process; a name that an earlier one left behind is passed over
let lastNumber = 0;

/**
 * Makes something beside a path and renames it to that once it is whole, so that at every moment the old or the new one has the name.
 * What cannot be made or put in place is removed again.
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
    lastNumber += 1;
    const beside = besidePath(path, `.imagewright-${lastNumber}`, host.platform);
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
