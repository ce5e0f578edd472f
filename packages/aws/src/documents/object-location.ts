import { awsError } from "../errors.js";

export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
}

/** Whether a location is written as an address in S3, well-formed or not. */
export function isObjectLocation(location: string): boolean {
  return /^s3:/i.test(location);
}

/** Parses `s3://bucket/key`; the key is everything after the bucket, unchanged. Throws for anything else. */
export function parseObjectLocation(location: string): ObjectLocation {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/is.exec(location) ?? [];
  if (bucket === undefined || key === undefined) throw awsError("not-an-object-location", { location });
  return { bucket, key };
}
