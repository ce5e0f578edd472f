export { createNodeHost } from "./node-host.js";
export { identify, isAlive, type ProcessIdentity } from "./process-identity.js";
