import { createRegistry, type ActionRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "./linux-actions.js";
import { windowsOnly } from "./windows-only.js";

/** Every action module that runs on Linux and macOS, and the names of those that run elsewhere only. */
export const standardRegistry: ActionRegistry = { ...createRegistry(coreActions, linuxActions), foreign: windowsOnly };
