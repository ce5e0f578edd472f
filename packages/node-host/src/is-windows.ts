/** Whether this process runs on Windows. The only place that asks; what differs is in `windows/`, behind the same ports. */
export const IS_WINDOWS = process.platform === "win32";
