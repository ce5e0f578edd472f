import type { Span } from "@imagewright/diagnostics";
import type { ValueNode } from "@imagewright/yaml-syntax";
import type { FileKind } from "./file-kind.js";

/** What a file is. */
export interface Identified {
  readonly kind: FileKind;
  /** The reason, as a part of a sentence: `it has "steps" and no "phases"`. */
  readonly sign: string;
  /** The place of the first key that shows it. */
  readonly span: Span;
  /** The resource itself, without the envelope of a response; undefined if the text is neither YAML nor JSON. */
  readonly node: ValueNode | undefined;
}
