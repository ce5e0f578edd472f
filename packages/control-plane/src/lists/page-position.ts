import { isImagewrightError } from "@imagewright/diagnostics";
import { ApiError, createPageToken, readPageToken } from "@imagewright/imagebuilder-model";
import type { CallContext } from "../operation-definition.js";

/**
 * Where a list continues: what the token of the page before was made from; undefined for the first page. Throws
 * InvalidPaginationTokenException for a token of another list.
 */
export function positionIn<Position>(context: CallContext, input: { readonly nextToken?: string | undefined }): Position | undefined {
  if (input.nextToken === undefined) return undefined;
  try {
    return JSON.parse(readPageToken(pagedList(context, input), input.nextToken, context.services.pageSecret)) as Position;
  } catch (thrown) {
    if (!isImagewrightError(thrown)) throw thrown;
    throw new ApiError("InvalidPaginationTokenException", `The value supplied for parameter 'nextToken' is not valid. ${thrown.message}.`);
  }
}

/** The token with which a list continues behind a position. */
export function tokenAt(context: CallContext, input: object, position: unknown): string {
  return createPageToken(pagedList(context, input), JSON.stringify(position), context.services.pageSecret);
}

/** A token is for one operation, account, Region and request. */
function pagedList({ operation, caller }: CallContext, input: object) {
  return { operation, input: { ...input, "of the account": caller.account, "in the Region": caller.region } };
}
