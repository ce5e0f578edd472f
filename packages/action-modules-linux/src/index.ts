export { linuxActions } from "./linux-actions.js";
export { standardRegistry } from "./standard-registry.js";
export { windowsOnly } from "./windows-only.js";
