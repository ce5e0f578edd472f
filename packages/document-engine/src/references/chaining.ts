import type { ComponentDocument } from "../syntax/document.js";
import { StepIndex } from "../syntax/step-index.js";
import { inputItems, walkScalars } from "../syntax/walk.js";
import { settingNodes } from "./check-references.js";
import { hasReferences, parseTemplate, type ChainTarget } from "./template.js";

/** A chaining expression of a document and its target. */
export interface Chain {
  /** The step that contains it. */
  readonly phase: string;
  readonly step: string;
  /** The expression, without the braces. */
  readonly expression: string;
  readonly leadsTo: {
    readonly phase: string;
    readonly step: string;
    readonly side: "inputs" | "outputs";
    /** Which item of the step's inputs, or that the output is taken from all of several. */
    readonly index: number | "all";
    /** The keys and indexes below the item. */
    readonly path: readonly (string | number)[];
  };
}

/** The chaining expressions of a document in the order of its steps, each once per step. */
export function chainsOf(document: ComponentDocument): Chain[] {
  const index = new StepIndex(document);
  return index.all.flatMap(({ step, phase }) => {
    const chains = new Map<string, Chain>();
    for (const node of [step.inputs, ...settingNodes(step)]) {
      walkScalars(node, ({ text }) => {
        for (const { expression, target } of chainTargets(text))
          chains.set(expression, { phase, step: step.name.text, expression, leadsTo: placeOf(target, index) });
      });
    }
    return [...chains.values()];
  });
}

function chainTargets(text: string): { readonly expression: string; readonly target: ChainTarget }[] {
  if (!hasReferences(text)) return [];
  return parseTemplate(text).flatMap((part) =>
    typeof part !== "string" && part.target.kind === "chain" ? [{ expression: part.text, target: part.target }] : [],
  );
}

function placeOf({ phase, step, side, item, path }: ChainTarget, index: StepIndex): Chain["leadsTo"] {
  const found = index.find(phase, step)?.step;
  const isOfAll = item === undefined && side === "outputs" && found !== undefined && inputItems(found).length > 1;
  return { phase, step, side, index: isOfAll ? "all" : (item ?? 0), path };
}
