import { createRegistry, type ActionRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";

/** Every action module that documents may use: the same set as the agent's. */
export const registry: ActionRegistry = createRegistry(coreActions, linuxActions);
