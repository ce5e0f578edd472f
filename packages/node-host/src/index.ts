export { findProgram } from "./find-program.js";
export { makeFolders } from "./make-folders.js";
export { createNodeHost } from "./node-host.js";
export { identifyProcess, isAlive, type ProcessIdentity } from "./process-identity.js";
export { runProgram, type Program, type ProgramExit } from "./run-program.js";
