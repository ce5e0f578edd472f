import { IS_WINDOWS } from "./is-windows.js";
import { endTree } from "./windows/taskkill.js";

/** Kills the process group of a command at once; on Windows the command with the processes below it. */
export const endGroup: (leader: number) => void = IS_WINDOWS ? endTree : (leader) => process.kill(-leader, "SIGKILL");
