import { quote } from "@imagewright/diagnostics";
import type { OperandFault, Test } from "../comparison.js";

/** Compares true and false, in any case of letters. If the tested text is neither, the comparison is false. Source: guide chapter 39. */
export function sameBoolean(baseline: string): Test | OperandFault {
  const right = readBoolean(baseline);
  if (right === undefined) return { problem: `must be true or false; found ${quote(baseline)}` };
  return (text) => {
    const left = readBoolean(text);
    if (left === undefined) return { value: false, explanation: `${quote(text)} is neither true nor false` };
    return { value: left === right, explanation: `${quote(text)} is ${left === right ? "" : "not "}equal to ${quote(baseline)}` };
  };
}

function readBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === "true" || lower === "false" ? lower === "true" : undefined;
}
