import { createRegistry, type ActionRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import { windowsActions } from "@imagewright/action-modules-windows";

/** Every action module of every platform. Those for Windows are only contracts, against which documents are checked. */
export const standardRegistry: ActionRegistry = createRegistry(coreActions, linuxActions, windowsActions);
