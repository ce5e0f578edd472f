import { errorRow } from "@imagewright/diagnostics";
import { quotePath, type FilePath } from "./files/show-path.js";

export interface OnObject {
  /** The operation, phrased to follow "cannot": `download`. */
  readonly operation: string;
  /** As `s3://bucket/key`. */
  readonly location: string;
  readonly reason: string;
  readonly hints?: readonly string[];
}

/** The errors of the actions that download and upload. The data is already quoted where needed. */
export const transferErrors = {
  "download-failed": errorRow(
    "failed",
    ({ url, reason, hint }: { readonly url: string; readonly reason: string; readonly hint?: string | undefined }) => ({
      message: `cannot download ${url}: ${reason}`,
      ...(hint === undefined ? {} : { hints: [hint] }),
    }),
  ),
  "unusable-proxy": errorRow("invalid", ({ proxy }: { readonly proxy: string }) => ({
    message: `the environment sets the proxy ${proxy}; a proxy must be an http:// or https:// address`,
  })),
  "object-operation-failed": errorRow("failed", ({ operation, location, reason, hints }: OnObject) => ({
    message: `cannot ${operation} ${quotePath(location)}: ${reason}`,
    ...(hints === undefined ? {} : { hints }),
  })),
  "no-file-below": errorRow("not-found", ({ path }: { readonly path: FilePath }) => ({
    message: `no file to upload in folder ${quotePath(path)}`,
  })),
  "name-not-a-key": errorRow("invalid", ({ path }: { readonly path: FilePath }) => ({
    message: `cannot upload file ${quotePath(path)}: its name is not UTF-8, which every object key is`,
  })),
  "file-became-shorter": errorRow("failed", ({ path }: { readonly path: FilePath }) => ({
    message: `cannot upload file ${quotePath(path)}: it was truncated during the upload`,
  })),
};
