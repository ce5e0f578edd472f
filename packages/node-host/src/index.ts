export { findProgram } from "./find-program.js";
export { makeFolders } from "./make-folders.js";
export { createNodeHost } from "./node-host.js";
export { identifyProcess, isAlive, type ProcessIdentity } from "./process-identity.js";
export { inheritedEnvironment } from "./inherited-environment.js";
export { runProgramSync, type SyncProgram } from "./run-program-sync.js";
export { runProgram, type Program, type ProgramExit } from "./run-program.js";
