import { awsError } from "../errors.js";

export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
}

/** Whether a location asks for an object in S3, well formed or not. */
export function isObjectLocation(location: string): boolean {
  return /^s3:/i.test(location);
}

/** Takes `s3://bucket/key` apart; the key is everything after the bucket, as it stands. Throws for anything else. */
export function parseObjectLocation(location: string): ObjectLocation {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/is.exec(location) ?? [];
  if (bucket === undefined || key === undefined) throw awsError("not-an-object-location", { location });
  return { bucket, key };
}
