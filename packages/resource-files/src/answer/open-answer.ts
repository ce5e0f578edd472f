import { inputUnder, isNull, type DataInput, type ValueNode } from "@imagewright/yaml-syntax";
import type { FileKind } from "../kind/file-kind.js";
import { answerMember, type AnswerMember } from "./answer-member.js";

/** The one list response that has whole resources, and not summaries of them. */
export const PIPELINE_LIST = "imagePipelineList";

/** The resource of the expected kind in a response of the service; any other input is returned as it is. */
export function openAnswer(input: DataInput, expected: FileKind): DataInput {
  // an image is read as a list of one
  if (expected === "image-list") return input;
  const answer = answerMember(membersOfValue(input.value), expected);
  if (answer?.kind === expected) return inputUnder(input, answer.name);
  const pipelines: unknown = expected === "image-pipeline" ? memberOf(input.value, PIPELINE_LIST) : undefined;
  return Array.isArray(pipelines) && pipelines.length === 1 ? inputUnder(inputUnder(input, PIPELINE_LIST), 0) : input;
}

export function membersOfNode(node: ValueNode): AnswerMember[] {
  if (node.kind !== "mapping") return [];
  return node.entries.map(({ key, value }) => ({
    name: key.text,
    type: value.kind === "mapping" ? "mapping" : isNull(value) ? "null" : "other",
  }));
}

function membersOfValue(value: unknown): AnswerMember[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([name, member]: [string, unknown]) => ({
    name,
    type: member === null || member === undefined ? "null" : typeof member === "object" && !Array.isArray(member) ? "mapping" : "other",
  }));
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
