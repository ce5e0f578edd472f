import type { FileSystem } from "@imagewright/action-contract";
import { changesOf, type FileChange } from "./file-changes.js";
import { overlayFiles } from "./overlay-files.js";
import { toText } from "./path-bytes.js";
import { Scratch } from "./scratch.js";
import { View } from "./view.js";

export interface OverlayOptions {
  /** The real files, which are only read. */
  readonly files: FileSystem;
  /** An empty folder for written contents, which the caller makes and removes. Absolute, without links in it; hidden in the overlay. */
  readonly scratchFolder: string;
}

export interface Overlay {
  /** The files of the view. */
  readonly files: FileSystem;
  /** The differences from the real files, ordered by path. */
  changes(): Promise<readonly FileChange[]>;
  /**
   * Where the effect of a change cannot be predicted, such as `/proc`: the mount points of the file systems in which one was rejected with
   * ENOTSUP, in the order of the calls.
   */
  unpredictable(): readonly string[];
}

/** Makes a view of the real files in which everything can be changed, while the real ones stay as they are. */
export async function createOverlay({ files, scratchFolder }: OverlayOptions): Promise<Overlay> {
  const view = await View.open(files, new Scratch(scratchFolder));
  return {
    files: overlayFiles(view),
    changes: () => changesOf(view),
    unpredictable: () => view.unpredictable.map(({ path }) => toText(path)),
  };
}
