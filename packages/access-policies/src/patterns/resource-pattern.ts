import { ArnPattern, sectionsOfTemplate, type ArnSections } from "./arn-pattern.js";
import type { Match } from "./pattern.js";
import { readPatternTemplate, type PatternTemplate, type VariableValues } from "./template.js";

/** A resource that is asked about: the sections of its ARN, or `*` where an operation is about none. */
export type AskedResource = ArnSections | "*";

/** The parts of a `Resource` of a policy; undefined if it is no ARN. `*` is not for this. */
export function resourceSections(text: string, variables: boolean): readonly PatternTemplate[] | undefined {
  const { template, fault } = readPatternTemplate(text, { variables, wildcards: true });
  const sections = sectionsOfTemplate(template);
  return fault === undefined && sections.length > 1 && sections[0]?.length === 1 && sections[0][0] === "arn" ? sections : undefined;
}

/** `isOpen`: whether the ARN goes on, so that a match may not be known. */
export type ResourceTest = (asked: AskedResource, scope: VariableValues, isOpen?: boolean) => Match;

/** A `Resource` of a policy without faults. */
export function resourcePattern(text: string, variables: boolean): ResourceTest {
  if (text === "*") return () => true;
  const pattern = new ArnPattern(resourceSections(withAnyVersion(text), variables) ?? []);
  // an operation that is about no resource is allowed and denied by "*" alone
  return (asked, scope, isOpen) => (asked === "*" ? false : pattern.test(asked, scope, isOpen));
}

/** `x.x.x` at the end selects every version, and `1.x.x` every one of 1, as in the example of guide chapter 49. */
function withAnyVersion(text: string): string {
  return text.replace(/\/(?:x\.x|\d+\.(?:x|\d+))\.x$/, (version) => version.replaceAll("x", "*"));
}
