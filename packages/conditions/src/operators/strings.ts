import { quote } from "@imagewright/diagnostics";
import type { Test, Verdict } from "../comparison.js";
import type { Order } from "./order.js";

/** True for the empty text. */
export const isEmpty: Test = (text) => ({
  value: text === "",
  explanation: text === "" ? "the text is empty" : `${quote(text)} is not empty`,
});

/** At least one character, and each of them white space: spaces, tabs, line ends. */
export const isWhitespace: Test = (text) => {
  const value = /^\p{White_Space}+$/u.test(text);
  return { value, explanation: `${quote(text)} is ${value ? "only" : "not only"} white space` };
};

/** Exact: case-sensitive, surrounding spaces included. */
export function equalTo(baseline: string): Test {
  return (text) => {
    const value = text === baseline;
    const words = value ? `is equal to ${quote(baseline)}` : `is not equal to ${quote(baseline)}${whereTheyDiffer(text, baseline)}`;
    return { value, explanation: `${quote(text)} ${words}` };
  };
}

/** Case-insensitive order, as in the guide. The tested `value` is the left operand. Source: guide chapter 13. */
export function ordered(order: Order): (baseline: string) => Test {
  return (baseline) => {
    const foldedBaseline = fold(baseline);
    return (text) => describe(text, baseline, order, Buffer.compare(fold(text), foldedBaseline));
  };
}

function describe(text: string, baseline: string, order: Order, comparison: number): Verdict {
  const value = order.holds(comparison);
  return { value, explanation: `${quote(text)} is ${value ? "" : "not "}${order.words} ${quote(baseline)}` };
}

/** UTF-8 bytes sort like code points. Mapped to upper case first, so that letters with two lower-case forms (σ and ς) fold to one. */
function fold(text: string): Buffer {
  return Buffer.from(text.toUpperCase().toLowerCase());
}

/** Says where long texts differ if their quoted beginnings are the same. */
function whereTheyDiffer(text: string, baseline: string): string {
  if (quote(text) !== quote(baseline)) return "";
  let index = 0;
  while (text[index] === baseline[index]) index++;
  return ` (they differ at character ${index + 1})`;
}
