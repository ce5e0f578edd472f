import { randomUUID } from "node:crypto";

/** A name for a machine that no other has. */
export function machineName(): string {
  return `imagewright-${randomUUID()}`;
}

/** A name for an image that has been committed and not been kept yet. */
export function committedName(): string {
  return `localhost/imagewright/committed:${randomUUID()}`;
}
