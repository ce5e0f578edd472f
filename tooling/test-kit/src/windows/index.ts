export { compileForWindows } from "./compile-for-windows.js";
export { canMakeMsi, makeMsi } from "./make-msi.js";
export { WinePrefix } from "./wine-prefix.js";
export { PROGRAM, WindowsMachine } from "./windows-machine.js";
export { wineProblem } from "./wine-tools.js";
