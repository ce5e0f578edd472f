import type { Listed } from "../lists/resource-query.js";

/** The dates of a resource that can be updated. */
export function datesOf({ created_at, updated_at }: Listed): { dateCreated: string; dateUpdated?: string } {
  return { dateCreated: created_at.toISOString(), ...(updated_at === null ? {} : { dateUpdated: updated_at.toISOString() }) };
}
