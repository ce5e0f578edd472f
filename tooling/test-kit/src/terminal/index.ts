export { HOSTILE, HOSTILE_NAME, rawCharacters } from "./hostile-text.js";
export { inTerminal, showOnScreen, type Screen } from "./screen.js";
