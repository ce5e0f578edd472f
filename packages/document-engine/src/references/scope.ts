import type { ActionOutputs } from "@imagewright/action-contract";
import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import { ImagewrightError } from "@imagewright/diagnostics";
import { engineError } from "../errors.js";
import type { StepIndex } from "../syntax/step-index.js";
import { childOf, inputItems, walkScalars } from "../syntax/walk.js";
import type { LoopVariables } from "./loop-variables.js";
import { StringList, type StoredValues } from "./stored-values.js";
import { hasReferences, parseTemplate, type ChainTarget, type LoopTarget, type Reference, type StoreTarget, type TemplatePart } from "./template.js";

/** What a step has left: its outputs, one entry for each item of its inputs; or why it has left none that can be told. */
export type StepOutputs = readonly ActionOutputs[] | "skipped" | "untold";

/** Whether a reference leads to what an opaque step of a plan would leave. */
export function isUntold(thrown: unknown): boolean {
  return thrown instanceof ImagewrightError && thrown.code === "output-untold";
}

/** What the references of one document lead to while it runs: its variables, and the inputs and outputs of its steps. */
export class Scope {
  readonly #outputs = new Map<string, StepOutputs>();
  /** Loops and attempts resolve the same scalars again and again. */
  readonly #templates = new WeakMap<ScalarNode, readonly TemplatePart[] | undefined>();
  /** The inputs that references have led to; neither variables nor the outputs of steps that have run change any more. */
  readonly #inputs = new WeakMap<ValueNode, Sized>();

  constructor(
    private readonly index: StepIndex,
    private readonly variables: ReadonlyMap<string, string>,
    private readonly stored: StoredValues,
  ) {}

  /** Keeps what a step has left. */
  record(phase: string, step: string, outputs: StepOutputs): void {
    this.#outputs.set(`${phase}.${step}`, outputs);
  }

  /** Fetches the stored values that the nodes refer to, directly or through the inputs of other steps. */
  async fetch(nodes: Iterable<ValueNode | undefined>): Promise<void> {
    const targets: StoreTarget[] = [];
    const seen = new Set(nodes);
    // a set gives what is added to it while it is gone through
    for (const node of seen) walkScalars(node, (scalar) => this.#collect(scalar, targets, seen));
    if (targets.length > 0) await this.stored.fetch(targets);
  }

  /**
   * A value as plain data with its references resolved. A text that is one whole reference takes the value it leads to.
   * Without a loop, references to one stay as they are written. Throws an ImagewrightError for a reference that leads to nothing, and for
   * a value that grows out of all bounds because references lead to texts that are full of references.
   */
  resolve(node: ValueNode, loop?: LoopVariables): unknown {
    return this.#resolve(node, loop).value;
  }

  /** A scalar as text, lists of a parameter store joined by commas. */
  resolveText(scalar: ScalarNode): string {
    const parts = this.#partsOf(scalar);
    return parts === undefined ? scalar.text : this.#join(parts, undefined).value;
  }

  #resolve(node: ValueNode, loop: LoopVariables | undefined): Sized {
    if (node.kind === "scalar") return node.type === "null" ? sized(undefined, 0) : this.#resolveScalar(node, loop);
    if (node.kind === "sequence") {
      const items = node.items.map((item) => this.#resolve(item, loop));
      return sized(items.map(({ value }) => value), sizeOf(items));
    }
    const entries = node.entries.map(({ key, value }) => [key.text, this.#resolve(value, loop)] as const).filter(([, { value }]) => value !== undefined);
    return sized(Object.fromEntries(entries.map(([key, { value }]) => [key, value])), sizeOf(entries.map(([, part]) => part)));
  }

  #resolveScalar(scalar: ScalarNode, loop: LoopVariables | undefined): Sized {
    const parts = this.#partsOf(scalar);
    if (parts === undefined) return sized(scalar.text, scalar.text.length);
    const [only] = parts;
    if (parts.length > 1 || only === undefined || typeof only === "string") return this.#join(parts, loop);
    const found = this.#follow(only, loop);
    return found.value instanceof StringList ? sized(found.value.items, found.size) : found;
  }

  #partsOf(scalar: ScalarNode): readonly TemplatePart[] | undefined {
    if (!this.#templates.has(scalar)) this.#templates.set(scalar, hasReferences(scalar.text) ? parseTemplate(scalar.text) : undefined);
    return this.#templates.get(scalar);
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
    if (typeof value === "object" && !(value instanceof StringList)) throw engineError("not-a-text", { reference: reference.text });
    return value === undefined ? "" : String(value);
  }

  #follow(reference: Reference, loop: LoopVariables | undefined): Sized {
    const { target } = reference;
    if (target.kind === "chain" && target.side === "inputs") return this.#inputOf(target);
    const value = this.#valueOf(reference, loop);
    return sized(value, String(value).length);
  }

  #valueOf({ text, written, target }: Reference, loop: LoopVariables | undefined): string | number | StringList {
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

  /** Kept, since many references may lead to one input, and its own references to others. */
  #inputOf(target: ChainTarget): Sized {
    const node = this.#inputNode(target);
    if (node === undefined) return sized(undefined, 0);
    const known = this.#inputs.get(node) ?? this.#resolve(node, undefined);
    this.#inputs.set(node, known);
    return known;
  }

  #outputOf({ phase, step, item, path }: ChainTarget): string | number {
    const left = this.#outputs.get(`${phase}.${step}`);
    if (left === "skipped") throw engineError("step-skipped", { phase, step });
    if (left === "untold") throw engineError("output-untold", { phase, step });
    const outputs = left?.[item ?? 0];
    if (outputs === undefined) throw engineError("outputs-missing", { phase, step, available: [...this.#outputs.keys()] });
    const output = String(path[0]);
    const value = outputs[output];
    if (value === undefined) throw engineError("output-missing", { step, output, available: Object.keys(outputs) });
    if (typeof value === "object") throw engineError("output-cut", { step, output, bytes: value.totalBytes });
    return value;
  }

  #collect(scalar: ScalarNode, targets: StoreTarget[], nodes: Set<ValueNode | undefined>): void {
    for (const part of this.#partsOf(scalar) ?? []) {
      if (typeof part === "string") continue;
      if (part.target.kind === "store" || part.target.kind === "store-resolve") targets.push(part.target);
      else if (part.target.kind === "chain" && part.target.side === "inputs") nodes.add(this.#inputNode(part.target));
    }
  }
}

/** A value, and how many characters it has, all the texts of a list or mapping together. */
interface Sized<Value = unknown> {
  readonly value: Value;
  readonly size: number;
}

const LARGEST_VALUE = 64 * 1024 * 1024;

function sized<Value>(value: Value, size: number): Sized<Value> {
  if (size > LARGEST_VALUE) throw engineError("value-too-large", { limit: LARGEST_VALUE });
  return { value, size };
}

/** Each part counts for something, so that lists of nothing do not grow out of bounds either. */
function sizeOf(parts: readonly Sized[]): number {
  return parts.reduce((sum, { size }) => sum + size + 8, 0);
}

function loopValue({ name, member }: LoopTarget, loop: LoopVariables): string {
  if (name !== undefined && name !== loop.name) throw engineError("unknown-loop", { name, own: loop.name });
  return member === "index" ? String(loop.index) : loop.value;
}
