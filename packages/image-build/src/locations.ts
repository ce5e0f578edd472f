import { isAbsolute, join, relative } from "node:path";

/** Whether a document is in S3 or with the service, and not in a file. */
export function isAddress(location: string): boolean {
  return /^(s3|arn):/i.test(location);
}

/** A location as a person at the current folder would write it; relative paths start at the folder. */
export function resolveLocation(location: string, folder: string): string {
  if (isAddress(location) || isAbsolute(location)) return location;
  const path = join(folder, location);
  return isAbsolute(path) ? path : relative("", path) || path;
}
