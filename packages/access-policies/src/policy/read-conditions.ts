import { quote, unknownName } from "@imagewright/diagnostics";
import { shownValue, type Path } from "@imagewright/yaml-syntax";
import { findKey } from "../conditions/known-keys.js";
import { BASE_OPERATORS, readOperator, type ConditionOperator } from "../conditions/operators.js";
import { checkKey } from "./check-key.js";
import { checkVariables } from "./check-variables.js";
import type { StatementCondition } from "./policy.js";
import type { PolicyReport } from "./policy-report.js";
import { textsAt, type PlacedWord } from "./texts.js";

/** Reads `Condition`: operators, in each of them keys, with one value or a list. */
export function readConditions(
  value: unknown,
  path: Path,
  { variables, isAsked }: { readonly variables: boolean; readonly isAsked: boolean },
  report: PolicyReport,
): StatementCondition[] {
  return entriesOf(value, path, "operators", report).flatMap(([name, keys]) => {
    const at = [...path, name];
    const operator = operatorNamed(name, path, report);
    return entriesOf(keys, at, "condition keys", report).flatMap(([key, listed]) => {
      const known = isAsked ? checkKey(key, [...at, key], report, "name") : findKey(key);
      const words = textsAt(listed, [...at, key], report, ["number", "boolean"]);
      if (operator === undefined) return [];
      if (known?.several === true && operator.kind === "comparison" && operator.values === "single") {
        const message = `${report.label(at)}: ${quote(key)} may have several values, and ${quote(name)} does not say which count`;
        const help = `use "ForAllValues:${name}" or "ForAnyValue:${name}"`;
        report.warning("several-values", [...at, key], message, { part: "name", help });
      }
      for (const word of words) checkValue(word, name, operator, variables, report);
      return [{ operator: name, key, values: words.map(({ text }) => text) }];
    });
  });
}

function entriesOf(value: unknown, path: Path, what: string, report: PolicyReport): [string, unknown][] {
  if (value === undefined || value === null) return [];
  if (typeof value === "object" && !Array.isArray(value)) return Object.entries(value);
  report.error("wrong-type", path, `${report.label(path)} must be an object of ${what}; found ${shownValue(value)}`);
  return [];
}

function operatorNamed(name: string, path: Path, report: PolicyReport): ConditionOperator | undefined {
  const operator = readOperator(name);
  if (operator !== undefined) return operator;
  const message = `${report.label(path)}: ${unknownName("operator", name, [...BASE_OPERATORS.keys(), "Null"])}`;
  const help = 'all but "Null" may have "ForAllValues:" or "ForAnyValue:" before and "IfExists" behind';
  report.error("unknown-operator", [...path, name], message, { part: "name", help });
  return undefined;
}

function checkValue(word: PlacedWord, name: string, operator: ConditionOperator, variables: boolean, report: PolicyReport): void {
  const { text, path } = word;
  const [fits, allowed] =
    operator.kind === "null"
      ? [/^(true|false)$/i.test(text), '"true" or "false"']
      : [operator.comparison.prepare(text, variables) !== undefined, operator.comparison.allowed];
  if (/(^|:)(String|Arn)/.test(name) && !checkVariables(word, variables, report)) return;
  if (!fits) report.error("condition-value", path, `${report.label(path)} must be ${allowed}; found ${quote(text)}`);
}
