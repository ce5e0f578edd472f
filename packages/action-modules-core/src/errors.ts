import { errorTable, quote } from "@imagewright/diagnostics";
import { quotePath, type FilePath } from "./files/show-path.js";

interface OnFile {
  /** What was tried, as it follows "cannot": `write file`. */
  readonly operation: string;
  readonly path: FilePath;
}

interface ManyToOne {
  readonly source: FilePath;
  readonly destination: string;
  readonly matches: number;
}

/** The failures of this package's actions. */
export const createError = errorTable({
  "file-operation-failed": ({ operation, path, reason, hint }: OnFile & { readonly reason: string; readonly hint?: string }) => ({
    message: `cannot ${operation} ${quotePath(path)}: ${reason}`,
    ...(hint === undefined ? {} : { hints: [hint] }),
  }),
  "file-exists": ({ operation, path }: OnFile) => ({
    message: `cannot ${operation} ${quotePath(path)}: it exists already, and "overwrite" is false`,
  }),
  "not-a-file": ({ operation, path, found, hint }: OnFile & { readonly found: string; readonly hint?: string }) => ({
    message: `cannot ${operation} ${quotePath(path)}: it is ${found}`,
    ...(hint === undefined ? {} : { hints: [hint] }),
  }),
  "not-a-folder": ({ operation, path }: OnFile) => ({
    message: `cannot ${operation} ${quotePath(path)}: a file has this name`,
  }),
  "no-file-matches": ({ path }: { readonly path: FilePath }) => ({
    message: `no file matches ${quotePath(path)}`,
    hints: ["a wildcard matches files, not folders, and only in the folder that the path names"],
  }),
  "destination-not-a-folder": ({ source, destination, matches }: ManyToOne) => ({
    message: `cannot copy ${matches} files that match ${quotePath(source)} to the one file ${quotePath(destination)}`,
    hints: ["end the destination with a path separator to copy into a folder"],
  }),
  "same-file": ({ source, destination }: { readonly source: FilePath; readonly destination: FilePath }) => ({
    message: `cannot copy file ${quotePath(source)}: ${quotePath(destination)} is the same file`,
  }),
  "not-text": ({ path, encoding, hint }: { readonly path: FilePath; readonly encoding: string; readonly hint?: string }) => ({
    message: `cannot read file ${quotePath(path)}: its content is not ${encoding} text`,
    hints: [hint ?? "only text files can be read; set encoding where the text has another one"],
  }),
  "unknown-account": ({ kind, name }: { readonly kind: "user" | "group"; readonly name: string }) => ({
    message: `no ${kind} is called ${quote(name)} on this machine`,
  }),
  "unknown-encoding": ({ encoding, allowed }: { readonly encoding: string; readonly allowed: string }) => ({
    message: `the encoding must be ${allowed}; found ${quote(encoding)}`,
  }),
  "invalid-permissions": ({ permissions, allowed }: { readonly permissions: string; readonly allowed: string }) => ({
    message: `permissions must be ${allowed}; found ${quote(permissions)}`,
  }),
});
