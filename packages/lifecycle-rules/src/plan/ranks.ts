/** The place of each image among those of its group, 1 for the newest; 0 for an image that is in none. */
export type Ranks = Int32Array;

/** What counts an image: nothing, its group, or its group as one that cannot be used. */
export const Counted = { NOT: 0, USABLE: 1, DISABLED: 2 } as const;

/**
 * Counts the images of each group from the newest on. A disabled image does not count for others that are not disabled: "keep the
 * newest" has to leave one that can be used. It has its own place among all.
 */
export function rankImages(order: Int32Array, counted: Uint8Array, groupOf: Int32Array, groups: number): Ranks {
  const ranks = new Int32Array(order.length);
  const [all, usable] = [new Int32Array(groups), new Int32Array(groups)];
  for (const position of order) {
    if (counted[position] === Counted.NOT) continue;
    const group = groupOf[position] as number;
    all[group] = (all[group] as number) + 1;
    if (counted[position] === Counted.USABLE) ranks[position] = usable[group] = (usable[group] as number) + 1;
    else ranks[position] = all[group] as number;
  }
  return ranks;
}
