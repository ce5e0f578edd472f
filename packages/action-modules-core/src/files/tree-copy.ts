import type { Stats } from "node:fs";
import type { HostPorts } from "@imagewright/action-contract";
import type { FilePath } from "./show-path.js";

/** A folder that is to be copied with all that is in it. */
export interface TreeCopy {
  readonly host: Pick<HostPorts, "files" | "platform">;
  readonly source: FilePath;
  readonly facts: Stats;
  readonly target: FilePath;
  /** For a move: owner, group and times are kept as far as the process may, and each copy is compared with its original. */
  readonly exact: boolean;
  /** Told of each pipe, device and socket, which have no content to copy; where it is left out, they are errors. */
  readonly onOther?: (path: FilePath) => void;
  readonly signal: AbortSignal;
}
