export { HOSTILE, HOSTILE_NAME, rawCharacters } from "./hostile-text.js";
export { inTerminal, showOnScreen, type Screen, type TerminalEvent, type Typist } from "./screen.js";
