import type { CommandFamily } from "./command-family.js";
import { IS_WINDOWS } from "./is-windows.js";
import { ProcessFamily } from "./process-family.js";
import { WindowsFamily } from "./windows/windows-family.js";

/** The family of a command that is about to start. */
export const makeFamily: () => CommandFamily = IS_WINDOWS ? () => new WindowsFamily() : () => new ProcessFamily();
