import type { InputFault } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import { quotePath } from "../files/show-path.js";

export interface ObjectLocation {
  readonly bucket: string;
  /** Everything after the bucket, unchanged; may be empty. */
  readonly key: string;
}

/** The schema of the `expectedBucketOwner` input. */
export const bucketOwnerProperty = {
  type: "string",
  pattern: "^[0-9]{12}$",
  patternDescription: "the 12 digits of an account id",
  description: "The account that must own the bucket, by its id of 12 digits.",
} as const;

/** Parses `s3://bucket/key`; undefined for anything else. */
export function parseLocation(location: string): ObjectLocation | undefined {
  const [, bucket, key = ""] = /^s3:\/\/([^/]+)(?:\/(.*))?$/is.exec(location) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

/** The location in an input without `locationFaults`. */
export function locationOf(input: string): ObjectLocation {
  const location = parseLocation(input);
  if (location === undefined) throw new Error("the location was not checked");
  return location;
}

export function showLocation({ bucket, key }: ObjectLocation): string {
  return `s3://${bucket}/${key}`;
}

/** A fault for a text that is not a location in S3. */
export function locationFaults(key: string, location: string): InputFault[] {
  if (parseLocation(location) !== undefined) return [];
  return [{ path: [key], message: `${quote(key)} must be s3://BUCKET/KEY; found ${quotePath(location)}` }];
}
