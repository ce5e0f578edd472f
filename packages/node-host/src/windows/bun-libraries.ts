import { win32 } from "node:path";
import { IS_WINDOWS } from "../is-windows.js";

/** A number or an address as Bun passes it to a library: 64 bits are a `bigint`. */
type Native = number | bigint | null;

/** The part of Bun's interface to libraries that is used here; see https://bun.com/docs/runtime/ffi. */
interface Ffi {
  dlopen(library: string, symbols: Readonly<Record<string, Signature>>): { readonly symbols: unknown };
  ptr(bytes: NodeJS.ArrayBufferView): number;
  toArrayBuffer(address: number, offset: number, length: number): ArrayBuffer;
}

interface Signature {
  readonly args: readonly ("i32" | "i64" | "u32" | "ptr")[];
  readonly returns: "i32" | "i64" | "u32" | "void";
}

const FFI = "bun:ffi";
// of folders: a name of 8.3 has to fit in
const LONGEST_PLAIN_PATH = 248;

/**
 * Bun's interface to the libraries of Windows. Undefined elsewhere, also with Node on Windows, which has none: there only tests run, and
 * what needs a library is left out as each place says.
 */
export const ffi = loadFfi();

/** Opens a library of Windows and its functions. Call it where `ffi` is there. */
export function openLibrary<const Functions extends Readonly<Record<string, Signature>>>(
  library: string,
  functions: Functions,
): {
  readonly [Name in keyof Functions]: (...parameters: readonly Native[]) => Functions[Name]["returns"] extends "i64" ? bigint : number;
} {
  if (ffi === undefined) throw new Error(`${library} cannot be called here`);
  return ffi.dlopen(library, functions).symbols as never;
}

/** The address of bytes, for as long as they are referred to. */
export function addressOf(bytes: NodeJS.ArrayBufferView): number {
  if (ffi === undefined) throw new Error("there are no addresses here");
  return ffi.ptr(bytes);
}

/** A copy of what is at an address. */
export function bytesAt(address: number, length: number): Buffer {
  if (ffi === undefined) throw new Error("there are no addresses here");
  return Buffer.from(ffi.toArrayBuffer(address, 0, length).slice(0));
}

/**
 * A path as the functions of Windows take it. In the form for long paths names are taken as they are, such as `nul` and `a.`, which no
 * other program could open then: so it is for long paths alone.
 */
export function widePath(path: string): Buffer {
  return wideText(path.length < LONGEST_PLAIN_PATH ? path : win32.toNamespacedPath(path));
}

/** A text as the functions of Windows take it: UTF-16 with a zero at its end. */
export function wideText(text: string): Buffer {
  return Buffer.from(`${text}\0`, "utf16le");
}

function loadFfi(): Ffi | undefined {
  if (!IS_WINDOWS || process.versions["bun"] === undefined) return undefined;
  return process.getBuiltinModule(FFI) as unknown as Ffi;
}
