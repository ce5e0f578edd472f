/** Whether this process runs on Windows. The only place where node-host asks: what differs is in `windows/`, behind the same ports. */
export const IS_WINDOWS = process.platform === "win32";
