export { coreActions } from "./core-actions.js";
export { actionError } from "./errors.js";

// for the platform-specific action modules
export { runCommand } from "./commands/run-command.js";
export { matchesWildcards } from "./commands/wildcards.js";
export { failureWithoutCode, runShown, type ShownRun } from "./commands/run-shown.js";
export { attempt } from "./files/attempt.js";
export { ensureFolder } from "./files/ensure-folder.js";
export { findGroup, findUser } from "./files/attributes.js";
export { fileNameFaults, noWildcardFaults } from "./files/input-faults.js";
export { parsePermissions, permissionsProperty } from "./files/permissions.js";
export { parentFolder, resolvePath, withoutSeparatorAtEnd } from "./files/resolve-path.js";
export { quotePath, type FilePath } from "./files/show-path.js";
export { quoteUrl } from "./network/show-url.js";
export { parseLocation } from "./object-store/location.js";
export { webAddressFaults } from "./web-download/source-url.js";
export { s3Download } from "./s3-download/index.js";
export { webDownload } from "./web-download/index.js";

// for whoever follows what components download
export { webFingerprint, type FingerprintContext } from "./web-download/web-fingerprint.js";
