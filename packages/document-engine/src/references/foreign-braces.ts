import { asLiteral, type Reference, type TemplatePart } from "./template.js";

// words of a template language that open and close a part of a text, or stand between the two
const OPENING = /^-?\s*(?:(?:range|if|with|define|block)(?![\w-])|#)/;
const CLOSING = /^-?\s*(?:(?:end|else)(?![\w-])|\/)/;
const END = /^-?\s*(?:end(?![\w-])|\/)/;
const FOREIGN = /^[.$#!/-]|[\s|()"']/;
const LONGEST = 120;

/** Braces that belong together because they are one text of another program. */
export interface ForeignTemplate {
  readonly first: Reference;
  last: Reference;
  /** The text from the first opening braces to the last closing ones. */
  written: string;
  /** The number of parts that are open. */
  depth: number;
}

/** Whether the text between two braces cannot be a reference, but can stand in a template of another program, such as Docker or Helm. */
export function isForeign({ text, target }: Reference): boolean {
  return target.kind === "unreadable" && FOREIGN.test(text) && !text.includes("{{");
}

/** Whether braces can stand inside of a part of a template that is open. */
function isInside({ text, target }: Reference, variables: ReadonlySet<string>): boolean {
  return target.kind === "variable"
    ? !variables.has(target.name) && CLOSING.test(text)
    : target.kind === "unreadable" && !text.includes("{{");
}

/**
 * The templates of other programs in a text, for each reference that is a part of one. Braces belong together between an opening word and
 * its end, and in one pair of quotes on a line.
 */
export function foreignTemplates(parts: readonly TemplatePart[], variables: ReadonlySet<string>): ReadonlyMap<Reference, ForeignTemplate> {
  const templates = new Map<Reference, ForeignTemplate>();
  let open: ForeignTemplate | undefined;
  let [between, line] = ["", ""];
  for (const part of parts) {
    if (typeof part === "string") {
      between = part;
      continue;
    }
    const joins = open !== undefined && (open.depth > 0 ? isInside(part, variables) : isForeign(part) && isSameText(between, line));
    if (open !== undefined && joins) {
      open.last = part;
      open.written += between + part.written;
      open.depth += depthOf(part);
    } else open = isForeign(part) ? { first: part, last: part, written: part.written, depth: depthOf(part) } : undefined;
    if (open !== undefined) templates.set(part, open);
    line = (between.includes("\n") ? "" : line) + between.slice(between.lastIndexOf("\n") + 1) + part.written;
    between = "";
  }
  return templates;
}

function depthOf({ text }: Reference): number {
  return OPENING.test(text) ? 1 : END.test(text) ? -1 : 0;
}

/** Whether the text between two braces does not leave a pair of quotes, or has no blanks either. */
function isSameText(between: string, before: string): boolean {
  if (/[\n'"]/.test(between)) return false;
  return !/\s/.test(between) || [`'`, `"`].some((mark) => before.split(mark).length % 2 === 0);
}

/** The names that stand alone behind a dot, which is how Go's templates write what a parameter is here. */
export function dottedNames(written: string): readonly string[] {
  return [...written.matchAll(/\{\{\s*\.([A-Za-z0-9_-]+)\s*\}\}/g)].map(([, name = ""]) => name);
}

/** How to pass braces on to another program: a constant, which the service knows too, or our own form. */
export function helpForBraces(written: string, names: ReadonlySet<string>, reference: Reference | undefined): string {
  const ours = reference === undefined ? "literal: after each pair of opening braces" : asLiteral(reference);
  const last = `or write ${ours}, which EC2 Image Builder does not understand`;
  if (written.length > LONGEST || /[^ -~]/.test(written)) return `make the text with the braces the value of a constant; ${last}`;
  const name = constantFor(written, names);
  const constant = `- ${name}: { type: string, value: '${written.replaceAll("'", "''")}' }`;
  return `add ${constant} to "constants" and write {{ ${name} }}; ${last}`;
}

/** A name for a constant with this text, which no variable has. */
function constantFor(written: string, names: ReadonlySet<string>): string {
  const words = [...written.matchAll(/\{\{(.*?)\}\}/gs)].map(([, inner = ""]) => inner).filter((inner) => !CLOSING.test(inner.trim()));
  const parts = (words.at(-1) ?? "").split(/[^A-Za-z0-9]+/).filter((word) => word !== "" && !/^\d/.test(word));
  const base = parts
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("")
    .slice(0, 40);
  const taken = (name: string) => name.length < 3 || names.has(name) || written.includes(`{{ ${name} }}`);
  let name = base;
  for (let number = 1; taken(name); number++) name = `${base}Braces${number === 1 ? "" : number}`;
  return name;
}
