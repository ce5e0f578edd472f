import { quote } from "@imagewright/diagnostics";
import { describeNode, type ValueNode } from "@imagewright/yaml-syntax";
import { describeType } from "../actions/value-type.js";
import type { WorkflowParameterType, WorkflowParameterValue } from "./workflow-document.js";

/** A value of a parameter, or why it is none, as text that follows its name: `must be a whole number; found "x"`. */
export type ReadParameterValue =
  { readonly value: WorkflowParameterValue; readonly problem?: undefined } | { readonly value?: undefined; readonly problem: string };

/** Reads a value in a document. */
export function readParameterValue(node: ValueNode, type: WorkflowParameterType): ReadParameterValue {
  const items = node.kind === "sequence" ? node.items : [node];
  const texts = items.flatMap((item) => (item.kind === "scalar" && item.type !== "null" ? [item.text] : []));
  const isList = type === "stringList";
  if (texts.length !== items.length || isList !== (node.kind === "sequence"))
    return { problem: `must be ${describeType(type)}; found ${describeNode(node)}` };
  return parameterValueOf(texts, type);
}

/** Reads a value in the form of the API: a list of texts, which has one text unless the type is a list. */
export function parameterValueOf(texts: readonly string[], type: WorkflowParameterType): ReadParameterValue {
  if (type === "stringList") return { value: texts };
  const [text] = texts;
  if (text === undefined || texts.length > 1) return { problem: `must be ${describeType(type)}; found a list of ${texts.length}` };
  const value = scalarOf(text, type);
  return value === undefined ? { problem: `must be ${describeType(type)}; found ${quote(text)}` } : { value };
}

function scalarOf(text: string, type: WorkflowParameterType): WorkflowParameterValue | undefined {
  if (type === "string") return text;
  if (type === "boolean") return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined;
  return /^[-+]?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
}
