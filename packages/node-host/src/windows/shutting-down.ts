import { ffi, openLibrary } from "./bun-libraries.js";

const SHUTTING_DOWN = 0x2000; // SM_SHUTTINGDOWN
const user = ffi && openLibrary("user32.dll", { GetSystemMetrics: { args: ["i32"], returns: "i32" } });

/** Whether Windows is ending the session of this process, to restart, to go off, or to log off. False where it does not tell. */
export function isShuttingDown(): boolean {
  return user !== undefined && user.GetSystemMetrics(SHUTTING_DOWN) !== 0;
}
