/** `*`: any characters, also none. */
export const ANY = Symbol("*");
/** `?`: one character. */
export const ONE = Symbol("?");

/** A part of a pattern whose variables are resolved: text as it is, or a wildcard. */
export type PatternPiece = string | typeof ANY | typeof ONE;

/** `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`: a condition key, in small letters, and what stands for a missing value. */
export interface PolicyVariable {
  readonly key: string;
  readonly fallback?: string;
}

/** A text of a policy with wildcards and variables. */
export type PatternTemplate = readonly (PatternPiece | PolicyVariable)[];

export interface TemplateOptions {
  /** Whether `${…}` is a variable: in policies of version 2012-10-17. */
  readonly variables: boolean;
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards: boolean;
}

/** The range of a variable that is not written as allowed. */
export interface TemplateFault {
  readonly start: number;
  readonly end: number;
}

// each run ends at a character that it does not contain, so no part of the text is read twice
const VARIABLE = /\$\{(?:([*?$])|([^{}',$]*)(?:,([^{}',$]*)'([^'$]*)'([^{}',$]*))?)\}/y;
const KEY = /^[a-z0-9-]+:[^\s*?]+( [^\s*?]+)*$/i;

/** Reads a text. `${*}`, `${?}` and `${$}` are the characters themselves. */
export function readPatternTemplate(
  text: string,
  { variables, wildcards }: TemplateOptions,
): { template: PatternTemplate; fault?: TemplateFault } {
  const template: (PatternPiece | PolicyVariable)[] = [];
  let literal = "";
  const flush = () => {
    if (literal !== "") template.push(literal);
    literal = "";
  };
  for (let position = 0; position < text.length; position += 1) {
    const character = text.charAt(position);
    if (wildcards && (character === "*" || character === "?")) {
      flush();
      const wildcard = character === "*" ? ANY : ONE;
      if (wildcard !== ANY || template.at(-1) !== ANY) template.push(wildcard);
    } else if (variables && text.startsWith("${", position)) {
      const variable = variableAt(text, position);
      if (variable === undefined) return { template, fault: { start: position, end: text.length } };
      if (typeof variable.read === "string") literal += variable.read;
      else {
        flush();
        template.push(variable.read);
      }
      position = variable.end - 1;
    } else literal += character;
  }
  flush();
  return { template };
}

function variableAt(text: string, start: number): { read: string | PolicyVariable; end: number } | undefined {
  VARIABLE.lastIndex = start;
  const [whole, sign, name = "", before, fallback, after] = VARIABLE.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const end = start + whole.length;
  if (sign !== undefined) return { read: sign, end };
  const key = name.trim().toLowerCase();
  if (!KEY.test(key) || `${before ?? ""}${after ?? ""}`.trim() !== "") return undefined;
  return { read: fallback === undefined ? { key } : { key, fallback }, end };
}

/** What templates need to know of a request: the only value of a condition key, whose name is in small letters. */
export interface VariableValues {
  single(key: string): string | undefined;
}

/** The only text that matches a template, if there is only one. */
export function literalOf(template: PatternTemplate): string | undefined {
  return template.every((piece) => typeof piece === "string") ? template.join("") : undefined;
}

/** The variables of a template. */
export function policyVariablesOf(template: PatternTemplate): readonly PolicyVariable[] {
  return template.filter((piece): piece is PolicyVariable => typeof piece === "object");
}

/** What a template is with the values of a request, which are never wildcards; undefined if a variable has no value. */
export function resolveTemplate(template: PatternTemplate, scope: VariableValues): readonly PatternPiece[] | undefined {
  const pieces: PatternPiece[] = [];
  for (const piece of template) {
    const resolved = typeof piece === "object" ? (scope.single(piece.key) ?? piece.fallback) : piece;
    if (resolved === undefined) return undefined;
    pieces.push(resolved);
  }
  return pieces;
}
