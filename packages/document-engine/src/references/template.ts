/** A text cut into what stands as it is and the references in `{{ }}` between. */
export type TemplatePart = string | Reference;

export interface Reference {
  /** What stands between the braces, without the spaces around it. */
  readonly text: string;
  /** The whole of it, with the braces. */
  readonly written: string;
  /** Which of the text's references it is, counted from 0. */
  readonly ordinal: number;
  readonly target: ReferenceTarget;
}

export type ReferenceTarget =
  | { readonly kind: "variable"; readonly name: string }
  | ChainTarget
  /** `loop.value`, `loop.index`: outside of a loop it stays as it is written. */
  | { readonly kind: "loop" }
  /** `aws:ssm:…` */
  | { readonly kind: "parameter-store" }
  | { readonly kind: "unreadable" };

/** `phase.step.inputs[0].path` and the like. */
export interface ChainTarget {
  readonly kind: "chain";
  readonly phase: string;
  readonly step: string;
  readonly side: "inputs" | "outputs";
  /** Which item of the step's inputs or outputs; undefined where the reference names none. */
  readonly item: number | undefined;
  /** The keys and indexes below the item. */
  readonly path: readonly (string | number)[];
}

// the pattern of a chain takes time that grows with the square of the length
const LONGEST_REFERENCE = 1_000;
const VARIABLE = /^[a-zA-Z0-9_-]+$/;
const CHAIN = /^(.+)\.([0-9a-zA-Z_-]+)\.(inputs|outputs)(?:\[(\d+)\])?((?:\.[0-9a-zA-Z_-]+(?:\[\d+\])*)*)$/;

/** Whether a text has anything to resolve. */
export function hasReferences(text: string): boolean {
  const start = text.indexOf("{{");
  return start !== -1 && text.includes("}}", start + 2);
}

/** Cuts a text at its references. `{{` without `}}` behind it is text. */
export function parseTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  let ordinal = 0;
  while (from < text.length) {
    const start = text.indexOf("{{", from);
    const end = start === -1 ? -1 : text.indexOf("}}", start + 2);
    if (end === -1) break;
    if (start > from) parts.push(text.slice(from, start));
    const inner = text.slice(start + 2, end).trim();
    parts.push({ text: inner, written: text.slice(start, end + 2), ordinal: ordinal++, target: readTarget(inner) });
    from = end + 2;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

function readTarget(text: string): ReferenceTarget {
  if (text.length > LONGEST_REFERENCE) return { kind: "unreadable" };
  if (VARIABLE.test(text)) return { kind: "variable", name: text };
  if (text === "loop.value" || text === "loop.index") return { kind: "loop" };
  if (text.startsWith("aws:ssm:")) return { kind: "parameter-store" };
  const match = CHAIN.exec(text);
  if (match === null) return { kind: "unreadable" };
  const [, phase = "", step = "", side, item, path = ""] = match;
  return { kind: "chain", phase, step, side: side === "inputs" ? "inputs" : "outputs", item: item === undefined ? undefined : Number(item), path: readPath(path) };
}

function readPath(path: string): (string | number)[] {
  return [...path.matchAll(/\.([0-9a-zA-Z_-]+)|\[(\d+)\]/g)].map(([, key, index]) => key ?? Number(index));
}
