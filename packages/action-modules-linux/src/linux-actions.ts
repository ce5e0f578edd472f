import type { AnyActionModule } from "@imagewright/action-contract";
import { executeBash } from "./execute-bash/index.js";
import { setFilePermissions } from "./set-file-permissions/index.js";

/** The action modules for Linux and macOS. */
export const linuxActions: readonly AnyActionModule[] = [
  executeBash,
  setFilePermissions,
];
