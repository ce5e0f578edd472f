import { createRegistry, type ActionRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import { windowsActions } from "@imagewright/action-modules-windows";

/** Every action module of every platform. Those of Windows are contracts: documents are checked against them, and nothing runs them. */
export const standardRegistry: ActionRegistry = createRegistry(coreActions, linuxActions, windowsActions);
