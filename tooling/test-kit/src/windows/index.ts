export { canMakeMsi, makeMsi } from "./make-msi.js";
export { WinePrefix } from "./wine-prefix.js";
export { WindowsMachine } from "./windows-machine.js";
export { NODE_FOR_WINDOWS, wineProblem } from "./wine-tools.js";
