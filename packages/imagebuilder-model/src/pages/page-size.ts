/** How many entries a page may have. Source: API model, `RestrictedInteger`. */
export const [LEAST_RESULTS, MOST_RESULTS] = [1, 25] as const;

/** How many entries the page of a request has: what it asks for, kept within the limits, or the most. */
export function pageSizeOf({ maxResults = MOST_RESULTS }: { readonly maxResults?: number | undefined }): number {
  return Math.min(Math.max(Math.trunc(maxResults), LEAST_RESULTS), MOST_RESULTS);
}
