import { createHash } from "node:crypto";
import type { FileSystem } from "@imagewright/action-contract";
import { count, quote } from "@imagewright/diagnostics";
import type { ConditionContext, OperandFault, Test } from "../comparison.js";
import { conditionError } from "../errors.js";
import { errorCode, inspectPath } from "./locate.js";

/** The number of hexadecimal digits of each hash. */
const LENGTHS = { MD5: 32, SHA1: 40, SHA256: 64, SHA512: 128 } as const;

export type HashName = keyof typeof LENGTHS;

const HEXADECIMAL = /^[0-9a-f]+$/i;

const READ_BYTES = 512 * 1024;

type OpenFile = Awaited<ReturnType<FileSystem["open"]>>;

/**
 * Compares the hash of a file, in either letter case. Without a regular file the comparison is false, so that
 * `not: fileSHA256Equals` means "fetch it unless it exists and is right". A file that cannot be read is an error, since the result is not
 * known.
 */
export function hashOf(name: HashName): (expected: string) => Test | OperandFault {
  return (expected) => {
    if (!HEXADECIMAL.test(expected) || expected.length !== LENGTHS[name]) return describeFault(name, expected);
    return async (path, context) => {
      const place = await inspectPath(path, context);
      if (place.kind !== "file") return { value: false, explanation: place.explanation };
      const actual = await digest(name, place.path, context);
      const value = actual === expected.toLowerCase();
      // no quote(): it would truncate the longer hashes, and these are hexadecimal digits only
      return { value, explanation: `the ${name} of ${quote(place.path)} is ${actual}${value ? "" : `, not ${expected.toLowerCase()}`}` };
    };
  };
}

function describeFault(name: HashName, expected: string): OperandFault {
  const problem = `must be ${LENGTHS[name]} hexadecimal digits; found ${quote(expected)} (${count(expected.length, "character")})`;
  const other = Object.entries(LENGTHS).find(([, digits]) => digits === expected.length && HEXADECIMAL.test(expected))?.[0];
  return other === undefined ? { problem } : { problem, help: `${expected.length} digits are a ${other} hash, for "file${other}Equals"` };
}

async function digest(name: HashName, path: string, { host, signal }: ConditionContext): Promise<string> {
  try {
    const file = await host.files.open(path, "r");
    try {
      return await digestOf(file, name, signal);
    } finally {
      await file.close();
    }
  } catch (thrown) {
    signal.throwIfAborted();
    throw conditionError("file-not-readable", { path, hash: name, reason: errorCode(thrown) }, { cause: thrown });
  }
}

/** Reads the next chunk while it hashes the previous one, in two buffers, so that memory does not grow with the file. */
async function digestOf(file: OpenFile, name: HashName, signal: AbortSignal): Promise<string> {
  const hash = createHash(name.toLowerCase());
  let [current, other] = [Buffer.allocUnsafe(READ_BYTES), Buffer.allocUnsafe(READ_BYTES)];
  let reading = file.read(current, 0, READ_BYTES);
  for (;;) {
    const { bytesRead } = await reading;
    signal.throwIfAborted();
    if (bytesRead === 0) return hash.digest("hex");
    reading = file.read(other, 0, READ_BYTES);
    hash.update(current.subarray(0, bytesRead));
    [current, other] = [other, current];
  }
}
