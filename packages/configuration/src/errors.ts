import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

/** What can fail where the configuration file is read; faults in it are diagnostics. */
export const configurationError = errorTable("configuration", {
  "file-not-found": errorRow("not-found", ({ path }: { path: string }) => ({
    message: `there is no configuration file at ${quote(path)}, which IMAGEWRIGHT_CONFIG names`,
    hints: ["make the file, or unset IMAGEWRIGHT_CONFIG"],
  })),
  "file-not-readable": errorRow("failed", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the configuration file ${quote(path)} cannot be read: ${cause}`,
  })),
});
