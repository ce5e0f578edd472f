/** The arguments of `FileHandle.read`, in any of its forms. A position of null is the handle's own. */
export interface ReadArguments {
  readonly buffer: NodeJS.ArrayBufferView;
  readonly offset: number;
  readonly length: number;
  readonly position: number | null;
}

const DEFAULT_BUFFER_BYTES = 16 * 1024;

interface ReadOptions {
  readonly buffer?: NodeJS.ArrayBufferView;
  readonly offset?: number | null;
  readonly length?: number | null;
  readonly position?: number | bigint | null;
}

/** `read(buffer, offset, length, position)`, `read(buffer, options)` and `read(options)`. */
export function readArguments([first, second, length, position]: readonly unknown[]): ReadArguments {
  const options = readOptions(first, second, length, position);
  const buffer = options.buffer ?? Buffer.alloc(DEFAULT_BUFFER_BYTES);
  const offset = options.offset ?? 0;
  return { buffer, offset, length: options.length ?? buffer.byteLength - offset, position: positionOf(options.position) };
}

function readOptions(first: unknown, ...[second, length, position]: readonly unknown[]): ReadOptions {
  // safe: callers are typed by node:fs, whose overloads these are
  if (!isView(first)) return first ?? {};
  const rest = typeof second === "object" && second !== null ? second : { offset: second, length, position };
  return { ...(rest as ReadOptions), buffer: first };
}

function isView(value: unknown): value is NodeJS.ArrayBufferView {
  return ArrayBuffer.isView(value);
}

/** `write(buffer, offset, length, position)`, `write(buffer, options)` and `write(text, position, encoding)`. */
export function writeArguments(
  data: string | NodeJS.ArrayBufferView,
  [first, second, third]: readonly unknown[],
): { readonly bytes: Uint8Array; readonly position: number | null } {
  if (typeof data === "string")
    return { bytes: Buffer.from(data, (second as BufferEncoding | undefined) ?? "utf8"), position: positionOf(first) };
  const { offset, length, position } = (
    typeof first === "object" && first !== null ? first : { offset: first, length: second, position: third }
  ) as ReadOptions;
  const start = offset ?? 0;
  return { bytes: new Uint8Array(data.buffer, data.byteOffset + start, length ?? data.byteLength - start), position: positionOf(position) };
}

function positionOf(position: unknown): number | null {
  return (typeof position === "number" || typeof position === "bigint") && position >= 0 ? Number(position) : null;
}
