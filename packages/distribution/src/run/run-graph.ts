import type { Durability, Recordable } from "@imagewright/durability";

/** A node of a graph; dependencies come first in a list of nodes. */
export interface GraphNode {
  readonly id: string;
  readonly dependsOn: readonly string[];
}

export interface GraphRun<End> {
  readonly durability: Durability;
  /** How many nodes run side by side. */
  readonly atOnce: number;
  /** Is told the end of each node; of an execution that is continued, those of earlier processes too. */
  readonly onEnd?: ((end: End) => void) | undefined;
}

const LONGEST_KEY = 200;

/** Runs one node, given how those that it depends on have ended. */
export type RunNode<Node, End> = (node: Node, durability: Durability, ends: ReadonlyMap<string, End>) => Promise<End>;

/**
 * Runs the nodes of a graph, each in a branch of its own, as soon as those that it depends on have ended. What has ended is not run again
 * when the execution is continued. Rejects only if a node does, and after all have ended.
 */
export async function runGraph<Node extends GraphNode, End extends Recordable<End>>(
  nodes: readonly Node[],
  { durability, atOnce, onEnd }: GraphRun<End>,
  run: RunNode<Node, End>,
): Promise<readonly End[]> {
  const ends = new Map<string, End>();
  const started = new Map<string, Promise<End>>();
  const places = new Places(atOnce);
  for (const [position, node] of nodes.entries()) {
    const before = node.dependsOn.flatMap((id) => started.get(id) ?? []);
    const body = async (branch: Durability) => {
      await Promise.all(before);
      return places.use(() => run(node, branch, ends));
    };
    const end = durability.branch(`${position + 1} ${node.id}`.slice(0, LONGEST_KEY), body);
    started.set(
      node.id,
      end.then((value) => {
        ends.set(node.id, value);
        onEnd?.(value);
        return value;
      }),
    );
  }
  const settled = await Promise.allSettled(started.values());
  const rejected = settled.find((one) => one.status === "rejected");
  if (rejected !== undefined) throw rejected.reason;
  return settled.map((one) => (one as PromiseFulfilledResult<End>).value);
}

/** So many run at the same time; the others wait in turn. */
class Places {
  readonly #waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async use<Result>(body: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await body();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }
}
