import type { Stats } from "node:fs";
import type { FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "./attempt.js";
import { sameFiles } from "./same-content.js";
import type { FilePath } from "./show-path.js";

/** A copy whose original is about to be deleted. */
export interface CopyToVerify {
  readonly files: FileSystem;
  readonly source: FilePath;
  /** What was known of the original before it was copied. */
  readonly facts: Stats;
  readonly target: FilePath;
  /** What messages call the target, where it gets its name later. */
  readonly shownTarget: FilePath;
  readonly signal: AbortSignal;
}

/** Throws, and removes the copy, where it is not byte for byte the original, or the original was written to in the meantime. */
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
