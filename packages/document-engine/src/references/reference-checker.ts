import { quote } from "@imagewright/diagnostics";
import type { CheckedFor } from "../check/checked-document.js";
import type { ComponentDocument } from "../syntax/document.js";
import type { LocatedStep, StepIndex } from "../syntax/step-index.js";
import { ChainChecker } from "./chain-checker.js";
import { dottedNames, helpForBraces, type ForeignTemplate } from "./foreign-braces.js";
import { referenceError, type ReferenceFault } from "./reference-fault.js";
import type { LoopTarget, Reference } from "./template.js";
import { UnknownNames } from "./unknown-names.js";

/** Where a reference stands in its step: in `inputs`, or in `if` or `loop`. */
export type StepPart = "inputs" | "settings";

const FORMS = "a reference is a parameter, a constant, phase.step.outputs.name, phase.step.inputs[0].name, loop.value or aws:ssm:name";

/** Finds the faults of single references. */
export class ReferenceChecker {
  readonly #chains: ChainChecker;
  readonly #loops: ReadonlySet<string>;
  readonly #hasUnreadVariables: boolean;
  readonly #unknown = new UnknownNames();

  constructor(
    document: ComponentDocument,
    index: StepIndex,
    checkedFor: CheckedFor,
    private readonly variables: ReadonlySet<string>,
  ) {
    this.#chains = new ChainChecker(document, index, checkedFor);
    this.#loops = new Set(index.all.flatMap(({ step }) => step.loop?.name?.text ?? []));
    this.#hasUnreadVariables = document.unread.has("variables");
  }

  faultsOf(reference: Reference, from: LocatedStep, part: StepPart): readonly ReferenceFault[] {
    const { target, text } = reference;
    switch (target.kind) {
      case "variable":
        return this.#faultsOfVariable(target.name, reference);
      case "store-resolve":
        return target.of.kind === "variable" ? this.#faultsOfVariable(target.of.name, reference) : [];
      case "chain":
        return this.#chains.faultsOf(target, from);
      case "loop":
        return this.#faultsOfLoop(target, reference, from, part);
      case "unreadable":
        return [referenceError("unreadable-reference", `cannot read the reference ${quote(text)}`, text.includes("{{") ? UNCLOSED : FORMS)];
      case "store":
      case "literal":
        return [];
    }
  }

  /** The fault of braces that are for another program. */
  faultOfForeign({ first, last, written }: ForeignTemplate): ReferenceFault {
    const what = first === last ? `the reference ${quote(first.text)}` : `the references in ${quote(written)}`;
    const dotted = dottedNames(written).filter((name) => this.#hasUnreadVariables || this.variables.has(name));
    const names = new Set([...this.variables, ...dotted]);
    const help = `to pass the braces on to another program, ${helpForBraces(written, names, first === last ? first : undefined)}`;
    const meant = dotted[0] === undefined ? "" : `for the parameter or constant write {{ ${dotted[0]} }}, without the dot; `;
    return referenceError("unreadable-reference", `cannot read ${what}`, `${meant}${help}`);
  }

  #faultsOfVariable(name: string, reference: Reference): readonly ReferenceFault[] {
    if (this.variables.has(name) || this.#hasUnreadVariables) return [];
    const message = this.#unknown.describe("parameter or constant", name, this.variables);
    const help =
      this.#unknown.meant(name, this.variables) !== undefined ? undefined : `define it under "parameters"; ${this.#ifForeign(reference)}`;
    return [referenceError("unknown-reference", message, help)];
  }

  #faultsOfLoop({ name }: LoopTarget, reference: Reference, { step }: LocatedStep, part: StepPart): readonly ReferenceFault[] {
    if (step.unread.has("loop") || (name !== undefined && step.loop?.hasUnreadName === true)) return [];
    const own = step.loop?.name?.text;
    if (name !== undefined && name !== own && (step.loop !== undefined || !this.#loops.has(name))) {
      const message = this.#unknown.describe("loop", name, new Set(["loop", ...(own === undefined ? [] : [own])]));
      return [referenceError("unknown-reference", message, step.loop === undefined ? this.#ifForeign(reference) : undefined)];
    }
    if (part === "settings") {
      const message = `${quote(reference.text)} has a value only in "inputs"; "if" and "forEach" are settled before the loop begins`;
      return [referenceError("loop-not-running", message)];
    }
    if (step.loop !== undefined) return [];
    const message = `step ${quote(step.name.text)} has no loop, so ${quote(reference.written)} stays as it is written`;
    return [{ code: "loop-not-running", severity: "warning", message, help: this.#ifForeign(reference) }];
  }

  #ifForeign(reference: Reference): string {
    return `if the braces are for another program, ${helpForBraces(reference.written, this.variables, reference)}`;
  }
}

const UNCLOSED = 'write "}}" before the second "{{", to close the reference that opens here';
