import { Pattern } from "../patterns/pattern.js";
import { literalOf, readPatternTemplate, resolveTemplate } from "../patterns/template.js";
import type { Comparison } from "./value-test.js";

const allowed = 'a text, in which variables are written "${aws:username}"';

const equality = (fold: (text: string) => string): Comparison => ({
  allowed,
  prepare(value, variables) {
    const { template, fault } = readPatternTemplate(value, { variables, wildcards: false });
    if (fault !== undefined) return undefined;
    const literal = literalOf(template);
    if (literal !== undefined) {
      const wanted = fold(literal);
      return (found) => fold(found) === wanted;
    }
    return (found, scope) => {
      const resolved = resolveTemplate(template, scope);
      return resolved === undefined ? undefined : fold(found) === fold(resolved.join(""));
    };
  },
});

export const compareStrings = equality((text) => text);
export const compareStringsIgnoringCase = equality((text) => text.toLowerCase());

/** With `*` and `?`; case counts. */
export const compareLikeStrings: Comparison = {
  allowed,
  prepare(value, variables) {
    const { template, fault } = readPatternTemplate(value, { variables, wildcards: true });
    if (fault !== undefined) return undefined;
    const pattern = new Pattern(template);
    return (found, scope) => pattern.test(found, scope);
  },
};
