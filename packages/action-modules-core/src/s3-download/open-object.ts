import type { Readable } from "node:stream";
import type { GetObjectCommandOutput, S3Client } from "@aws-sdk/client-s3";

export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
  readonly bucketOwner: string | undefined;
}

/** An object with its first response, which contains its size and its beginning: a small object takes one request. */
export interface OpenObject extends ObjectAddress {
  /** The content from its beginning; a caller that reads only a part ends the connection. */
  readonly body: Readable;
  readonly etag: string | undefined;
  /** Bytes. */
  readonly size: number;
}

/** Requests an object. Rejects with the SDK's error. */
export async function openObject(client: S3Client, address: ObjectAddress, signal: AbortSignal): Promise<OpenObject> {
  const { GetObjectCommand } = await import("@aws-sdk/client-s3");
  const answer = await client.send(new GetObjectCommand(requestFor(address)), { abortSignal: signal });
  const body = bodyOf(answer);
  if (answer.ContentLength !== undefined) return { ...address, body, etag: answer.ETag, size: answer.ContentLength };
  body.destroy();
  throw new Error("the service did not return the size of the object");
}

/** Requests the bytes from `start` up to, but not including, `end` of the same content. Rejects if the object has changed. */
export async function openRange(client: S3Client, object: OpenObject, start: number, end: number, signal: AbortSignal): Promise<Readable> {
  const { GetObjectCommand } = await import("@aws-sdk/client-s3");
  const request = { ...requestFor(object), Range: `bytes=${start}-${end - 1}`, IfMatch: object.etag };
  const answer = await client.send(new GetObjectCommand(request), { abortSignal: signal });
  const body = bodyOf(answer);
  if (answer.ContentRange?.startsWith(`bytes ${start}-`) === true) return body;
  body.destroy();
  throw new Error("the service did not return the requested range");
}

function requestFor({ bucket, key, bucketOwner }: ObjectAddress) {
  return { Bucket: bucket, Key: key, ExpectedBucketOwner: bucketOwner };
}

/** In Node the body is always a readable stream; the SDK's type also includes the browser's kinds. A failure is reported to the reader. */
function bodyOf({ Body }: GetObjectCommandOutput): Readable {
  const body = Body as Readable;
  body.on("error", () => undefined);
  return body;
}
