interface Node {
  readonly id: string;
  readonly dependsOn: readonly string[];
}

/**
 * The waves of a graph, as ids: each node is in the first wave after those of its dependencies, so the nodes of a wave can run in parallel
 * and there are as few waves as possible. In the list, dependencies have to come first.
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
