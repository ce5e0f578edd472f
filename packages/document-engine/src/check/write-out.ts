import type { Span } from "@imagewright/diagnostics";
import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import type { KnownValues, LoopPlace } from "../references/known-values.js";
import { referencesIn } from "../references/template.js";

/** A node in which references are replaced by their known values. */
export interface WrittenOut {
  readonly node: ValueNode;
  /** The scalars whose values are not known yet. */
  readonly unknown: ReadonlySet<ScalarNode>;
  /** For each inserted value, by its span: the scalar with the references that it replaces. */
  readonly origins: ReadonlyMap<Span, WrittenOrigin>;
}

export interface WrittenOrigin {
  readonly scalar: ScalarNode;
  readonly value: ValueNode;
}

/**
 * Expands a node as it will be at the step, as far as known. Inserted values have their own spans, so that a fault in them can be traced to
 * the reference. `spend` says whether so many characters may still be written.
 */
export function writeOut(node: ValueNode, place: LoopPlace, values: KnownValues, spend: (characters: number) => boolean): WrittenOut {
  const writer = new Writer(place, values, spend);
  return { node: writer.write(node), unknown: writer.unknown, origins: writer.origins };
}

// the cost of a value in addition to its characters
const COST_OF_VALUE = 50;

class Writer {
  readonly unknown = new Set<ScalarNode>();
  readonly origins = new Map<Span, WrittenOrigin>();

  constructor(
    private readonly place: LoopPlace,
    private readonly values: KnownValues,
    private readonly spend: (characters: number) => boolean,
  ) {}

  write(node: ValueNode): ValueNode {
    if (node.kind === "scalar") return referencesIn(node) === undefined ? node : this.#writeScalar(node);
    if (node.kind === "sequence") return { ...node, items: node.items.map((item) => this.write(item)) };
    return { ...node, entries: node.entries.map(({ key, value }) => ({ key, value: this.write(value) })) };
  }

  #writeScalar(scalar: ScalarNode): ValueNode {
    const span = { ...scalar.span };
    const value = this.#valueOf(scalar, this.place, span);
    if (value === undefined) return this.#leave(scalar);
    this.origins.set(span, { scalar, value });
    return value;
  }

  /** A copy of the known value with a single span; undefined if it is unknown or too large to write. */
  #valueOf(node: ValueNode, place: LoopPlace, span: Span): ValueNode | undefined {
    const known = this.values.of(node, place);
    if (!this.spend(known.size + COST_OF_VALUE)) return undefined;
    if (known.kind === "text" && known.text !== undefined) return { kind: "scalar", text: known.text, type: "string", span };
    return known.kind === "list" || known.kind === "mapping" ? this.#copy(known.node, span) : undefined;
  }

  /** The inputs of another step, whose own references are known without a loop. */
  #copy(node: ValueNode, span: Span): ValueNode {
    if (node.kind === "sequence") return { kind: "sequence", span, items: node.items.map((item) => this.#copy(item, span)) };
    if (node.kind === "mapping")
      return {
        kind: "mapping",
        span,
        entries: node.entries.map(({ key, value }) => ({ key: { ...key, span }, value: this.#copy(value, span) })),
      };
    if (node.type === "null") return { ...node, span };
    return this.#valueOf(node, "any iteration", span) ?? this.#leave({ ...node, span });
  }

  #leave(scalar: ScalarNode): ScalarNode {
    this.unknown.add(scalar);
    return scalar;
  }
}
