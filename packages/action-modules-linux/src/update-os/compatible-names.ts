/**
 * Finds out which of the packages can be updated although others are excluded: those whose update does not touch an excluded one.
 * `isClean` tells whether the update of all the given packages together is possible and leaves the excluded ones alone. Packages that are
 * given together stay together where they can; a package that conflicts is found by halving.
 */
export async function compatibleNames(
  names: readonly string[],
  isClean: (names: readonly string[]) => Promise<boolean>,
): Promise<readonly string[]> {
  const kept: string[] = [];
  const add = async (part: readonly string[]): Promise<void> => {
    if (part.length === 0) return;
    if (await isClean([...kept, ...part])) kept.push(...part);
    else if (part.length > 1) {
      const middle = part.length >> 1;
      await add(part.slice(0, middle));
      await add(part.slice(middle));
    }
  };
  await add(names);
  return kept;
}
