import { createHash } from "node:crypto";

/** The id of the machine that a launch with this owner and token gives. */
export function machineId(owner: string, token: string): string {
  return `imagewright-${digestOf(owner, token)}`;
}

/** The temporary name of the image that `createImage` makes with this owner and token. */
export function temporaryImageName(owner: string, token: string): string {
  return `localhost/imagewright/unkept:${digestOf(owner, token)}`;
}

/** The id of the job that a start with this token gives; it is the name of its folder. */
export function jobId(token: string): string {
  return `job-${digestOf(token)}`;
}

function digestOf(...texts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 24);
}
