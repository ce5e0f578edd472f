export { completionScript, SHELLS, type Shell } from "./completion-script.js";
export type { CompletedCommand, CompletedFlag, CompletedProgram, CompletedValue } from "./completed-program.js";
