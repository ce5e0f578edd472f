export { coreActions } from "./core-actions.js";
export { actionError } from "./errors.js";

// for the platform-specific action modules
export { runCommand } from "./commands/run-command.js";
export { attempt } from "./files/attempt.js";
export { findGroup, findUser } from "./files/attributes.js";
export { fileNameFaults, noWildcardFaults } from "./files/input-faults.js";
export { parsePermissions, permissionsProperty } from "./files/permissions.js";
export { resolvePath, withoutSeparatorAtEnd } from "./files/resolve-path.js";
export { quotePath, type FilePath } from "./files/show-path.js";
export { quoteUrl } from "./network/show-url.js";
export { parseLocation } from "./object-store/location.js";
export { webAddressFaults } from "./web-download/source-url.js";
