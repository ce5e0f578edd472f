import { ArnPattern, arnSectionsOf, sectionsOfTemplate } from "../patterns/arn-pattern.js";
import { ANY, literalOf, readPatternTemplate } from "../patterns/template.js";
import type { Comparison } from "./value-test.js";

/** ARNs part by part, with `*` and `?` in each; `ArnEquals` and `ArnLike` are the same. */
export const compareArns: Comparison = {
  allowed: 'an ARN of six parts with colons between, in which "*" and "?" are wildcards, or "*"',
  prepare(value, variables) {
    const { template, fault } = readPatternTemplate(value, { variables, wildcards: true });
    if (fault !== undefined) return undefined;
    if (template.length === 1 && template[0] === ANY) return (found) => arnSectionsOf(found) !== undefined;
    const sections = sectionsOfTemplate(template);
    if (sections.length !== 6 || literalOf(sections[0] ?? []) !== "arn") return undefined;
    const pattern = new ArnPattern(sections);
    return (found, scope) => {
      const arn = arnSectionsOf(found);
      return arn === undefined ? false : pattern.test(arn, scope);
    };
  },
};
