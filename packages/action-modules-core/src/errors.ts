import { errorRow, errorTable, quote } from "@imagewright/diagnostics";
import { quotePath, type FilePath } from "./files/show-path.js";
import { transferErrors } from "./transfer-errors.js";
import { treeErrors } from "./tree-errors.js";

interface OnFile {
  /** The operation, phrased to follow "cannot": `write file`. */
  readonly operation: string;
  readonly path: FilePath;
}

interface ManyToOne {
  /** `copy`. */
  readonly verb: string;
  /** `files`. */
  readonly things: string;
  readonly source: FilePath;
  readonly destination: string;
  readonly matches: number;
}

/** The errors of this package's actions. */
export const actionError = errorTable("action-modules-core", {
  ...transferErrors,
  ...treeErrors,
  "file-operation-failed": errorRow(
    "failed",
    ({ operation, path, reason, hint }: OnFile & { readonly reason: string; readonly hint?: string }) => ({
      message: `cannot ${operation} ${quotePath(path)}: ${reason}`,
      ...(hint === undefined ? {} : { hints: [hint] }),
    }),
  ),
  "file-exists": errorRow("conflict", ({ operation, path }: OnFile) => ({
    message: `cannot ${operation} ${quotePath(path)}: it exists already, and "overwrite" is false`,
  })),
  "not-a-file": errorRow("invalid", ({ operation, path, found, hint }: OnFile & { readonly found: string; readonly hint?: string }) => ({
    message: `cannot ${operation} ${quotePath(path)}: it is ${found}`,
    ...(hint === undefined ? {} : { hints: [hint] }),
  })),
  "not-a-folder": errorRow("invalid", ({ operation, path, found, hint }: OnFile & { readonly found?: string; readonly hint?: string }) => ({
    message: `cannot ${operation} ${quotePath(path)}: ${found === undefined ? "a file has this name" : `it is ${found}`}`,
    ...(hint === undefined ? {} : { hints: [hint] }),
  })),
  "no-file-matches": errorRow("not-found", ({ path }: { readonly path: FilePath }) => ({
    message: `no file matches ${quotePath(path)}`,
    hints: ["a wildcard matches files, not folders, and only in the folder of the path"],
  })),
  "no-folder-matches": errorRow("not-found", ({ path }: { readonly path: FilePath }) => ({
    message: `no folder matches ${quotePath(path)}`,
    hints: ["a wildcard matches folders, not files, and only in the folder of the path"],
  })),
  "destination-not-a-folder": errorRow("invalid", ({ verb, things, source, destination, matches }: ManyToOne) => ({
    message: `cannot ${verb} ${matches} ${things} that match ${quotePath(source)} to the one ${things.slice(0, -1)} ${quotePath(destination)}`,
    hints: [`end the destination with a path separator to ${verb} into a folder`],
  })),
  "same-file": errorRow(
    "invalid",
    ({
      verb,
      thing,
      source,
      destination,
    }: {
      readonly verb: string;
      readonly thing: string;
      readonly source: FilePath;
      readonly destination: FilePath;
    }) => ({
      message: `cannot ${verb} ${thing} ${quotePath(source)}: ${quotePath(destination)} is the same ${thing}`,
    }),
  ),
  "not-text": errorRow(
    "invalid",
    ({
      path,
      encoding,
      hint,
      operation = "read file",
    }: Partial<OnFile> & { readonly path: FilePath; readonly encoding: string; readonly hint?: string }) => ({
      message: `cannot ${operation} ${quotePath(path)}: its content is not ${encoding} text`,
      hints: [hint ?? "only text files can be read; set encoding if the text has another one"],
    }),
  ),
  "unknown-account": errorRow("not-found", ({ kind, name }: { readonly kind: "user" | "group"; readonly name: string }) => ({
    message: `no ${kind} named ${quote(name)} on this machine`,
  })),
  "unknown-encoding": errorRow("invalid", ({ encoding, allowed }: { readonly encoding: string; readonly allowed: string }) => ({
    message: `the encoding must be ${allowed}; found ${quote(encoding)}`,
  })),
  "invalid-permissions": errorRow("invalid", ({ permissions, allowed }: { readonly permissions: string; readonly allowed: string }) => ({
    message: `permissions must be ${allowed}; found ${quote(permissions)}`,
  })),
});
