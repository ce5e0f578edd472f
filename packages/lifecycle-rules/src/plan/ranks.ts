/** The place of each image among those of its group, 1 for the newest; 0 for an image that is in none. */
export type Ranks = Int32Array;

/** What counts an image: nothing, its group, or its group as one that cannot be used. */
export const Counted = { NOT: 0, USABLE: 1, DISABLED: 2 } as const;

/**
 * Counts the images of each group from the newest on. A disabled image does not count for others that are not disabled: "keep the
 * newest" has to leave one that can be used. It has its own place among all.
 *
 * `order` has the images that are counted. The group of an image is that of its recipe version: `groupOf` has the group of each version.
 */
export function rankImages(order: Int32Array, counted: Uint8Array, versionOf: Int32Array, groupOf: Int32Array): Ranks {
  const ranks = new Int32Array(counted.length);
  const [all, usable] = [new Int32Array(groupOf.length), new Int32Array(groupOf.length)];
  for (let place = 0; place < order.length; place++) {
    const position = order[place] as number;
    const group = groupOf[versionOf[position] as number] as number;
    all[group] = (all[group] as number) + 1;
    if (counted[position] === Counted.USABLE) ranks[position] = usable[group] = (usable[group] as number) + 1;
    else ranks[position] = all[group];
  }
  return ranks;
}
