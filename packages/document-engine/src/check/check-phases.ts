import { quote, type Diagnostic, type Span } from "@imagewright/diagnostics";
import type { ScalarNode } from "@imagewright/yaml-syntax";
import { settingNodes } from "../references/check-references.js";
import { placeOfReference } from "../references/place.js";
import type { ComponentDocument, Phase, Step } from "../syntax/document.js";
import { StepIndex } from "../syntax/step-index.js";
import { walkScalars } from "../syntax/walk.js";
import { PhaseNeeds } from "./phase-needs.js";

/** The phases of the stage in which Image Builder builds an image, and that of the stage in which it tests it on another machine. */
const BUILD_STAGE: ReadonlySet<string> = new Set(["build", "validate"]);
const TEST_STAGE = "test";

/** The selected phases of a document, in the order of the document; all if none are given. */
export function selectPhases(document: ComponentDocument, names: readonly string[] | undefined): readonly Phase[] {
  return names === undefined ? document.phases : document.phases.filter((phase) => names.includes(phase.name.text));
}

/** Reports references to outputs of phases that this run excludes: they are not known when the step runs. */
export function checkPhaseSelection(document: ComponentDocument, names: readonly string[] | undefined): Diagnostic[] {
  const selected = new Set(selectPhases(document, names).map((phase) => phase.name.text));
  const left = new Set(document.phases.map((phase) => phase.name.text).filter((name) => !selected.has(name)));
  return referencesBetween(document, (name) => selected.has(name), left).map(({ span, from, needed }) => {
    const isTest = from === TEST_STAGE && BUILD_STAGE.has(needed);
    return {
      code: "phase-not-run",
      severity: "error",
      span,
      message: `the reference leads to phase ${quote(needed)}, which is not part of this run${isTest ? `; phase "test" of an image runs on another machine` : ""}`,
      ...(isTest ? { help: otherWays(needed) } : {}),
    };
  });
}

/** Warns of references from the phase `test` to outputs of the stage before it, which works only where all phases run on one machine. */
export function checkStages(document: ComponentDocument): Diagnostic[] {
  return referencesBetween(document, (name) => name === TEST_STAGE, BUILD_STAGE).map(({ span, needed }) => ({
    code: "phase-on-other-machine",
    severity: "warning",
    span,
    message: `phase "test" of an image runs on another machine than phase ${quote(needed)}, so this reference fails there`,
    help: otherWays(needed),
  }));
}

function otherWays(needed: string): string {
  return `write the value to a file in phase ${quote(needed)} and read it in phase "test", or compute it again`;
}

interface PhaseReference {
  readonly span: Span;
  /** The phase that has the reference, and the one whose outputs it needs. */
  readonly from: string;
  readonly needed: string;
}

function referencesBetween(document: ComponentDocument, isFrom: (name: string) => boolean, to: ReadonlySet<string>): PhaseReference[] {
  if (to.size === 0 || !document.phases.some(({ name }) => isFrom(name.text))) return [];
  const needs = new PhaseNeeds(new StepIndex(document), to);
  const found: PhaseReference[] = [];
  for (const phase of document.phases)
    for (const scalar of phase.steps.flatMap(scalarsOf)) {
      const from = phase.name.text;
      // all scalars have to be visited
      const missing = needs.ofScalar(scalar);
      if (isFrom(from)) for (const { ordinal, needed } of missing) found.push({ span: placeOfReference(scalar, ordinal), from, needed });
    }
  return found;
}

function scalarsOf(step: Step): ScalarNode[] {
  const scalars: ScalarNode[] = [];
  for (const node of [step.inputs, ...settingNodes(step)]) walkScalars(node, (scalar) => scalars.push(scalar));
  return scalars;
}
