import type { Stats } from "node:fs";
import type { HostPorts } from "@imagewright/action-contract";
import type { FilePath } from "./show-path.js";

/** A folder to copy with its content. */
export interface TreeCopy {
  readonly host: Pick<HostPorts, "files" | "platform">;
  readonly source: FilePath;
  readonly facts: Stats;
  readonly target: FilePath;
  /** For a move: owner, group and times are kept as far as permitted, and each copy is compared with its original. */
  readonly exact: boolean;
  /** Called for each pipe, device and socket, which have no content to copy; without it, they are errors. */
  readonly onOther?: (path: FilePath) => void;
  readonly signal: AbortSignal;
}
