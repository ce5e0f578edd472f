import type { ScalarNode } from "@imagewright/yaml-syntax";

export const REFERENCE_ROOTS = ["parameters", "stepOutputs", "workflowOutputs", "imagebuilder"] as const;
export type ReferenceRoot = (typeof REFERENCE_ROOTS)[number];

/** `$.stepOutputs.Launch.instanceId` and the like. Source: guide chapter 39. */
export interface WorkflowReference {
  /** The path as written, without braces. */
  readonly written: string;
  readonly root: ReferenceRoot;
  /** The root as written, if that differs in the case of its letters. */
  readonly writtenRoot: string | undefined;
  /** The step, for `stepOutputs`. */
  readonly step: string | undefined;
  /** The parameter, output or variable. */
  readonly name: string;
  /** The keys and indexes below it. */
  readonly path: readonly (string | number)[];
}

/** A part of a text: literal text, a reference, or a path that cannot be read. */
export type TextPart = string | WorkflowReference | UnreadablePath;

export interface UnreadablePath {
  readonly unreadable: string;
}

// the pattern of a path takes quadratic time
const LONGEST_PATH = 1_000;
const PATH = /^\$\.([A-Za-z]+)((?:\.[A-Za-z0-9_-]+|\[\d{1,9}\])+)$/;

/** Reads a path; undefined if it is none. */
export function readPath(written: string): WorkflowReference | undefined {
  const [, root = "", rest = ""] = (written.length <= LONGEST_PATH && PATH.exec(written)) || [];
  const known = REFERENCE_ROOTS.find((name) => name.toLowerCase() === root.toLowerCase());
  const steps = [...rest.matchAll(/\.([A-Za-z0-9_-]+)|\[(\d+)\]/g)].map(([, key, index]) => key ?? Number(index));
  const [first, second] = steps;
  if (known === undefined || typeof first !== "string") return undefined;
  const writtenRoot = known === root ? undefined : root;
  if (known !== "stepOutputs") return { written, root: known, writtenRoot, step: undefined, name: first, path: steps.slice(1) };
  if (typeof second !== "string") return undefined;
  return { written, root: known, writtenRoot, step: first, name: second, path: steps.slice(2) };
}

const known = new WeakMap<ScalarNode, readonly TextPart[]>();

/** The parts of a scalar, cached. */
export function textParts(scalar: ScalarNode): readonly TextPart[] {
  const parts = known.get(scalar) ?? partsOf(scalar.text);
  known.set(scalar, parts);
  return parts;
}

/** The reference that is the whole scalar, with or without braces. */
export function onlyReference(scalar: ScalarNode): WorkflowReference | undefined {
  const [only, ...others] = textParts(scalar);
  return others.length === 0 && isReference(only) ? only : undefined;
}

export function isReference(part: TextPart | undefined): part is WorkflowReference {
  return typeof part === "object" && "root" in part;
}

/** Whether a scalar has a reference. */
export function hasReference(scalar: ScalarNode): boolean {
  return textParts(scalar).some((part) => typeof part !== "string");
}

/** A text that begins with `$.` and one of the roots is a path as a whole; in others, `{{ $.… }}` are paths, and other braces are text. */
export function partsOf(text: string): TextPart[] {
  const trimmed = text.trim();
  if (isPath(trimmed) && !trimmed.includes("{{")) return [readPath(trimmed) ?? { unreadable: trimmed }];
  const parts: TextPart[] = [];
  let from = 0;
  for (let start = text.indexOf("{{"); start !== -1; start = text.indexOf("{{", start + 2)) {
    const end = text.indexOf("}}", start + 2);
    if (end === -1) break;
    const inner = text.slice(start + 2, end).trim();
    if (!inner.startsWith("$.")) continue;
    if (start > from) parts.push(text.slice(from, start));
    parts.push(readPath(inner) ?? { unreadable: inner });
    from = end + 2;
    start = end;
  }
  return from < text.length || parts.length === 0 ? [...parts, text.slice(from)] : parts;
}

/** `$.5 an hour` is a text; a misspelled root after `$.`, with a name below it, is a path. */
function isPath(text: string): boolean {
  return /^\$\.[A-Za-z]+[.[]/.test(text) && !/\s/.test(text);
}
