import { randomUUID } from "node:crypto";

/** A unique name for a machine. */
export function machineName(): string {
  return `imagewright-${randomUUID()}`;
}

/** A temporary name for a committed image. */
export function committedName(): string {
  return `localhost/imagewright/committed:${randomUUID()}`;
}
