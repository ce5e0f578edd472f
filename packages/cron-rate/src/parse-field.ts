import { nearest, quote, type DiagnosticCollector } from "@imagewright/diagnostics";
import { valuesOf, type Field } from "./fields.js";
import { slice, split, type Piece } from "./piece.js";

/** The values of a whole field, ascending. Faults go to `found`; an item with a fault adds no values. */
export function parseField(piece: Piece, field: Field, found: DiagnosticCollector): readonly number[] {
  if (piece.text === "*") return field.all;
  const values = new Set(split(piece, /,/).flatMap((item) => parseItem(item, field, found)));
  return values.size === field.all.length ? field.all : [...values].sort((a, b) => a - b);
}

/** The values of one item of a list: a value, a range or `*`, with or without a step. */
export function parseItem(item: Piece, field: Field, found: DiagnosticCollector): readonly number[] {
  const slash = item.text.indexOf("/");
  if (slash === -1) return parseRange(item, field, found) ?? [];
  if (!field.wildcards.includes("/")) {
    reportWildcard(item, "/", field, found);
    return [];
  }
  const base = slice(item, 0, slash);
  const range = parseRange(base, field, found);
  const step = parseStep(slice(item, slash + 1), field, found);
  if (range === undefined || step === undefined) return [];
  // 5/10 starts at 5 and continues to the end of the field
  const values = range.length === 1 && !base.text.includes("-") ? field.all.filter((value) => value >= (range[0] ?? 0)) : range;
  return values.filter((_, index) => index % step === 0);
}

/** The values of a value, a range or `*`, in the order in which steps are counted; undefined after a fault. */
function parseRange(piece: Piece, field: Field, found: DiagnosticCollector): readonly number[] | undefined {
  if (piece.text === "*") return field.all;
  const dash = piece.text.indexOf("-");
  if (dash === -1) {
    const value = parseValue(piece, field, found);
    return value === undefined ? undefined : [value];
  }
  const from = parseValue(slice(piece, 0, dash), field, found);
  const to = parseValue(slice(piece, dash + 1), field, found);
  if (from === undefined || to === undefined) return undefined;
  if (from <= to) return field.all.filter((value) => value >= from && value <= to);
  if (field.wraps) return [...field.all.filter((value) => value >= from), ...field.all.filter((value) => value <= to)];
  found.error("reversed-range", piece.span, `${field.label} range ${quote(piece.text)} ends before it starts`, {
    help: `write "${to}-${from}"`,
  });
  return undefined;
}

/** The number of a number or name (in any case); undefined after a fault. */
export function parseValue(piece: Piece, field: Field, found: DiagnosticCollector): number | undefined {
  const { text, span } = piece;
  const named = field.names?.indexOf(text.toLowerCase()) ?? -1;
  if (named !== -1) return field.min + named;
  if (/^\d+$/.test(text)) {
    const value = Number(text);
    if (value >= field.min && value <= field.max) return value;
    found.error("value-out-of-range", span, `${field.label} ${quote(text)} is out of range; allowed: ${field.min} to ${field.max}`);
    return undefined;
  }
  if (text === "") found.error("value-missing", span, `the ${field.label} lacks a value; allowed: ${valuesOf(field)}`);
  else reportInvalidValue(piece, field, found);
  return undefined;
}

function parseStep({ text, span }: Piece, field: Field, found: DiagnosticCollector): number | undefined {
  const step = /^\d+$/.test(text) ? Number(text) : 0;
  const largest = Math.min(field.max, field.all.length);
  if (step >= 1 && step <= largest) return step;
  found.error("invalid-step", span, `${field.label} step ${quote(text)} must be a whole number from 1 to ${largest}`);
  return undefined;
}

function reportInvalidValue(piece: Piece, field: Field, found: DiagnosticCollector): void {
  const wildcard = ["*", "?", "#"].find((sign) => piece.text.includes(sign)) ?? /^\d*([LW])+$/i.exec(piece.text)?.[1]?.toUpperCase();
  if (wildcard !== undefined && !field.wildcards.includes(wildcard)) return reportWildcard(piece, wildcard, field, found);
  const meant = field.names === undefined ? undefined : nearest(piece.text, field.names);
  const guess = meant === undefined ? "" : `; did you mean ${quote(meant)}?`;
  found.error("invalid-value", piece.span, `${field.label} ${quote(piece.text)} must be ${valuesOf(field)}${guess}`);
}

function reportWildcard({ span }: Piece, wildcard: string, field: Field, found: DiagnosticCollector): void {
  found.error(
    "unsupported-wildcard",
    span,
    `the ${field.label} does not support ${quote(wildcard)}; its wildcards are ${field.wildcards.join(" ")}`,
  );
}
