import type { SourceFile, Span } from "@imagewright/diagnostics";
import { findNodeAtLocation, parseTree, type Node } from "jsonc-parser";

/** The way to a value in JSON: names of members, positions in lists. */
export type Path = readonly (string | number)[];

/** A JSON text and the places of its values. Places are looked up when the first is asked for: most texts have no faults. */
export class JsonDocument {
  #root: Node | undefined;

  constructor(
    readonly source: SourceFile,
    readonly value: unknown,
  ) {}

  /** The text as nodes with places. */
  get root(): Node {
    this.#root ??= parseTree(this.source.text.replace(/^\ufeff/, " ")) ?? { type: "null", offset: 0, length: 0 };
    return this.#root;
  }

  /** The place of the value at a path, or of the nearest one around it that exists. */
  span(path: Path): Span {
    for (let length = path.length; length > 0; length--) {
      const node = findNodeAtLocation(this.root, path.slice(0, length));
      if (node !== undefined) return spanOf(this.source, node);
    }
    return spanOf(this.source, this.root);
  }

  /** The place of the name of a member. */
  nameSpan(path: Path): Span {
    const name = findNodeAtLocation(this.root, [...path])?.parent?.children?.[0];
    return name === undefined ? this.span(path) : spanOf(this.source, name);
  }
}

export function spanOf(source: SourceFile, node: Node): Span {
  return { source, start: node.offset, end: node.offset + node.length };
}

/** A path as people write it: `distributions[0].region`. */
export function pathText(path: Path): string {
  return path.map((part, position) => (typeof part === "number" ? `[${part}]` : position === 0 ? part : `.${part}`)).join("");
}
