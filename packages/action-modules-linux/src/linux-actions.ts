import type { AnyActionModule } from "@imagewright/action-contract";
import { executeBash } from "./execute-bash/index.js";
import { reboot } from "./reboot/index.js";
import { setFileOwner } from "./set-file-owner/index.js";
import { setFilePermissions } from "./set-file-permissions/index.js";
import { setFolderOwner } from "./set-folder-owner/index.js";
import { setFolderPermissions } from "./set-folder-permissions/index.js";
import { updateOs } from "./update-os/index.js";

/** The action modules for Linux and macOS. */
export const linuxActions: readonly AnyActionModule[] = [
  executeBash,
  reboot,
  setFileOwner,
  setFilePermissions,
  setFolderOwner,
  setFolderPermissions,
  updateOs,
];
