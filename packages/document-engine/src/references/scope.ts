import type { ActionOutputs } from "@imagewright/action-contract";
import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import { engineError } from "../errors.js";
import type { ComponentDocument } from "../syntax/document.js";
import { StepIndex } from "../syntax/step-index.js";
import { childOf, inputItems } from "../syntax/walk.js";
import { hasReferences, parseTemplate, type ChainTarget, type Reference } from "./template.js";

/** What the references of one document lead to while it runs: its variables, and the inputs and outputs of its steps. */
export class Scope {
  readonly #index: StepIndex;
  readonly #outputs = new Map<string, readonly ActionOutputs[]>();

  constructor(
    document: ComponentDocument,
    private readonly variables: ReadonlyMap<string, string>,
  ) {
    this.#index = new StepIndex(document);
  }

  /** Keeps what a step has left, one entry for each item of its inputs. */
  record(phase: string, step: string, outputs: readonly ActionOutputs[]): void {
    this.#outputs.set(`${phase}.${step}`, outputs);
  }

  /**
   * A value as plain data with its references resolved. A text that is one whole reference takes the value it leads to.
   * Throws an ImagewrightError for a reference that leads to nothing.
   */
  resolve(node: ValueNode): unknown {
    if (node.kind === "scalar") return node.type === "null" ? undefined : this.#resolveScalar(node);
    if (node.kind === "sequence") return node.items.map((item) => this.resolve(item));
    const entries = node.entries.map(({ key, value }) => [key.text, this.resolve(value)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }

  #resolveScalar(scalar: ScalarNode): unknown {
    if (!hasReferences(scalar.text)) return scalar.text;
    const parts = parseTemplate(scalar.text);
    const [only] = parts;
    if (parts.length === 1 && only !== undefined && typeof only !== "string") return this.#follow(only);
    return parts.map((part) => (typeof part === "string" ? part : this.#textOf(part))).join("");
  }

  #textOf(reference: Reference): string {
    const value = this.#follow(reference);
    if (typeof value === "object") throw engineError("not-a-text", { reference: reference.text });
    return value === undefined ? "" : String(value);
  }

  #follow({ written, target }: Reference): unknown {
    if (target.kind === "variable") {
      const value = this.variables.get(target.name);
      if (value === undefined) throw engineError("unknown-variable", { name: target.name });
      return value;
    }
    if (target.kind === "chain") return target.side === "inputs" ? this.#inputOf(target) : this.#outputOf(target);
    return written; // outside of a loop, loop.value stays as it is
  }

  #inputOf(target: ChainTarget): unknown {
    const step = this.#index.find(target.phase, target.step)?.step;
    let node = step === undefined ? undefined : inputItems(step)[target.item ?? 0];
    for (const key of target.path) node = childOf(node, key);
    return node === undefined ? undefined : this.resolve(node);
  }

  #outputOf({ phase, step, item, path }: ChainTarget): string {
    const outputs = this.#outputs.get(`${phase}.${step}`)?.[item ?? 0];
    if (outputs === undefined) throw engineError("outputs-missing", { phase, step, available: [...this.#outputs.keys()] });
    const output = String(path[0]);
    const value = outputs[output];
    if (value === undefined) throw engineError("output-missing", { step, output, available: Object.keys(outputs) });
    if (typeof value !== "string") throw engineError("output-cut", { step, output, bytes: value.totalBytes });
    return value;
  }
}
