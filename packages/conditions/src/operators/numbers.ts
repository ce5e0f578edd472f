import { quote } from "@imagewright/diagnostics";
import Big from "big.js";
import type { OperandFault, Test } from "../comparison.js";
import type { Order } from "./order.js";

/** Compares decimals of any length exactly. If the tested text is not a number, every comparison is false. */
export function number(order: Order): (baseline: string) => Test | OperandFault {
  return (baseline) => {
    const right = readNumber(baseline);
    if (right === undefined) return { problem: `must be a number, such as 10 or "-2.5"; found ${quote(baseline)}` };
    return (text) => {
      const left = readNumber(text);
      if (left === undefined) return { value: false, explanation: `${quote(text)} is not a number` };
      const value = order.holds(left.cmp(right));
      return { value, explanation: `${quote(text)} is ${value ? "" : "not "}${order.words} ${quote(baseline)}` };
    };
  };
}

// no text makes the expression backtrack over the same digits twice; the length of the exponent is limited because big.js computes with it
const DECIMAL = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,9})?$/;
const OTHER_BASE = /^0(?:x[0-9a-fA-F]+|o[0-7]+)$/;

/** What YAML 1.2 reads as a whole number or a finite float; `0777` is decimal, `0o777` and `0x1ff` are not. No spaces around it. */
export function readNumber(text: string): Big | undefined {
  if (OTHER_BASE.test(text)) return new Big(BigInt(text).toString());
  return DECIMAL.test(text) ? new Big(text.replace(/^\+/, "")) : undefined;
}
