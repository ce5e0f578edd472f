import { isAbsolute, join, relative } from "node:path";

/** Whether a document is in S3 or in the service rather than in a file. */
export function isAddress(location: string): boolean {
  return /^(s3|arn):/i.test(location);
}

/** A location relative to the current folder; relative paths in the recipe start at its folder. */
export function resolveLocation(location: string, folder: string): string {
  if (isAddress(location) || isAbsolute(location)) return location;
  const path = join(folder, location);
  return isAbsolute(path) ? path : relative("", path) || path;
}
