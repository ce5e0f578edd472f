import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";
import type { Span } from "@imagewright/diagnostics";
import type { FileKind } from "./kind/file-kind.js";
import type { PlacedText } from "./places/placed-text.js";
import { placedTextOf } from "./places/scalar-places.js";

/** A resource in the form of the API, wherever it was found. */
export interface Resource {
  readonly kind: FileKind;
  /** Its name in the file: the logical ID in a template, the address in a Terraform plan. */
  readonly id?: string;
  /** Its members with their places. */
  readonly node: ValueNode;
  /** Where messages about the resource itself point. */
  readonly span: Span;
  /** The values of its scalars, some of which may not be known. */
  readonly values: Values;
}

/** The values of a resource, as far as they are known. */
export interface Values {
  /** The text of a scalar with its places in the file. */
  textOf(node: ScalarNode): PlacedText;
  /** Whether a part of the scalar is not known. */
  isOpen(node: ScalarNode): boolean;
  /** The names of the values in a scalar that are not known, except those with faults. */
  unknownIn(node: ScalarNode): readonly string[];
  /** The ID of the resource in the same file that a scalar refers to. */
  resourceOf(node: ScalarNode): string | undefined;
}

/** The values of a file without functions: every scalar is as written. */
export const PLAIN_VALUES: Values = { textOf: placedTextOf, isOpen: () => false, unknownIn: () => [], resourceOf: () => undefined };
