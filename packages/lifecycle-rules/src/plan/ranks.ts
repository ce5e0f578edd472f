/** The rank of each image in its group, 1 for the newest; 0 for an image in no group. */
export type Ranks = Int32Array;

/** How an image is counted: not at all, as usable, or as disabled. */
export const Counted = { NOT: 0, USABLE: 1, DISABLED: 2 } as const;

/**
 * Ranks the images of each group, the newest first. Disabled images do not count for the rank of usable ones, because "keep the newest" has
 * to leave usable images; a disabled image is ranked among all.
 *
 * `order` has the positions of the images that are counted, the newest first; `groupOf` has the group of each recipe version.
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
