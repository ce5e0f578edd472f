import { DiagnosticCollector, quote, type Diagnostic } from "@imagewright/diagnostics";
import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import { placeOfReference } from "../references/place.js";
import { settingNodes } from "../references/check-references.js";
import { hasReferences, parseTemplate, type ChainTarget } from "../references/template.js";
import type { ComponentDocument, Phase, Step } from "../syntax/document.js";
import { StepIndex } from "../syntax/step-index.js";
import { childOf, inputItems, walkScalars } from "../syntax/walk.js";

/** The selected phases of a document, in the order of the document; all if none are given. */
export function selectPhases(document: ComponentDocument, names: readonly string[] | undefined): readonly Phase[] {
  return names === undefined ? document.phases : document.phases.filter((phase) => names.includes(phase.name.text));
}

/** Reports references to outputs of phases that this run excludes: they are not known when the step runs. */
export function checkPhaseSelection(document: ComponentDocument, names: readonly string[] | undefined): Diagnostic[] {
  const found = new DiagnosticCollector();
  const selected = selectPhases(document, names);
  const left = new Set(document.phases.filter((phase) => !selected.includes(phase)).map((phase) => phase.name.text));
  if (left.size === 0) return [];
  const needs = new PhaseNeeds(new StepIndex(document), left);
  for (const phase of document.phases) {
    for (const step of phase.steps) {
      for (const scalar of scalarsOf(step)) {
        const missing = needs.ofScalar(scalar);
        if (!left.has(phase.name.text))
          for (const { ordinal, needed } of missing)
            found.error(
              "phase-not-run",
              placeOfReference(scalar, ordinal),
              `the reference leads to phase ${quote(needed)}, which is not part of this run`,
            );
      }
    }
  }
  return found.diagnostics;
}

function scalarsOf(step: Step): ScalarNode[] {
  const scalars: ScalarNode[] = [];
  for (const node of [step.inputs, ...settingNodes(step)]) walkScalars(node, (scalar) => scalars.push(scalar));
  return scalars;
}

/** A reference that needs the outputs of a phase that does not run. */
interface Need {
  readonly ordinal: number;
  readonly needed: string;
}

/**
 * Which references need the outputs of phases that do not run, directly or through the inputs of other steps. It has to be called for all
 * scalars in the order of the document: each result is based on previous ones, so that long chains of references take no more time than
 * short ones.
 */
class PhaseNeeds {
  readonly #needs = new Map<ScalarNode, readonly Need[]>();
  readonly #ofNode = new Map<ValueNode, string | undefined>();

  constructor(
    private readonly index: StepIndex,
    private readonly left: ReadonlySet<string>,
  ) {}

  ofScalar(scalar: ScalarNode): readonly Need[] {
    const needs = chainsOf(scalar).flatMap(({ target, ordinal }): Need[] => {
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
