import type { AnyActionModule } from "@imagewright/action-contract";
import { executePowerShell } from "./execute-power-shell/index.js";
import { installMsi } from "./install-msi/index.js";
import { rebootOnWindows } from "./reboot/index.js";
import { setRegistry } from "./set-registry/index.js";
import { uninstallMsi } from "./uninstall-msi/index.js";
import { updateOsOnWindows } from "./update-os/index.js";

/** The action modules for Windows. */
export const windowsActions: readonly AnyActionModule[] = [
  executePowerShell,
  installMsi,
  rebootOnWindows,
  setRegistry,
  uninstallMsi,
  updateOsOnWindows,
];
