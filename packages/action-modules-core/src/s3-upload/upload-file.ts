import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import type { FileSystem } from "@imagewright/action-contract";
import { actionError } from "../errors.js";
import { attempt } from "../files/attempt.js";
import type { FilePath } from "../files/show-path.js";

export interface FileUpload {
  readonly path: FilePath;
  /** In bytes; a growing file is sent up to its size when it was found. */
  readonly size: number;
  readonly bucket: string;
  readonly key: string;
  readonly bucketOwner: string | undefined;
}

/** The size in bytes from which a file is sent in parts. */
export const LARGE_FILE = 8 * 1024 * 1024;
export const PARTS_AT_ONCE = 5;
// the limit of S3
const MOST_PARTS = 10_000;
const MOST_IN_MEMORY = PARTS_AT_ONCE * LARGE_FILE;
const PIECE_BYTES = 1024 * 1024;

/** Sends one file, in parts if it is large; after a failure the parts are deleted. Rejects with the SDK's error or a file's. */
export async function uploadFile(client: S3Client, files: FileSystem, upload: FileUpload, signal: AbortSignal): Promise<void> {
  const { Upload } = await import("@aws-sdk/lib-storage");
  const { path, size, bucket, key, bucketOwner } = upload;
  const file = await attempt("read file", path, () => files.open(path, "r"));
  const partSize = Math.max(LARGE_FILE, Math.ceil(size / MOST_PARTS));
  const body = size < LARGE_FILE ? await readWhole(file, upload) : Readable.from(piecesOf(file, upload), { objectMode: false });
  try {
    await new Upload({
      client: await stoppable(client, signal),
      partSize,
      queueSize: Math.max(1, Math.floor(MOST_IN_MEMORY / partSize)),
      params: { Bucket: bucket, Key: key, ExpectedBucketOwner: bucketOwner, Body: body },
    }).done();
  } finally {
    if (body instanceof Readable) body.destroy();
    await file.close();
  }
}

/**
 * The client for an upload: the signal stops every request except the deletion of the parts, which an upload aborted
 * by the SDK itself would not await. A failure of that request is ignored, since it would hide the original error.
 */
async function stoppable(client: S3Client, signal: AbortSignal): Promise<S3Client> {
  const { AbortMultipartUploadCommand } = await import("@aws-sdk/client-s3");
  const send = (command: Parameters<S3Client["send"]>[0]) =>
    command instanceof AbortMultipartUploadCommand
      ? client.send(command).catch(() => ({ $metadata: {} }))
      : client.send(command, { abortSignal: signal });
  return Object.assign(Object.create(client) as S3Client, { send });
}

async function readWhole(file: FileHandle, upload: FileUpload): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of piecesOf(file, upload)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* piecesOf(file: FileHandle, { path, size }: FileUpload): AsyncGenerator<Buffer> {
  for (let position = 0; position < size;) {
    const length = Math.min(PIECE_BYTES, size - position);
    const { buffer, bytesRead } = await attempt("read file", path, () => file.read(Buffer.allocUnsafe(length), 0, length, position));
    if (bytesRead === 0) throw actionError("file-became-shorter", { path });
    yield buffer.subarray(0, bytesRead);
    position += bytesRead;
  }
}
