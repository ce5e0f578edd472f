import { randomBytes } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { S3Client } from "@aws-sdk/client-s3";
import type { ActionContext } from "@imagewright/action-contract";
import { attempt } from "../files/attempt.js";
import { runWeighted } from "../transfer/run-weighted.js";
import { createPart, findTargetFile, publish } from "../transfer/target-file.js";
import { copyObjectRange } from "./copy-object-range.js";
import { openObject, type ObjectAddress, type OpenObject } from "./open-object.js";

export interface ObjectDownload extends ObjectAddress {
  readonly path: string;
  readonly overwrite: boolean;
}

/** The size in bytes from which an object is fetched in several concurrent ranges. */
export const LARGE_OBJECT = 32 * 1024 * 1024;
export const RANGES_AT_ONCE = 5;
const RANGE_BYTES = 16 * 1024 * 1024;

/**
 * Downloads one object to a hidden file next to its destination, and renames it when it is complete. Rejects with the SDK's error or a
 * file's.
 */
export async function downloadObject(client: S3Client, download: ObjectDownload, context: ActionContext): Promise<void> {
  const object = await openObject(client, download, context.signal);
  try {
    await store(client, object, download, context);
  } finally {
    object.body.destroy();
  }
}

async function store(client: S3Client, object: OpenObject, { path, overwrite }: ObjectDownload, context: ActionContext): Promise<void> {
  const { files } = context.host;
  const target = await findTargetFile(path, overwrite, context);
  const part = `${target.folder.replace(/[\\/]$/, "")}/.imagewright-${randomBytes(8).toString("hex")}`;
  const file = await createPart(files, part, target);
  try {
    await fill(file, client, object, path, context);
    await attempt("write file", path, () => file.close());
    await publish(files, part, target);
  } catch (thrown) {
    await file.close().catch(() => undefined);
    await files.rm(part, { force: true });
    throw thrown;
  }
}

async function fill(file: FileHandle, client: S3Client, object: OpenObject, path: string, { host, signal }: ActionContext): Promise<void> {
  const copy = { client, object, file, path };
  if (object.size < LARGE_OBJECT) return copyObjectRange({ ...copy, start: 0, end: object.size }, { host, signal });
  await runWeighted({
    items: rangesOf(object.size),
    capacity: RANGES_AT_ONCE,
    weight: () => 1,
    signal,
    run: (range, either) => copyObjectRange({ ...copy, ...range }, { host, signal: either }),
  });
}

function* rangesOf(size: number): Generator<{ readonly start: number; readonly end: number }> {
  for (let start = 0; start < size; start += RANGE_BYTES) yield { start, end: Math.min(start + RANGE_BYTES, size) };
}
