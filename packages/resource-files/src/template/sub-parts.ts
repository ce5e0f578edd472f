/** A part of the text of `Fn::Sub`. The numbers are offsets in that text. */
export type SubPart =
  | { readonly kind: "text"; readonly start: number; readonly end: number }
  /** `${!Name}`, which produces `${Name}`; `nameStart` is after the `!`. */
  | { readonly kind: "escape"; readonly start: number; readonly nameStart: number; readonly end: number }
  | { readonly kind: "name"; readonly name: string; readonly start: number; readonly end: number };

const REFERENCE = /\$\{([^{}]*)\}/g;

/** The parts of a text of `Fn::Sub`, in order. */
export function subParts(text: string): SubPart[] {
  const parts: SubPart[] = [];
  let at = 0;
  for (const { index, 0: whole, 1: inner = "" } of text.matchAll(REFERENCE)) {
    if (index > at) parts.push({ kind: "text", start: at, end: index });
    at = index + whole.length;
    if (inner.startsWith("!")) parts.push({ kind: "escape", start: index, nameStart: index + 3, end: at });
    else parts.push({ kind: "name", name: inner.trim(), start: index, end: at });
  }
  if (at < text.length) parts.push({ kind: "text", start: at, end: text.length });
  return parts;
}
