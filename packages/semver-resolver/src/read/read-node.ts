import { quote, type DiagnosticCollector, type Span } from "@imagewright/diagnostics";
import { MAX_NODE, type NodeName } from "../version.js";
import { textOf, within } from "./text.js";

/** One number or wildcard of a version, with its place. */
export interface Node {
  readonly name: NodeName;
  readonly value: number | "x";
  readonly span: Span;
}

/** The allowed values of a node, for messages. */
export const NUMBERS = `0 to ${MAX_NODE}`;
export const NUMBERS_OR_WILDCARD = `${NUMBERS}, or "x" for any`;

/** Reads one number or wildcard; `span` is not empty. Each fault has its own message; returns undefined after one. */
export function readNode(name: NodeName, span: Span, allowed: string, found: DiagnosticCollector): Node | undefined {
  const text = textOf(span);
  const fault = nodeFault(name, text, allowed);
  if (fault === undefined) return { name, value: text === "x" ? "x" : Number(text), span };
  const [code, at, end, message, help] = fault;
  found.error(code, within(span, at, end), message, help === undefined ? {} : { help });
  return undefined;
}

type Fault = readonly [code: string, start: number, end: number, message: string, help?: string | undefined];

function nodeFault(name: NodeName, text: string, allowed: string): Fault | undefined {
  if (text === "x" || /^[0-9]{1,9}$/.test(text)) return undefined; // the usual case comes first: an index may read a million versions
  const blank = /\s+/.exec(text);
  if (blank !== null)
    return [
      "version-blank",
      blank.index,
      blank.index + blank[0].length,
      `there is a blank in the ${name} number ${quote(text)}; allowed: ${allowed}`,
    ];
  if (/^[+-]/.test(text)) return ["version-sign", 0, 1, `the ${name} number ${quote(text)} has a sign; allowed: ${allowed}`];
  if (text === "X" || text === "*")
    return ["version-wildcard-spelling", 0, 1, `the wildcard ${quote(text)} is not known; wildcards are written "x"`];
  const odd = text.search(/[^0-9]/);
  if (odd !== -1)
    return [
      "version-not-a-number",
      odd,
      text.length,
      `the ${name} number ${quote(text)} is not a whole number; allowed: ${allowed}`,
      helpFor(text, odd),
    ];
  if (Number(text) > MAX_NODE)
    return ["version-too-large", 0, text.length, `the ${name} number ${shortened(text)} is too large; allowed: ${allowed}`];
  return undefined;
}

function helpFor(text: string, odd: number): string | undefined {
  if (/^v[0-9]+$/i.test(text)) return 'write the number without "v"';
  if (odd > 0 && /^[-+][0-9A-Za-z-]/.test(text.slice(odd))) return "versions of image resources have no pre-release or build names";
  return undefined;
}

/** Digits for a message: not quoted, and shortened if there are very many. */
function shortened(digits: string): string {
  return digits.length > 40 ? `${digits.slice(0, 40)}…` : digits;
}
