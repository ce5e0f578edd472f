import type { Diagnostic } from "@imagewright/diagnostics";
import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import { settingNodes } from "../references/check-references.js";
import { referencesIn, type ChainTarget } from "../references/template.js";
import type { ComponentDocument } from "../syntax/document.js";
import { StepIndex } from "../syntax/step-index.js";
import { inputItems, walkScalars } from "../syntax/walk.js";

/** The faults of resolved values, without those that come from an input of another step in which a fault has been found already. */
export function withoutInherited(faults: readonly Diagnostic[], document: ComponentDocument, found: readonly Diagnostic[]): Diagnostic[] {
  const errors = found.filter(({ severity }) => severity === "error").map(({ span }) => span.start);
  if (faults.length === 0 || errors.length === 0) return [...faults];
  const { scalars } = new Inheriting(new StepIndex(document), new Places(errors));
  if (scalars.size === 0) return [...faults];
  const places = new Places([...scalars].map(({ span }) => span.start));
  const ends = new Map([...scalars].map(({ span }) => [span.start, span.end]));
  return faults.filter(({ span }) => {
    const before = places.lastUpTo(span.start);
    return before === undefined || (ends.get(before) ?? 0) < span.start;
  });
}

/** The scalars whose value comes from an input with a fault, directly or through others. */
class Inheriting {
  readonly scalars = new Set<ScalarNode>();

  constructor(
    private readonly index: StepIndex,
    private readonly errors: Places,
  ) {
    for (const { step } of index.all)
      for (const node of [step.inputs, ...settingNodes(step)])
        walkScalars(node, (scalar) => {
          if (this.#targetsOf(scalar).some((target) => this.#isFaulty(target))) this.scalars.add(scalar);
        });
  }

  #targetsOf(scalar: ScalarNode): ChainTarget[] {
    return (referencesIn(scalar) ?? []).flatMap((part) =>
      typeof part !== "string" && part.target.kind === "chain" && part.target.side === "inputs" ? [part.target] : [],
    );
  }

  #isFaulty({ phase, step, item, path }: ChainTarget): boolean {
    const located = this.index.find(phase, step)?.step;
    let node: ValueNode | undefined = located === undefined ? undefined : inputItems(located)[item ?? 0];
    for (const key of path) {
      if (node?.kind === "mapping") {
        const entry = node.entries.find((candidate) => candidate.key.text === String(key));
        if (entry !== undefined && this.errors.hasWithin(entry.key.span.start, entry.value.span.end)) return true;
        node = entry?.value;
      } else node = node?.kind === "sequence" ? node.items[Number(key)] : undefined;
    }
    let isFaulty = false;
    walkScalars(node, (scalar) => (isFaulty ||= this.scalars.has(scalar)));
    return isFaulty;
  }
}

/** Offsets, searched for those in a range. */
class Places {
  readonly #offsets: readonly number[];

  constructor(offsets: readonly number[]) {
    this.#offsets = [...offsets].sort((a, b) => a - b);
  }

  hasWithin(start: number, end: number): boolean {
    const last = this.lastUpTo(end);
    return last !== undefined && last >= start;
  }

  lastUpTo(offset: number): number | undefined {
    let [low, high] = [0, this.#offsets.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#offsets[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.#offsets[low - 1];
  }
}
