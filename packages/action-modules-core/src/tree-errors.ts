import { errorRow } from "@imagewright/diagnostics";
import { quotePath, type FilePath } from "./files/show-path.js";

export interface FromTo {
  /** The operation, phrased to follow "cannot": `copy folder`. */
  readonly operation: string;
  readonly source: FilePath;
  readonly destination: FilePath;
}

/** The errors of the actions that copy, move and delete whole folders or make links. */
export const treeErrors = {
  "inside-itself": errorRow("invalid", ({ operation, source, destination }: FromTo) => ({
    message: `cannot ${operation} ${quotePath(source)} to ${quotePath(destination)}: that is inside it`,
  })),
  "overwrites-itself": errorRow("invalid", ({ operation, source, destination }: FromTo) => ({
    message: `cannot ${operation} ${quotePath(source)} to its own parent folder: its content would replace itself at ${quotePath(destination)}`,
  })),
  "copy-differs": errorRow("failed", ({ operation, source, destination }: FromTo) => ({
    message: `cannot ${operation} ${quotePath(source)}: its copy ${quotePath(destination)} on the other disk differs from it`,
    hints: ["end the programs that write to the file, and run the step again"],
  })),
  "root-folder": errorRow("invalid", ({ operation, path }: { readonly operation: string; readonly path: FilePath }) => ({
    message: `cannot ${operation} ${quotePath(path)}: it is the root of the file system`,
  })),
  "link-exists": errorRow("conflict", ({ path }: { readonly path: FilePath }) => ({
    message: `cannot create link ${quotePath(path)}: a link of this name exists already`,
    hints: ['set "force" to true to replace it'],
  })),
  "no-link-target": errorRow("not-found", ({ path, target }: { readonly path: FilePath; readonly target: FilePath }) => ({
    message: `cannot create link ${quotePath(path)}: its target ${quotePath(target)} does not exist`,
  })),
  "link-to-itself": errorRow("invalid", ({ path }: { readonly path: FilePath }) => ({
    message: `cannot create link ${quotePath(path)}: it would lead to itself`,
  })),
};
