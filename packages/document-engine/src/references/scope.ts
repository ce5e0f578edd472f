import type { ActionOutputs } from "@imagewright/action-contract";
import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import { isImagewrightError } from "@imagewright/diagnostics";
import { engineError } from "../errors.js";
import type { StepIndex } from "../syntax/step-index.js";
import { childOf, inputItems, walkScalars } from "../syntax/walk.js";
import { DEEPEST_VALUE, LARGEST_VALUE, SIZE_OF_PART } from "./limits.js";
import type { LoopVariables } from "./loop-variables.js";
import { StringList, type StoredValues } from "./stored-values.js";
import { referencesIn, type ChainTarget, type LoopTarget, type Reference, type StoreTarget, type TemplatePart } from "./template.js";

/** The outputs of a step, or why they are not available. */
export type StepOutputs = OutputsLeft | "skipped" | "unpredictable";

export interface OutputsLeft {
  /** One entry for each item of its inputs. */
  readonly ofItems: readonly ActionOutputs[];
  /** Those that a reference without an index takes from all items, line by line. */
  readonly ofAllItems: ActionOutputs;
}

/** Whether an error says that a reference needs the outputs of an opaque step of a plan. */
export function needsUnpredictable(thrown: unknown): boolean {
  return isImagewrightError(thrown, "document-engine/output-unpredictable");
}

/** The targets of the references of one document while it runs: its variables, and the inputs and outputs of its steps. */
export class Scope {
  readonly #outputs = new Map<string, StepOutputs>();
  /** Resolved inputs, cached, since neither variables nor the outputs of finished steps change. */
  readonly #inputs = new Map<ValueNode, Sized>();

  /** The nodes whose stored values have been fetched, including those of the inputs that they refer to. */
  readonly #fetched = new Set<ValueNode>();

  constructor(
    private readonly index: StepIndex,
    private readonly variables: ReadonlyMap<string, string>,
    private readonly stored: StoredValues,
  ) {}

  /** Records the outputs of a step. */
  record(phase: string, step: string, outputs: StepOutputs): void {
    this.#outputs.set(`${phase}.${step}`, outputs);
  }

  /** Fetches the stored values that the nodes refer to, directly or through the inputs of other steps. */
  async fetch(nodes: Iterable<ValueNode | undefined>): Promise<void> {
    const targets: StoreTarget[] = [];
    const seen = new Set(nodes);
    // iterating a set includes elements that are added meanwhile
    for (const node of seen) walkScalars(node, (scalar) => this.#collect(scalar, targets, seen));
    if (targets.length > 0) await this.stored.fetch(targets);
    for (const node of seen) if (node !== undefined) this.#fetched.add(node);
  }

  /**
   * A value as plain data with its references resolved. A text that consists of one reference becomes the value it leads to.
   * Without a loop, references to one stay as written. Throws an ImagewrightError for an unknown reference, and for
   * a value that exceeds the limits because references lead to texts that are full of references.
   */
  resolve(node: ValueNode, loop?: LoopVariables): unknown {
    return plain(this.#resolve(node, loop));
  }

  /** A scalar as text, lists of a parameter store joined by commas. */
  resolveText(scalar: ScalarNode): string {
    const parts = referencesIn(scalar);
    return parts === undefined ? scalar.text : this.#join(parts, undefined).value;
  }

  #resolve(node: ValueNode, loop: LoopVariables | undefined): Sized {
    if (node.kind === "scalar") return node.type === "null" ? sized(undefined, 0) : this.#resolveScalar(node, loop);
    if (node.kind === "sequence") {
      const items = node.items.map((item) => this.#resolve(item, loop));
      return sized(items.map(plain), sizeOf(items), depthOf(items));
    }
    const entries = node.entries
      .map(({ key, value }) => [key.text, this.#resolve(value, loop)] as const)
      .filter(([, { value }]) => value !== undefined);
    const parts = entries.map(([, part]) => part);
    return sized(Object.fromEntries(entries.map(([key, part]) => [key, plain(part)])), sizeOf(parts), depthOf(parts));
  }

  #resolveScalar(scalar: ScalarNode, loop: LoopVariables | undefined): Sized {
    const parts = referencesIn(scalar);
    if (parts === undefined) return sized(scalar.text, scalar.text.length);
    const [only] = parts;
    return parts.length > 1 || only === undefined || typeof only === "string" ? this.#join(parts, loop) : this.#follow(only, loop);
  }

  #join(parts: readonly TemplatePart[], loop: LoopVariables | undefined): Sized<string> {
    let text = "";
    for (const part of parts) {
      text += typeof part === "string" ? part : this.#textOf(part, loop);
      if (text.length > LARGEST_VALUE) break;
    }
    return sized(text, text.length);
  }

  #textOf(reference: Reference, loop: LoopVariables | undefined): string {
    const { value } = this.#follow(reference, loop);
    if (value instanceof StringList) return value.toString();
    if (typeof value === "object") throw engineError("not-a-text", { reference: reference.text });
    const scalar = value as string | number | boolean | undefined;
    return scalar === undefined ? "" : String(scalar);
  }

  #follow(reference: Reference, loop: LoopVariables | undefined): Sized {
    const { target } = reference;
    if (target.kind === "chain" && target.side === "inputs") return this.#inputOf(target);
    const value = this.#valueOf(reference, loop);
    return sized(value, String(value).length);
  }

  #valueOf({ text, written, target }: Reference, loop: LoopVariables | undefined): string | StringList {
    switch (target.kind) {
      case "variable":
        return this.#variable(target.name);
      case "chain":
        return this.#outputOf(target);
      case "store":
      case "store-resolve":
        return this.stored.valueOf(target);
      case "literal":
        return target.text;
      case "loop":
        return loop === undefined ? written : loopValue(target, loop);
      case "unreadable":
        throw engineError("unreadable-reference", { reference: text });
    }
  }

  #variable(name: string): string {
    const value = this.variables.get(name);
    if (value === undefined) throw engineError("unknown-variable", { name, available: [...this.variables.keys()] });
    return value;
  }

  #inputNode(target: ChainTarget): ValueNode | undefined {
    const step = this.index.find(target.phase, target.step)?.step;
    let node = step === undefined ? undefined : inputItems(step)[target.item ?? 0];
    for (const key of target.path) node = childOf(node, key);
    return node;
  }

  /** Cached, since many references may lead to one input, and its own references to others. */
  #inputOf(target: ChainTarget): Sized {
    const node = this.#inputNode(target);
    if (node === undefined) return sized(undefined, 0);
    if (!this.#inputs.has(node)) for (const earlier of this.#restingOn(node)) this.#inputs.set(earlier, this.#resolve(earlier, undefined));
    return this.#inputs.get(node) ?? sized(undefined, 0);
  }

  /**
   * The unresolved inputs that an input depends on, in the order of their dependencies, with the input last.
   * Resolved one by one, a chain of any length takes no more stack than a short one.
   */
  #restingOn(node: ValueNode): Iterable<ValueNode> {
    const known = new Set<ValueNode>();
    const opened = new Set<ValueNode>();
    const open = [node];
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const missing = opened.has(last) ? [] : this.#inputsIn(last).filter((input) => !known.has(input) && !this.#inputs.has(input));
      opened.add(last);
      for (const input of missing) open.push(input);
      if (missing.length === 0) known.add(open.pop() ?? last);
    }
    return known;
  }

  #inputsIn(node: ValueNode): ValueNode[] {
    const nodes: ValueNode[] = [];
    walkScalars(node, (scalar) => {
      for (const target of this.#chainsIn(scalar)) {
        const input = this.#inputNode(target);
        if (input !== undefined) nodes.push(input);
      }
    });
    return nodes;
  }

  /** The references of a scalar that lead to inputs. */
  #chainsIn(scalar: ScalarNode): ChainTarget[] {
    return (referencesIn(scalar) ?? []).flatMap((part) =>
      typeof part !== "string" && part.target.kind === "chain" && part.target.side === "inputs" ? part.target : [],
    );
  }

  #outputOf({ phase, step, item, path }: ChainTarget): string {
    const left = this.#outputs.get(`${phase}.${step}`);
    if (left === "skipped") throw engineError("step-skipped", { phase, step });
    if (left === "unpredictable") throw engineError("output-unpredictable", { phase, step });
    const output = String(path[0]);
    const ofAllItems = item === undefined ? left?.ofAllItems[output] : undefined;
    const outputs = left?.ofItems[item ?? 0];
    if (outputs === undefined) throw engineError("outputs-missing", { phase, step, available: [...this.#outputs.keys()] });
    const value = ofAllItems ?? outputs[output];
    if (value === undefined) throw engineError("output-missing", { step, output, available: Object.keys(outputs) });
    if (typeof value === "object") throw engineError("output-cut", { step, output, bytes: value.totalBytes });
    return String(value); // as text, a number is allowed wherever its digits are
  }

  #collect(scalar: ScalarNode, targets: StoreTarget[], nodes: Set<ValueNode | undefined>): void {
    for (const part of referencesIn(scalar) ?? []) {
      if (typeof part === "string") continue;
      if (part.target.kind === "store" || part.target.kind === "store-resolve") targets.push(part.target);
    }
    for (const target of this.#chainsIn(scalar)) {
      const node = this.#inputNode(target);
      if (node !== undefined && !this.#fetched.has(node)) nodes.add(node);
    }
  }
}

/** A value, its length in characters, all the texts of a list or mapping together, and its depth. */
interface Sized<Value = unknown> {
  readonly value: Value;
  readonly size: number;
  readonly depth: number;
}

function sized<Value>(value: Value, size: number, depth = 0): Sized<Value> {
  if (size > LARGEST_VALUE) throw engineError("value-too-large", { limit: LARGEST_VALUE });
  if (depth > DEEPEST_VALUE) throw engineError("value-too-deep", { limit: DEEPEST_VALUE });
  return { value, size, depth };
}

/** A StringList becomes a list if it is a whole value; inside a text, directly or through an input, it is its text. */
function plain({ value }: Sized): unknown {
  return value instanceof StringList ? value.items : value;
}

/** Each part has a cost, so that the number of empty parts is bounded too. */
function sizeOf(parts: readonly Sized[]): number {
  return parts.reduce((sum, { size }) => sum + size + SIZE_OF_PART, 0);
}

function depthOf(parts: readonly Sized[]): number {
  return parts.reduce((deepest, { depth }) => Math.max(deepest, depth), 0) + 1;
}

function loopValue({ name, member }: LoopTarget, loop: LoopVariables): string {
  if (name !== undefined && name !== loop.name) throw engineError("unknown-loop", { name, own: loop.name });
  return member === "index" ? String(loop.index) : loop.value;
}
