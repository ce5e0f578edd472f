import { DiagnosticCollector, quote, type Diagnostic } from "@imagewright/diagnostics";
import type { ScalarNode } from "@imagewright/yaml-syntax";
import { placeOfReference } from "../references/place.js";
import { settingNodes } from "../references/check-references.js";
import { hasReferences, parseTemplate, type ChainTarget } from "../references/template.js";
import type { ComponentDocument, Phase } from "../syntax/document.js";
import { StepIndex } from "../syntax/step-index.js";
import { childOf, inputItems, walkScalars } from "../syntax/walk.js";

/** The phases of a document that a run takes, in the order of the document; all of them where none are named. */
export function selectPhases(document: ComponentDocument, names: readonly string[] | undefined): readonly Phase[] {
  return names === undefined ? document.phases : document.phases.filter((phase) => names.includes(phase.name.text));
}

/** Reports references to outputs of phases that this run leaves out: they cannot be known when the step runs. */
export function checkPhaseSelection(document: ComponentDocument, names: readonly string[] | undefined): Diagnostic[] {
  const found = new DiagnosticCollector();
  const selected = selectPhases(document, names);
  const left = new Set(document.phases.filter((phase) => !selected.includes(phase)).map((phase) => phase.name.text));
  if (left.size === 0) return [];
  const index = new StepIndex(document);
  for (const step of selected.flatMap((phase) => phase.steps)) {
    for (const node of [step.inputs, ...settingNodes(step)]) {
      walkScalars(node, (scalar) => {
        for (const { target, ordinal } of chainsOf(scalar)) {
          const phase = phaseNotRun(target, left, index);
          if (phase === undefined) continue;
          found.error("phase-not-run", placeOfReference(scalar, ordinal), `the reference leads to phase ${quote(phase)}, which is not part of this run`);
        }
      });
    }
  }
  return found.diagnostics;
}

function chainsOf({ text }: ScalarNode): { readonly target: ChainTarget; readonly ordinal: number }[] {
  if (!hasReferences(text)) return [];
  return parseTemplate(text).flatMap((part) => (typeof part !== "string" && part.target.kind === "chain" ? [{ target: part.target, ordinal: part.ordinal }] : []));
}

/** The phase whose outputs a reference needs, directly or through the inputs of another step, though it does not run. */
function phaseNotRun(target: ChainTarget, left: ReadonlySet<string>, index: StepIndex): string | undefined {
  if (target.side === "outputs") return left.has(target.phase) ? target.phase : undefined;
  const step = index.find(target.phase, target.step)?.step;
  let node = step === undefined ? undefined : inputItems(step)[target.item ?? 0];
  for (const key of target.path) node = childOf(node, key);
  let phase: string | undefined;
  // references lead to earlier steps only, so this comes to an end
  walkScalars(node, (scalar) => {
    for (const inner of chainsOf(scalar)) phase ??= isEarlier(inner.target, target, index) ? phaseNotRun(inner.target, left, index) : undefined;
  });
  return phase;
}

function isEarlier(inner: ChainTarget, outer: ChainTarget, index: StepIndex): boolean {
  const [first, second] = [inner, outer].map(({ phase, step }) => index.find(phase, step)?.order ?? Infinity);
  return first !== undefined && second !== undefined && first < second;
}
