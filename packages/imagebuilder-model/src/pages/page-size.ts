/** The limits for the number of entries per page. Source: API model, `RestrictedInteger`. */
export const [LEAST_RESULTS, MOST_RESULTS] = [1, 25] as const;

/** The number of entries per page for a request: `maxResults` within the limits, or the maximum. */
export function pageSizeOf({ maxResults = MOST_RESULTS }: { readonly maxResults?: number | undefined }): number {
  return Math.min(Math.max(Math.trunc(maxResults), LEAST_RESULTS), MOST_RESULTS);
}
