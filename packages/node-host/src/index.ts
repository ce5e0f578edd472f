export { makeFolders } from "./make-folders.js";
export { createNodeHost } from "./node-host.js";
export { identify, isAlive, type ProcessIdentity } from "./process-identity.js";
