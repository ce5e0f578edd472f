import { Pattern, type Match } from "./pattern.js";
import type { PatternPiece, PatternTemplate, PolicyVariable, VariableValues } from "./template.js";

/** The six parts of an ARN; the last one may contain colons. */
export type ArnSections = readonly [string, string, string, string, string, string];

/** Splits an ARN at its first five colons; undefined for other texts, such as `*`. */
export function arnSectionsOf(text: string): ArnSections | undefined {
  if (!text.startsWith("arn:")) return undefined;
  const parts = text.split(":");
  if (parts.length < 6) return undefined;
  const [arn = "", partition = "", service = "", region = "", account = ""] = parts;
  return [arn, partition, service, region, account, parts.slice(5).join(":")];
}

/** The templates of the parts of an ARN; as many as are written. */
export function sectionsOfTemplate(template: PatternTemplate): readonly PatternTemplate[] {
  const sections: (PatternPiece | PolicyVariable)[][] = [[]];
  for (const piece of template) {
    if (typeof piece !== "string") {
      sections.at(-1)?.push(piece);
      continue;
    }
    const [first = "", ...others] = splitAtMost(piece, 6 - sections.length);
    if (first !== "") sections.at(-1)?.push(first);
    for (const text of others) sections.push(text === "" ? [] : [text]);
  }
  return sections;
}

/** Splits at colons, at most so many times. */
function splitAtMost(text: string, most: number): string[] {
  const parts = text.split(":");
  return parts.length <= most + 1 ? parts : [...parts.slice(0, most), parts.slice(most).join(":")];
}

const LAST = 5;

/** A pattern of ARNs. A wildcard or a value of a variable never reaches over a colon into the next part; the last part may have colons. */
export class ArnPattern {
  readonly #literals: readonly { readonly nth: number; readonly text: string }[];
  /** Those without variables before the others. */
  readonly #patterns: readonly { readonly nth: number; readonly pattern: Pattern }[];

  /** `sections` are those that are written; missing ones at the end match everything. */
  constructor(sections: readonly PatternTemplate[]) {
    const all = sections.map((template, nth) => ({ nth, pattern: new Pattern(template) })).filter(({ pattern }) => !pattern.isAnything);
    this.#literals = all.flatMap(({ nth, pattern: { literal } }) => (literal === undefined ? [] : [{ nth, text: literal }]));
    this.#patterns = all
      .filter(({ pattern }) => pattern.literal === undefined)
      .sort((one, other) => Number(one.pattern.hasVariables) - Number(other.pattern.hasVariables));
  }

  /** `isOpen`: whether the last part goes on; undefined if it depends on how. */
  test(arn: ArnSections, scope: VariableValues, isOpen = false): Match {
    let isUnknown = false;
    for (const { nth, text } of this.#literals) {
      const goesOn = isOpen && nth === LAST && text.startsWith(arn[nth]);
      if (arn[nth] !== text && !goesOn) return false;
      isUnknown ||= goesOn;
    }
    for (const { nth, pattern } of this.#patterns) {
      const matches = isOpen && nth === LAST ? pattern.testStart(arn[nth], scope) : pattern.test(arn[nth] ?? "", scope);
      if (matches === false) return false;
      isUnknown ||= matches === undefined;
    }
    return isUnknown ? undefined : true;
  }
}
