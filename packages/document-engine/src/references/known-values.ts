import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import type { Step } from "../syntax/document.js";
import type { StepIndex } from "../syntax/step-index.js";
import { childOf, inputItems } from "../syntax/walk.js";
import { DEEPEST_VALUE, LARGEST_VALUE, SIZE_OF_PART } from "./limits.js";
import { referencesIn, type ChainTarget, type LoopTarget, type Reference, type StoreTarget, type TemplatePart } from "./template.js";

/**
 * What is known before a run about the value of a node.
 * `text`: a text, itself known or not. `stored`: a value of Parameter Store, which may be a text or a list. `list`, `mapping`: with the
 * node as written, whose references are known separately. `nothing`: a key without a value.
 */
export type Known = Measured & { readonly fault?: InheritedFault | undefined } & (
    | { readonly kind: "text"; readonly text: string | undefined }
    | { readonly kind: "stored" }
    | { readonly kind: "list" | "mapping"; readonly node: ValueNode }
    | { readonly kind: "nothing" }
  );

/** Why every step that refers to the value fails, if the step with the value may be skipped. */
type InheritedFault = Pick<KnownFault, "code" | "detail">;

/** The number of characters and of levels of lists and mappings, as far as known. */
interface Measured {
  readonly size: number;
  readonly depth: number;
}

/** The variables of an iteration; the value may be unknown. */
export interface KnownIteration {
  readonly name: string | undefined;
  readonly index: number;
  readonly value: string | undefined;
}

/** The context of a node: a step without a loop, an unknown iteration, or a known iteration. */
export type LoopPlace = "no loop" | "any iteration" | KnownIteration;

/** Why a reference, or a whole value with its references, fails the step that contains it. */
export interface KnownFault {
  readonly node: ValueNode;
  /** The index of the reference in the text; undefined for the whole value. */
  readonly reference?: Reference;
  readonly code: "no-value" | "not-a-text" | "no-outputs" | "not-a-stored-name" | "value-too-large" | "value-too-deep";
  readonly detail: string;
}

/** What is known before a run about the variables of a document and the steps before the checked one. */
export interface KnownFacts {
  /** The variables with known values; the others are texts. */
  readonly variables: ReadonlyMap<string, string>;
  /** Why a step is known to have no outputs. */
  readonly withoutOutputs: (phase: string, step: string) => string | undefined;
  /** Called for each fault of a reference. Returns whether it is an error, so that no step runs and it need not be reported again. */
  readonly onFault: (fault: KnownFault) => boolean;
  /** Whether so many characters may still be expanded: references can double a text at every step. */
  readonly spend: (characters: number) => boolean;
}

const UNKNOWN_TEXT: Known = { kind: "text", text: undefined, size: 0, depth: 0 };
const NOTHING: Known = { kind: "nothing", size: 0, depth: 0 };
const STORED: Known = { kind: "stored", size: 0, depth: 1 };
const STORED_NAME = /^[a-zA-Z0-9_.\-/:]+$/;

/**
 * Follows the references of a document as far as that can be done before it runs. Nodes have to be visited in the order of the document:
 * each result is based on previous ones, so that long chains of references take no more stack and time than short ones.
 */
export class KnownValues {
  readonly #known = new Map<ValueNode, Known>();
  readonly #finished = new Set<Step>();
  #reports = true;

  constructor(
    private readonly index: StepIndex,
    private readonly facts: KnownFacts,
  ) {}

  /** Visits a node and reports its faults; in a step with a loop, for any iteration. */
  settle(node: ValueNode, place: "no loop" | "any iteration"): void {
    // nearly all nodes have no references, and the values of nearly all of those are never needed
    if (hasAnyReference(node)) this.#settle(node, place);
  }

  /** From now on, references to the step's inputs may be followed: all of them have been visited. */
  finish(step: Step): void {
    this.#finished.add(step);
  }

  /** The value of a visited node, as then or in an iteration. */
  of(node: ValueNode, place: LoopPlace): Known {
    return typeof place === "object" && node.kind === "scalar"
      ? this.#inIteration(node, place)
      : (this.#known.get(node) ?? this.#settle(node, "any iteration"));
  }

  /** Faults were reported when the scalar was visited. */
  #inIteration(scalar: ScalarNode, place: KnownIteration): Known {
    this.#reports = false;
    const known = this.#scalar(scalar, place);
    this.#reports = true;
    return known;
  }

  #settle(node: ValueNode, place: "no loop" | "any iteration"): Known {
    const settled = this.#knownOf(node, place);
    this.#known.set(node, settled);
    return settled;
  }

  #knownOf(node: ValueNode, place: "no loop" | "any iteration"): Known {
    if (node.kind === "scalar") return this.#scalar(node, place);
    const parts = (node.kind === "sequence" ? node.items : node.entries.map(({ value }) => value)).map((part) => this.#settle(part, place));
    const size = parts.reduce((sum, part) => sum + part.size + SIZE_OF_PART, 0);
    const depth = parts.reduce((deepest, part) => Math.max(deepest, part.depth), 0) + 1;
    return this.#bounded({ kind: node.kind === "sequence" ? "list" : "mapping", node, size, depth, fault: firstFault(parts) }, node);
  }

  #scalar(scalar: ScalarNode, place: LoopPlace): Known {
    if (scalar.type === "null") return NOTHING;
    const parts = referencesIn(scalar);
    if (parts === undefined) return textOf(scalar.text);
    const [only] = parts;
    if (parts.length === 1 && only !== undefined && typeof only !== "string") return this.#follow(only, scalar, place);
    return this.#bounded(this.#join(parts, scalar, place), scalar);
  }

  #join(parts: readonly TemplatePart[], scalar: ScalarNode, place: LoopPlace): Known {
    const texts = parts.map((part) => (typeof part === "string" ? textOf(part) : this.#inText(part, scalar, place)));
    const size = texts.reduce((sum, text) => sum + text.size, 0);
    const isKnown = texts.every(({ text }) => text !== undefined) && (texts.length <= 1 || this.facts.spend(size));
    return { kind: "text", text: isKnown ? texts.map(({ text }) => text).join("") : undefined, size, depth: 0, fault: firstFault(texts) };
  }

  /** A reference within other text, where a list is not allowed. */
  #inText(reference: Reference, scalar: ScalarNode, place: LoopPlace): Known & { kind: "text" } {
    const known = this.#follow(reference, scalar, place);
    if (known.kind === "text") return known;
    if (known.kind === "list" || known.kind === "mapping")
      this.#tell({ node: scalar, reference, code: "not-a-text", detail: `a ${known.kind}` });
    return { kind: "text", text: undefined, size: 0, depth: 0, fault: known.fault };
  }

  #follow(reference: Reference, scalar: ScalarNode, place: LoopPlace): Known {
    const { target, written } = reference;
    switch (target.kind) {
      case "variable":
        return textOf(this.facts.variables.get(target.name));
      case "literal":
        return textOf(target.text);
      case "loop":
        return textOf(place === "no loop" ? written : loopText(target, place));
      case "store":
      case "store-resolve":
        return this.#stored(target, reference, scalar);
      case "chain":
        return target.side === "inputs" ? this.#input(target, reference, scalar) : this.#output(target, reference, scalar);
      case "unreadable":
        return UNKNOWN_TEXT;
    }
  }

  #input(target: ChainTarget, reference: Reference, scalar: ScalarNode): Known {
    const node = this.#inputNode(target);
    const known = node === undefined ? UNKNOWN_TEXT : this.of(node, "any iteration");
    if (known.kind === "nothing") this.#tell({ node: scalar, reference, code: "no-value", detail: target.step });
    if (known.kind === "nothing") return UNKNOWN_TEXT;
    return known.fault === undefined ? known : this.#faulty(known, { node: scalar, reference, ...known.fault });
  }

  /** Undefined for a reference that is reported as unknown or as leading to a later step. */
  #inputNode({ phase, step: name, item, path }: ChainTarget): ValueNode | undefined {
    const step = this.index.find(phase, name)?.step;
    if (step === undefined || !this.#finished.has(step) || path.length === 0) return undefined;
    const items = inputItems(step);
    let node = item === undefined && items.length > 1 ? undefined : items[item ?? 0];
    for (const key of path) node = childOf(node, key);
    return node;
  }

  #output({ phase, step }: ChainTarget, reference: Reference, scalar: ScalarNode): Known {
    const why = this.facts.withoutOutputs(phase, step);
    return why === undefined ? UNKNOWN_TEXT : this.#faulty(UNKNOWN_TEXT, { node: scalar, reference, code: "no-outputs", detail: why });
  }

  #stored(target: StoreTarget, reference: Reference, scalar: ScalarNode): Known {
    if (target.kind === "store" || target.of.kind === "store") return STORED;
    const name = this.facts.variables.get(target.of.name)?.replace(/^aws:ssm:/, "");
    return name === undefined || STORED_NAME.test(name)
      ? STORED
      : this.#faulty(STORED, { node: scalar, reference, code: "not-a-stored-name", detail: name });
  }

  /** For a value that exceeds the limits, one fault is reported and nothing else is known. */
  #bounded(known: Known, node: ValueNode): Known {
    if (known.size <= LARGEST_VALUE && known.depth <= DEEPEST_VALUE) return known;
    return this.#faulty(UNKNOWN_TEXT, { node, code: known.size > LARGEST_VALUE ? "value-too-large" : "value-too-deep", detail: "" });
  }

  #tell(fault: KnownFault): boolean {
    return this.#reports && this.facts.onFault(fault);
  }

  /** Reports a fault; unless that is an error, references to the value inherit it. */
  #faulty(known: Known, fault: KnownFault): Known {
    return { ...known, fault: this.#tell(fault) ? undefined : { code: fault.code, detail: fault.detail } };
  }
}

/** Whether a node contains references. */
export function hasAnyReference(node: ValueNode): boolean {
  if (node.kind === "scalar") return referencesIn(node) !== undefined;
  return node.kind === "sequence" ? node.items.some(hasAnyReference) : node.entries.some(({ value }) => hasAnyReference(value));
}

function textOf(text: string | undefined): Known & { kind: "text" } {
  return { kind: "text", text, size: text?.length ?? 0, depth: 0 };
}

function firstFault(parts: readonly Known[]): InheritedFault | undefined {
  return parts.find(({ fault }) => fault !== undefined)?.fault;
}

function loopText({ member }: LoopTarget, place: "any iteration" | KnownIteration): string | undefined {
  if (place === "any iteration") return undefined;
  return member === "index" ? String(place.index) : place.value;
}
