/**
 * Finds the packages that can be updated although others are excluded: those whose update does not touch an excluded one.
 * `isClean` says whether the given packages can be updated together without touching the excluded ones. Packages that are
 * given together stay together if possible; a package that conflicts is found by bisection.
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
