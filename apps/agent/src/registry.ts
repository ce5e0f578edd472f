import { createRegistry, type ActionRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";

/** Every action module that the agent knows; which of them a platform has is in the modules themselves. */
export const registry: ActionRegistry = createRegistry(coreActions, linuxActions);
