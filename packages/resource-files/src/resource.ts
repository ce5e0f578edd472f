import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import type { Span } from "@imagewright/diagnostics";
import type { FileKind } from "./kind/file-kind.js";
import type { PlacedText } from "./places/placed-text.js";
import { placedTextOf } from "./places/scalar-places.js";

/** A resource in the form of the API, wherever it was found. */
export interface Resource {
  readonly kind: FileKind;
  /** What its file calls it: the logical id in a template, the address in a Terraform plan. */
  readonly id?: string;
  /** Its members with their places. */
  readonly node: ValueNode;
  /** Where messages about the resource itself point. */
  readonly span: Span;
  /** What the values of the resource are, where its file leaves some of them open. */
  readonly values: Values;
}

/** What is known of the values of a resource. */
export interface Values {
  /** The text of a scalar with its places in the file. */
  textOf(node: ScalarNode): PlacedText;
  /** Whether a scalar has anything in it that is not known. */
  isOpen(node: ScalarNode): boolean;
  /** What is not known of a scalar, by the names that the file has for it, except what is a fault. */
  unknownIn(node: ScalarNode): readonly string[];
  /** The id of the resource of the same file that a scalar refers to. */
  resourceOf(node: ScalarNode): string | undefined;
}

/** The values of a file in which everything is as written. */
export const PLAIN_VALUES: Values = { textOf: placedTextOf, isOpen: () => false, unknownIn: () => [], resourceOf: () => undefined };
