import { checkCondition } from "@imagewright/conditions";
import { DiagnosticCollector, type Diagnostic } from "@imagewright/diagnostics";
import { toPlain, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";
import { settingNodes } from "../references/check-references.js";
import { hasLoopReference } from "../references/loop-references.js";
import { hasAnyReference, KnownValues, type KnownFault, type LoopPlace } from "../references/known-values.js";
import { referencesIn } from "../references/template.js";
import type { ComponentDocument, Condition, Step } from "../syntax/document.js";
import { DECISION_KEYS } from "../syntax/read-condition.js";
import { StepIndex, type LocatedStep } from "../syntax/step-index.js";
import { inputItems, walkScalars } from "../syntax/walk.js";
import type { CheckedFor } from "./checked-document.js";
import { checkItem } from "./check-item.js";
import { describeKnownFault, FAULTS_OF_FORM, inIteration, withOrigin } from "./known-faults.js";
import { kindFaults } from "./kind-faults.js";
import { contractsOf, faultsOnPlatforms, type PlatformContract } from "./on-platforms.js";
import { hasNoIterations, knownIterations, type KnownIterations } from "./known-iterations.js";
import { placeFault } from "./place-fault.js";
import { conditionOutcome, type ConditionOutcome } from "./condition-outcome.js";
import { writeOut, type WrittenOut } from "./write-out.js";

/**
 * Follows the references of a document as far as the values are known, and reports the faults of the resolved values that are not in the
 * document as written: kinds of values, the action's own rules, conditions, iterations of loops. A fault is reported at the reference.
 * A fault in a step that `if` or an empty loop may skip is a warning.
 */
export function checkKnownValues(document: ComponentDocument, options: CheckedFor, variables: ReadonlyMap<string, string>): Diagnostic[] {
  const checker = new KnownValuesChecker(document, options, variables);
  for (const located of checker.index.all) checker.check(located);
  return checker.found.diagnostics;
}

// references can double a text at every step, and loops repeat it: the total size of expanded values is bounded by the size of the document
const CHARACTERS_AT_LEAST = 1_000_000;
const CHARACTERS_PER_CHARACTER = 16;
const MOST_ITERATIONS = 10_000;

/** Whether the step reaches the checked part, as far as known: a fault there is an error, a warning or nothing. */
type Reached = "always" | "perhaps" | "never";

class KnownValuesChecker {
  readonly index: StepIndex;
  readonly found = new DiagnosticCollector();
  readonly #values: KnownValues;
  readonly #withoutOutputs = new Map<string, string>();
  #reached: Reached = "always";
  #iterationsLeft = MOST_ITERATIONS;
  #charactersLeft: number;

  constructor(
    document: ComponentDocument,
    private readonly options: CheckedFor,
    variables: ReadonlyMap<string, string>,
  ) {
    this.index = new StepIndex(document);
    this.#charactersLeft = CHARACTERS_AT_LEAST + CHARACTERS_PER_CHARACTER * document.source.text.length;
    this.#values = new KnownValues(this.index, {
      variables,
      withoutOutputs: (phase, step) => this.#withoutOutputs.get(`${phase}.${step}`),
      onFault: (fault) => this.#report(fault),
      spend: this.#spend,
    });
  }

  check({ step, phase }: LocatedStep): void {
    this.#reached = "always";
    this.#settleTexts(step.condition === undefined ? [] : [step.condition.node]);
    if (step.condition !== undefined) this.#checkCondition(step.condition);
    const outcome = conditionOutcome(step, this.#values);
    this.#reached = reachedAfter(outcome);
    this.#settleTexts(settingNodes({ ...step, condition: undefined }));
    if (step.inputs !== undefined) this.#values.settle(step.inputs, step.loop === undefined ? "no loop" : "any iteration");
    const iterations = step.loop === undefined ? undefined : knownIterations(step.loop, this.#values);
    const why = whyWithoutOutputs(step, outcome, iterations);
    if (why !== undefined) this.#withoutOutputs.set(`${phase}.${step.name.text}`, why);
    if (step.loop !== undefined && this.#reached === "always" && iterations === undefined) this.#reached = "perhaps";
    if (!hasNoIterations(iterations)) this.#checkInputs(step, iterations);
    this.#values.finish(step);
  }

  readonly #spend = (characters: number): boolean => {
    if (characters > this.#charactersLeft) return false;
    this.#charactersLeft -= characters;
    return true;
  };

  /** The operands of `if` and `forEach` are always texts. */
  #settleTexts(nodes: readonly ValueNode[]): void {
    for (const node of nodes) {
      this.#values.settle(node, "any iteration");
      walkScalars(node, (scalar) => {
        if (referencesIn(scalar) === undefined) return;
        const { kind } = this.#values.of(scalar, "any iteration");
        const [reference] = referencesIn(scalar) ?? [];
        if ((kind === "list" || kind === "mapping") && typeof reference === "object")
          this.#report({ node: scalar, reference, code: "not-a-text", detail: `a ${kind}` });
      });
    }
  }

  #checkCondition({ node }: Condition): void {
    const written = writeOut(node, "any iteration", this.#values, this.#spend);
    // a list in the place of a text has been reported
    if (written.origins.size === 0 || [...written.origins.values()].some(({ value }) => value.kind !== "scalar")) return;
    const judge = (root: ValueNode, isUnknown: Parameters<typeof placeFault>[3]) =>
      checkCondition(toPlain(root), { extraKeys: DECISION_KEYS }).flatMap((fault) => placeFault(fault, root, '"if"', isUnknown) ?? []);
    this.#addNew(
      judge(written.node, (scalar) => written.unknown.has(scalar)),
      judge(node, (scalar) => hasAnyReference(scalar)),
      written,
    );
  }

  #checkInputs(step: Step, iterations: KnownIterations): void {
    const contracts = contractsOf(step.action.text, this.options.registry, this.options.platforms);
    for (const item of inputItems(step)) {
      if (item.kind !== "mapping" || !hasAnyReference(item)) continue;
      const misfits = faultsOnPlatforms(contracts, (contract) => this.#misfits(item, contract));
      this.found.add(misfits);
      if (misfits.length === 0 && this.#reached !== "never") this.#checkIterations(item, contracts, step, iterations);
    }
  }

  #misfits(item: ValueNode, { action }: PlatformContract): Diagnostic[] {
    return kindFaults(item, action.input.schema, this.#values, this.#spend).map(({ scalar, message }) => ({
      ...{ code: "wrong-type", severity: "error", message },
      span: withOrigin(scalar),
    }));
  }

  /** The item in each iteration up to the first with a fault, if its value depends on the iteration; otherwise once. */
  #checkIterations(item: ValueNode, contracts: readonly PlatformContract[], step: Step, iterations: KnownIterations): void {
    if (this.#checkItem(item, contracts, "any iteration") || iterations === undefined || !hasLoopReference(item)) return;
    let index = 0;
    for (const value of iterations) {
      if (this.#iterationsLeft-- <= 0 || this.#charactersLeft <= 0) return;
      if (this.#checkItem(item, contracts, { name: step.loop?.name?.text, index: index++, value })) return;
    }
  }

  /** Whether there is a fault. */
  #checkItem(item: ValueNode, contracts: readonly PlatformContract[], place: LoopPlace): boolean {
    const written = writeOut(item, place, this.#values, this.#spend);
    if (written.origins.size === 0) return false;
    const check = (node: ValueNode, isUnknown: (scalar: ScalarNode) => boolean) =>
      faultsOnPlatforms(contracts, ({ action, platform }) => checkItem(node, action, platform, isUnknown));
    const faults = check(written.node, (scalar) => written.unknown.has(scalar));
    const asWritten = faults.length === 0 ? [] : check(item, (scalar) => hasAnyReference(scalar));
    return this.#addNew(faults, asWritten, written, place);
  }

  /** Adds the faults that the document as written does not have. */
  #addNew(faults: readonly Diagnostic[], asWritten: readonly Diagnostic[], { origins }: WrittenOut, place: LoopPlace = "no loop"): boolean {
    const known = new Set(asWritten.map(({ message, span }) => `${span.start} ${message}`));
    const isKnown = ({ message, span }: Diagnostic) => {
      if (!origins.has(span)) return known.has(`${span.start} ${message}`);
      return asWritten.some((other) => other.message === message && other.span.start >= span.start && other.span.end <= span.end);
    };
    const fresh = faults.filter((fault) => !isKnown(fault));
    const severity = this.#reached === "always" ? "error" : "warning";
    this.found.add(fresh.map((fault) => ({ ...inIteration(fault, origins.get(fault.span), place), severity })));
    return fresh.length > 0;
  }

  /** Whether it is an error. */
  #report(fault: KnownFault): boolean {
    const severity = FAULTS_OF_FORM.has(fault.code) || this.#reached === "always" ? "error" : "warning";
    if (severity === "warning" && this.#reached === "never") return false;
    this.found.add([describeKnownFault(fault, severity)]);
    return severity === "error";
  }
}

function reachedAfter(outcome: ConditionOutcome): Reached {
  if (outcome === "Execute") return "always";
  return outcome === "not known" ? "perhaps" : "never";
}

/** After a step that aborts its run, no step can refer to its outputs. */
function whyWithoutOutputs(step: Step, outcome: ConditionOutcome, iterations: KnownIterations): string | undefined {
  if (outcome === "Skip") return 'its "if" always skips it';
  if (outcome === "Abort" && step.onFailure !== "Abort") return 'its "if" always makes it fail';
  return outcome !== "Abort" && hasNoIterations(iterations) ? "its loop goes over an empty text" : undefined;
}
