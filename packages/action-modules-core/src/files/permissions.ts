import type { PropertySchema } from "@imagewright/action-contract";
import { actionError } from "../errors.js";

const ALLOWED = "three or four octal digits, such as 0644 or 755";
const PATTERN = "^0?[0-7]{3,4}$";

/** The schema of a `permissions` input with the given description. */
export function permissionsProperty(description: string) {
  return { type: "string", pattern: PATTERN, patternDescription: ALLOWED, description } as const satisfies PropertySchema;
}

/** Permissions as a document writes them, in octal with or without a leading zero; four digits set the special bits too (4755). */
export function parsePermissions(permissions: string): number {
  if (!new RegExp(PATTERN).test(permissions)) throw actionError("invalid-permissions", { permissions, allowed: ALLOWED });
  return Number.parseInt(permissions, 8);
}
