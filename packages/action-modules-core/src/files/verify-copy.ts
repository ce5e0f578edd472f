import type { Stats } from "node:fs";
import type { FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "./attempt.js";
import { sameFiles } from "./same-content.js";
import type { FilePath } from "./show-path.js";

/** A copy whose original will be deleted. */
export interface CopyToVerify {
  readonly files: FileSystem;
  readonly source: FilePath;
  /** The attributes of the original before the copy. */
  readonly facts: Stats;
  readonly target: FilePath;
  /** The name of the target in messages, if it is renamed later. */
  readonly shownTarget: FilePath;
  readonly signal: AbortSignal;
}

/** Throws and removes the copy if it differs from the original, or if the original was written to in the meantime. */
export async function verifyCopy({ files, source, facts, target, shownTarget, signal }: CopyToVerify): Promise<void> {
  try {
    const same = await sameFiles(files, source, target, "move file", signal);
    const now = await attempt("move file", source, () => files.lstat(source));
    if (same && now.size === facts.size && now.mtimeMs === facts.mtimeMs) return;
    throw actionError("copy-differs", { operation: "move file", source, destination: shownTarget });
  } catch (thrown) {
    await files.unlink(target).catch(() => undefined);
    throw thrown;
  }
}
