import { existsSync } from "node:fs";
import { IS_WINDOWS } from "./is-windows.js";

/** Whether /proc tells of processes. On Windows the path is a folder of the current drive, which any user may have made. */
export const HAS_PROC = !IS_WINDOWS && existsSync("/proc/self/stat");
