import { quote } from "@imagewright/diagnostics";

/** The keys of a mapping that have a value: a key without one counts as absent. Undefined for anything except a mapping. */
export function entriesOf(node: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof node !== "object" || node === null || Array.isArray(node)) return undefined;
  return new Map(Object.entries(node).filter(([, value]) => value !== undefined && value !== null));
}

/** A scalar as its text; undefined for anything else. */
export function textOf(node: unknown): string | undefined {
  if (typeof node === "string") return node;
  return typeof node === "number" || typeof node === "boolean" || typeof node === "bigint" ? String(node) : undefined;
}

/** How messages describe a value that is not allowed at its place. */
export function describeFound(node: unknown): string {
  if (node === undefined || node === null) return "nothing";
  if (Array.isArray(node)) return node.length === 0 ? "an empty list" : `a list of ${node.length}`;
  return typeof node === "object" ? "a mapping" : quote(textOf(node) ?? typeof node);
}
