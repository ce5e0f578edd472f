import type { InputFault } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import { quotePath } from "../files/show-path.js";

export interface ObjectLocation {
  readonly bucket: string;
  /** Everything after the bucket, as it stands; empty where there is nothing. */
  readonly key: string;
}

/** The schema of the `expectedBucketOwner` input. */
export const bucketOwnerProperty = {
  type: "string",
  pattern: "^[0-9]{12}$",
  patternDescription: "the 12 digits of an account id",
  description: "The account, by the 12 digits of its id, that the bucket must belong to.",
} as const;

/** Takes `s3://bucket/key` apart; undefined for anything else. */
export function parseLocation(location: string): ObjectLocation | undefined {
  const [, bucket, key = ""] = /^s3:\/\/([^/]+)(?:\/(.*))?$/is.exec(location) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

/** The location in an input that `locationFaults` has found nothing wrong with. */
export function locationOf(input: string): ObjectLocation {
  const location = parseLocation(input);
  if (location === undefined) throw new Error("the location was not checked");
  return location;
}

export function showLocation({ bucket, key }: ObjectLocation): string {
  return `s3://${bucket}/${key}`;
}

/** A fault for a text that is no place in S3. */
export function locationFaults(key: string, location: string): InputFault[] {
  if (parseLocation(location) !== undefined) return [];
  return [{ path: [key], message: `${quote(key)} must be s3://BUCKET/KEY; found ${quotePath(location)}` }];
}
