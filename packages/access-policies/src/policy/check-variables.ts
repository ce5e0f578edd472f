import { quote } from "@imagewright/diagnostics";
import { readPatternTemplate, policyVariablesOf } from "../patterns/template.js";
import { checkKey } from "./check-key.js";
import type { PolicyReport } from "./policy-report.js";
import { VERSION_WITH_VARIABLES } from "./schemas.js";
import type { PlacedWord } from "./texts.js";

/** Checks the variables in a text. Returns whether they can be read. */
export function checkVariables({ text, path }: PlacedWord, variables: boolean, report: PolicyReport): boolean {
  if (!text.includes("${")) return true;
  if (!variables) {
    const message = `${report.label(path)} has "\${", which is a variable only in a policy of "Version" "${VERSION_WITH_VARIABLES}"`;
    report.warning("variables-off", path, message);
    return true;
  }
  const { template, fault } = readPatternTemplate(text, { variables, wildcards: true });
  if (fault !== undefined) {
    const allowed = '"${aws:username}", "${aws:PrincipalTag/team, \'none\'}", "${*}", "${?}" or "${$}"';
    const message = `${report.label(path)} has a variable that cannot be read: ${quote(text.slice(fault.start))}; allowed: forms such as ${allowed}`;
    report.error("variable-form", path, message);
    return false;
  }
  for (const { key } of policyVariablesOf(template)) {
    if (checkKey(key, path, report, "value")?.several === true)
      report.error("variable-several", path, `${report.label(path)}: ${quote(key)} may have several values, so it is no variable`);
  }
  return true;
}
