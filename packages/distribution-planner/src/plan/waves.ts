interface Node {
  readonly id: string;
  readonly dependsOn: readonly string[];
}

/**
 * What can run in parallel: each wave holds the operations whose dependencies are all in earlier waves, so that the
 * number of waves is the smallest possible. The list has to be in an order in which dependencies come first.
 */
export function wavesOf(nodes: readonly Node[]): string[][] {
  const level = new Map<string, number>();
  const waves: string[][] = [];
  for (const { id, dependsOn } of nodes) {
    let wave = 0;
    for (const dependency of dependsOn) wave = Math.max(wave, (level.get(dependency) ?? -1) + 1);
    level.set(id, wave);
    (waves[wave] ??= []).push(id);
  }
  return waves;
}
