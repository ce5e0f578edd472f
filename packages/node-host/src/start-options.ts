import { IS_WINDOWS } from "./is-windows.js";

/**
 * How commands start: elsewhere in a process group of their own; on Windows with a console of their own, which nobody sees, so that Ctrl-C
 * reaches only this process.
 */
export const START_OPTIONS = IS_WINDOWS ? { detached: false, windowsHide: true } : { detached: true, windowsHide: false };
