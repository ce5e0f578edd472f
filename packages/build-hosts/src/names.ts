import { createHash } from "node:crypto";
import { buildHostError } from "./errors.js";

const TEMPORARY = "localhost/imagewright/unkept:";

/** Why an engine would read a name as a flag, or as several words; undefined if it would not. The engine judges the rest. */
export function whyNotImageName(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (name.startsWith("-")) return 'it begins with "-"';
  return /[\s\p{Cc}]/u.test(name) ? "it has a blank or a control character" : undefined;
}

/** Errors: image-name-invalid. */
export function requireImageName(name: string): void {
  const reason = whyNotImageName(name);
  if (reason !== undefined) throw buildHostError("image-name-invalid", { name, reason });
}

/** The id of the machine that a launch with this owner and token gives. */
export function machineId(owner: string, token: string): string {
  return `imagewright-${digestOf(owner, token)}`;
}

/** The temporary name of the image that `createImage` makes with this owner and token. */
export function temporaryImageName(owner: string, token: string): string {
  return `${TEMPORARY}${digestOf(owner, token)}`;
}

/** The last part of a name that `temporaryImageName` has given; undefined for any other. */
export function temporaryImageId(name: string): string | undefined {
  const id = name.startsWith(TEMPORARY) ? name.slice(TEMPORARY.length) : "";
  return /^[0-9a-f]{24}$/.test(id) ? id : undefined;
}

/** The id of the job that a start with this token gives; it is the name of its folder. */
export function jobId(token: string): string {
  return `job-${digestOf(token)}`;
}

function digestOf(...texts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 24);
}
