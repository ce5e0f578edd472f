import { errorRow, errorTable, escapeControls } from "@imagewright/diagnostics";

/** A file or folder that another user could have made or could change. */
export interface RefusedPath {
  readonly path: string;
  /** As the end of a sentence that begins with the path. */
  readonly reason: string;
}

export const hostError = errorTable("node-host", {
  "path-refused": errorRow("forbidden", ({ path, reason }: RefusedPath) => ({
    message: `${escapeControls(JSON.stringify(path))} is refused: ${reason}`,
  })),
});
