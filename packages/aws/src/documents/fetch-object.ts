import type { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { isImagewrightError, type SourceFile, quoteInFull } from "@imagewright/diagnostics";
import type { ServiceOperation } from "../errors.js";
import type { AwsSettings } from "../clients/aws-settings.js";
import { openS3Client } from "../clients/open-client.js";
import { serviceFailure } from "../clients/service-failure.js";
import { collectDocument, decodeDocument } from "./document-text.js";
import { parseObjectLocation, type ObjectLocation } from "./object-location.js";

/** Makes the function that reads documents from S3, with one client, which is opened for the first. */
export function objectFetcher(bucketOwner: string | undefined, aws: AwsSettings | undefined): (location: string) => Promise<SourceFile> {
  let client: Promise<S3Client> | undefined;
  return async (location) => {
    const object = parseObjectLocation(location);
    const operation: ServiceOperation = { doing: `reading ${quoteInFull(location)}`, bucket: object.bucket, bucketOwner };
    try {
      client ??= openS3Client(aws);
      return decodeDocument(location, await download(await client, location, object, bucketOwner));
    } catch (thrown) {
      throw isImagewrightError(thrown) ? thrown : serviceFailure(thrown, operation);
    }
  };
}

async function download(
  client: S3Client,
  location: string,
  { bucket, key }: ObjectLocation,
  bucketOwner: string | undefined,
): Promise<Uint8Array> {
  const { GetObjectCommand } = await import("@aws-sdk/client-s3");
  const transfer = new AbortController();
  try {
    const input = { Bucket: bucket, Key: key, ExpectedBucketOwner: bucketOwner };
    const answer = await client.send(new GetObjectCommand(input), { abortSignal: transfer.signal });
    // in Node the body is always a readable stream; the SDK's type also includes the browser's kinds
    const body = answer.Body as Readable;
    // the abort below makes the stream fail
    body.once("error", () => undefined);
    return await collectDocument(location, body);
  } finally {
    transfer.abort();
  }
}
