import { errorRow, errorTable, quote } from "@imagewright/diagnostics";

/** The errors of this package; faults in the configuration file are diagnostics instead. */
export const configurationError = errorTable("configuration", {
  "file-not-found": errorRow("not-found", ({ path }: { path: string }) => ({
    message: `there is no configuration file at ${quote(path)}, which IMAGEWRIGHT_CONFIG names`,
    hints: ["make the file, or unset IMAGEWRIGHT_CONFIG"],
  })),
  "file-not-readable": errorRow("failed", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the configuration file ${quote(path)} cannot be read: ${cause}`,
  })),
});
