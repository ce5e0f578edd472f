import { errorRow, errorTable, listOf, quote } from "@imagewright/diagnostics";

/** The errors of this package; faults in the configuration file are diagnostics instead. */
export const configurationError = errorTable("configuration", {
  "file-not-found": errorRow("not-found", ({ path }: { path: string }) => ({
    message: `there is no configuration file at ${quote(path)}, which IMAGEWRIGHT_CONFIG names`,
    hints: ["make the file, or unset IMAGEWRIGHT_CONFIG"],
  })),
  "folder-of-others": errorRow("forbidden", ({ setting, path, origin, place }: FolderOfOthers) => ({
    message: `the ${setting} ${quote(path)} (${origin}) is no place for root's files: others than root can change ${quote(place)}`,
    hints: [
      "leave it out: root then keeps its files in its own folders, and hands over the results to the user who called sudo",
      "or run the command without sudo",
    ],
  })),
  "value-not-allowed": errorRow("invalid", ({ name, value, allowed }: { name: string; value: string; allowed: readonly string[] }) => ({
    message: `${name} must be ${listOf(allowed)}; found ${quote(value)}`,
  })),
  "file-not-readable": errorRow("failed", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the configuration file ${quote(path)} cannot be read: ${cause}`,
  })),
});

interface FolderOfOthers {
  /** Such as "data folder". */
  readonly setting: string;
  readonly path: string;
  /** Where the setting comes from, as `describeOrigin` has it. */
  readonly origin: string;
  /** What others can change on the way to it. */
  readonly place: string;
}
