import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import { hasReferences, parseTemplate, type ChainTarget } from "../references/template.js";
import type { StepIndex } from "../syntax/step-index.js";
import { childOf, inputItems, walkScalars } from "../syntax/walk.js";

/** A reference that needs the outputs of another phase. */
export interface PhaseNeed {
  readonly ordinal: number;
  readonly needed: string;
}

/**
 * Which references need the outputs of certain phases, directly or through the inputs of other steps. It has to be called for all
 * scalars in the order of the document: each result is based on previous ones, so that long chains of references take no more time than
 * short ones.
 */
export class PhaseNeeds {
  readonly #needs = new Map<ScalarNode, readonly PhaseNeed[]>();
  readonly #ofNode = new Map<ValueNode, string | undefined>();

  constructor(
    private readonly index: StepIndex,
    private readonly left: ReadonlySet<string>,
  ) {}

  ofScalar(scalar: ScalarNode): readonly PhaseNeed[] {
    const needs = chainsOf(scalar).flatMap(({ target, ordinal }): PhaseNeed[] => {
      const needed = target.side === "outputs" ? target.phase : this.#ofInput(target);
      return needed !== undefined && this.left.has(needed) ? [{ ordinal, needed }] : [];
    });
    this.#needs.set(scalar, needs);
    return needs;
  }

  #ofInput(target: ChainTarget): string | undefined {
    const step = this.index.find(target.phase, target.step)?.step;
    let node = step === undefined ? undefined : inputItems(step)[target.item ?? 0];
    for (const key of target.path) node = childOf(node, key);
    if (node === undefined) return undefined;
    if (!this.#ofNode.has(node)) this.#ofNode.set(node, this.#firstNeedIn(node));
    return this.#ofNode.get(node);
  }

  #firstNeedIn(node: ValueNode): string | undefined {
    let first: string | undefined;
    // a scalar that has not been visited belongs to a later step, which no valid reference leads to
    walkScalars(node, (scalar) => (first ??= this.#needs.get(scalar)?.[0]?.needed));
    return first;
  }
}

function chainsOf({ text }: ScalarNode): { readonly target: ChainTarget; readonly ordinal: number }[] {
  if (!hasReferences(text)) return [];
  return parseTemplate(text).flatMap((part) =>
    typeof part !== "string" && part.target.kind === "chain" ? [{ target: part.target, ordinal: part.ordinal }] : [],
  );
}
