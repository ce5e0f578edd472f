import { ReferenceFaults, type Diagnostic, type DiagnosticCollector } from "@imagewright/diagnostics";
import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import type { CheckedFor } from "../check/checked-document.js";
import type { ComponentDocument, Step } from "../syntax/document.js";
import { StepIndex, type LocatedStep } from "../syntax/step-index.js";
import { walkScalars } from "../syntax/walk.js";
import { foreignTemplates } from "./foreign-braces.js";
import { placeOfReference } from "./place.js";
import { ReferenceChecker, type StepPart } from "./reference-checker.js";
import { referencesIn } from "./template.js";
import { UnclosedReferences } from "./unclosed-references.js";

/** Reports every reference in a document to an unknown name, to a later step, or to a missing input or output, and those never closed. */
export function checkReferences(document: ComponentDocument, checkedFor: CheckedFor, found: DiagnosticCollector): void {
  const index = new StepIndex(document);
  const variables = new Set([...document.constants, ...document.parameters].map(({ name }) => name.text));
  const scalars = new ScalarChecker(new ReferenceChecker(document, index, checkedFor, variables), document, variables);
  const faults = new ReferenceFaults();
  for (const located of index.all) {
    const { step } = located;
    const ofStep: Diagnostic[] = [];
    walkScalars(step.inputs, (scalar) => ofStep.push(...scalars.faultsIn(scalar, located, "inputs")));
    for (const node of settingNodes(step)) walkScalars(node, (scalar) => ofStep.push(...scalars.faultsIn(scalar, located, "settings")));
    for (const fault of withoutSecondOfLoop(ofStep, step)) faults.add(fault);
  }
  found.add(faults.all);
}

/** A step that lacks its loop refers to it by its name and without: the name says more. */
function withoutSecondOfLoop(faults: readonly Diagnostic[], { loop }: Step): readonly Diagnostic[] {
  const isNamed = loop === undefined && faults.some(({ message }) => message.startsWith("unknown loop "));
  return isNamed ? faults.filter(({ code }) => code !== "loop-not-running") : faults;
}

class ScalarChecker {
  readonly #unclosed: UnclosedReferences;

  constructor(
    private readonly checker: ReferenceChecker,
    document: ComponentDocument,
    private readonly variables: ReadonlySet<string>,
  ) {
    this.#unclosed = new UnclosedReferences(document, variables);
  }

  faultsIn(scalar: ScalarNode, from: LocatedStep, part: StepPart): Diagnostic[] {
    if (!scalar.text.includes("{{")) return [];
    const parts = referencesIn(scalar) ?? [];
    const templates = foreignTemplates(parts, this.variables);
    const faults = parts.flatMap((reference): Diagnostic[] => {
      if (typeof reference === "string") return [];
      const template = templates.get(reference);
      const span = placeOfReference(scalar, reference.ordinal);
      if (template === undefined) return this.checker.faultsOf(reference, from, part).map((fault) => ({ ...fault, span }));
      if (template.first !== reference) return [];
      return [{ ...this.checker.faultOfForeign(template), span: { ...span, end: placeOfReference(scalar, template.last.ordinal).end } }];
    });
    return [...faults, ...this.#unclosed.in(scalar)];
  }
}

/** The parts of a step besides its inputs that may contain references: the condition, and the loop's values. */
export function settingNodes({ condition, loop }: Step): readonly ValueNode[] {
  const looped =
    loop === undefined || loop.values.kind === "range" ? [] : loop.values.kind === "list" ? loop.values.items : [loop.values.list];
  return [...(condition === undefined ? [] : [condition.node]), ...looped];
}
