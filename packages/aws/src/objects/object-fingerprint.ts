import type { S3Client } from "@aws-sdk/client-s3";
import { isImagewrightError, quoteInFull } from "@imagewright/diagnostics";
import type { AwsSettings } from "../clients/aws-settings.js";
import { openS3Client } from "../clients/open-client.js";
import { serviceFailure } from "../clients/service-failure.js";
import { parseObjectLocation } from "../documents/object-location.js";

/** Of all objects below a prefix so many pages of a thousand are looked at. */
const MOST_PAGES = 10;

/**
 * A text that changes when an object does, or one below a prefix: `s3://bucket/key` or `s3://bucket/prefix/*`. Rejects with an
 * ImagewrightError.
 */
export async function objectFingerprint(location: string, aws: AwsSettings | undefined, signal: AbortSignal): Promise<string> {
  const { bucket, key } = parseObjectLocation(location);
  const client = await openS3Client(aws);
  try {
    return key.endsWith("/*") || key === "*"
      ? await fingerprintBelow(client, { bucket, prefix: key.slice(0, -1) }, signal)
      : await fingerprintOf(client, { bucket, key }, signal);
  } catch (thrown) {
    throw isImagewrightError(thrown) ? thrown : serviceFailure(thrown, { doing: `looking at ${quoteInFull(location)}`, bucket });
  } finally {
    client.destroy();
  }
}

async function fingerprintOf(
  client: S3Client,
  { bucket, key }: { bucket: string; key: string },
  abortSignal: AbortSignal,
): Promise<string> {
  const { HeadObjectCommand } = await import("@aws-sdk/client-s3");
  const { ETag = "", ContentLength = 0 } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal });
  return `${ETag} ${ContentLength}`;
}

async function fingerprintBelow(
  client: S3Client,
  { bucket, prefix }: { bucket: string; prefix: string },
  abortSignal: AbortSignal,
): Promise<string> {
  const { ListObjectsV2Command } = await import("@aws-sdk/client-s3");
  const found: string[] = [];
  let ContinuationToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const input = { Bucket: bucket, Prefix: prefix, ...(ContinuationToken !== undefined && { ContinuationToken }) };
    const { Contents = [], NextContinuationToken } = await client.send(new ListObjectsV2Command(input), { abortSignal });
    found.push(...Contents.map(({ Key = "", ETag = "" }) => `${Key} ${ETag}`));
    ContinuationToken = NextContinuationToken;
    if (ContinuationToken === undefined) break;
  }
  return found.join("\n");
}
