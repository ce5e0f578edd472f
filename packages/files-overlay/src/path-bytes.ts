import type { PathLike } from "node:fs";
import { fileURLToPath } from "node:url";
import { RefusedOperation } from "./file-error.js";

/** Bytes of a path or name as text, one character per byte (latin1), so that names that are not UTF-8 can be keys of a map. */
export type Bytes = string;

// the limits of Linux, in bytes, without the final NUL of a path
const LONGEST_NAME = 255;
const LONGEST_PATH = 4095;

export function toBytes(text: string | Uint8Array): Bytes {
  return Buffer.from(text as Uint8Array).toString("latin1");
}

export function fromBytes(bytes: Bytes): Buffer {
  return Buffer.from(bytes, "latin1");
}

/** The text for messages and for callers that ask for text. */
export function toText(bytes: Bytes): string {
  return fromBytes(bytes).toString("utf8");
}

/** The bytes of anything that node:fs accepts as a path. */
export function pathBytes(path: PathLike): Bytes {
  const plain = path instanceof URL ? fileURLToPath(path) : path;
  const bytes = toBytes(plain);
  if (!bytes.includes("\0")) return bytes;
  throw Object.assign(new TypeError("The argument 'path' must be a string, Uint8Array, or URL without null bytes."), {
    code: "ERR_INVALID_ARG_VALUE",
  });
}

/** A parsed path. */
export interface PathParts {
  readonly isAbsolute: boolean;
  readonly names: readonly Bytes[];
  /** Whether it ends in a separator, so that it must be a folder. */
  readonly endsInSeparator: boolean;
}

export function splitPath(path: Bytes): PathParts {
  if (path === "") throw new RefusedOperation("ENOENT");
  const names = path.split("/").filter((name) => name !== "");
  if (path.length > LONGEST_PATH || names.some(({ length }) => length > LONGEST_NAME)) throw new RefusedOperation("ENAMETOOLONG");
  return { isAbsolute: path.startsWith("/"), names, endsInSeparator: path.endsWith("/") && names.length > 0 };
}

export function join(folder: Bytes, name: Bytes): Bytes {
  return folder === "/" ? `/${name}` : `${folder}/${name}`;
}

/** A path or name in the requested encoding; `buffer` returns bytes. */
export function encoded(bytes: Bytes, encoding: BufferEncoding | "buffer" | null | undefined): string | Buffer {
  return encoding === "buffer" ? fromBytes(bytes) : fromBytes(bytes).toString(encoding ?? "utf8");
}
