import type { FileHandle } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import type { ActionContext } from "@imagewright/action-contract";
import { isNetworkFailure } from "@imagewright/aws";
import { writePiece } from "../files/write-piece.js";
import { openRange, type OpenObject } from "./open-object.js";

/** A range of an object to write at the same position of a file. */
export interface RangeCopy {
  readonly client: S3Client;
  readonly object: OpenObject;
  readonly file: FileHandle;
  /** The file name in messages about writing. */
  readonly path: string;
  readonly start: number;
  /** The position after its last byte. */
  readonly end: number;
}

// how often the rest is requested after an interrupted connection; the SDK retries only until a response begins
const ATTEMPTS = 5;
const FIRST_PAUSE = 250;

/** Copies a range, and requests the rest after an interrupted connection. Rejects with the SDK's error or a file's. */
export async function copyObjectRange(copy: RangeCopy, { host, signal }: Pick<ActionContext, "host" | "signal">): Promise<void> {
  const { client, object, end } = copy;
  let position = copy.start;
  for (let tried = 1; position < end; tried++) {
    const body = position === 0 && tried === 1 ? object.body : await openRange(client, object, position, end, signal);
    const poured = await pour(body, { ...copy, start: position }, signal);
    signal.throwIfAborted();
    position = poured.position;
    if (position === end && poured.failure === undefined) return;
    if (tried === ATTEMPTS || !isCut(poured.failure)) throw failureOf(poured);
    await host.clock.sleep(FIRST_PAUSE * 2 ** (tried - 1), signal);
  }
}

interface Poured {
  /** The position up to which the content has been written. */
  readonly position: number;
  /** What ended it early. */
  readonly failure: unknown;
}

/** Writes a response up to the end of the range, chunk by chunk; the next chunk is read only after the previous one is written. */
async function pour(body: Readable, { file, path, start, end, object }: RangeCopy, signal: AbortSignal): Promise<Poured> {
  const stop = () => void body.destroy();
  signal.addEventListener("abort", stop);
  let position = start;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      const piece = chunk.subarray(0, end - position);
      await writePiece(file, piece, position, { operation: "write file", path });
      position += piece.length;
      // a body is read to its end so that its checksum is verified
      if (position === end && end < object.size) break;
    }
    return { position, failure: undefined };
  } catch (thrown) {
    return { position, failure: thrown };
  } finally {
    signal.removeEventListener("abort", stop);
    body.destroy();
  }
}

function failureOf({ failure }: Poured): unknown {
  return failure ?? new Error("the connection was cut");
}

function isCut(failure: unknown): boolean {
  return failure === undefined || isNetworkFailure(failure);
}
