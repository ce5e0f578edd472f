import { pageSizeOf } from "@imagewright/imagebuilder-model";
import type { CallContext } from "../operation-definition.js";
import { tokenAt } from "./page-position.js";

/** The input of a list with pages. */
export interface PagedInput {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** How many rows a query for a page fetches: one more than it shows, to know whether there is another page. */
export function rowsToFetch(input: PagedInput): number {
  return pageSizeOf(input) + 1;
}

/** A page of the rows that a query found, and the token of the next one, made of the position of its last row. */
export function pageOf<Row>(
  context: CallContext,
  input: PagedInput,
  found: readonly Row[],
  position: (row: Row) => unknown,
): { readonly rows: readonly Row[]; readonly nextToken?: string } {
  const size = pageSizeOf(input);
  const last = found.length > size ? found[size - 1] : undefined;
  return last === undefined ? { rows: found } : { rows: found.slice(0, size), nextToken: tokenAt(context, input, position(last)) };
}
