import { quote, unknownName } from "@imagewright/diagnostics";
import type { Path } from "@imagewright/yaml-syntax";
import type { Distribution } from "../settings/settings-schema.js";
import { BUILD_DATE, VARIABLES, variablesOf } from "../settings/template.js";
import type { Report } from "./report.js";

const KNOWN: readonly string[] = VARIABLES;

/** Checks the variables of AMI names, AMI tags and container tags. Source: guide chapters 30 and 34. */
export function checkTemplates(
  { amiDistributionConfiguration: ami, containerDistributionConfiguration: container }: Distribution,
  path: Path,
  report: Report,
): void {
  if (ami?.name !== undefined) checkName(ami.name, [...path, "amiDistributionConfiguration", "name"], report);
  for (const [key, value] of Object.entries(ami?.amiTags ?? {})) {
    if (value.includes("{{")) checkVariables(value, [...path, "amiDistributionConfiguration", "amiTags", key], report, isOurs);
  }
  for (const [position, tag] of (container?.containerTags ?? []).entries()) {
    checkVariables(tag, [...path, "containerDistributionConfiguration", "containerTags", position], report, () => true);
  }
}

function checkName(name: string, place: Path, report: Report): void {
  checkVariables(name, place, report, () => true);
  const rest = name.replace(/\{\{[^{}]*\}\}/g, "");
  if (/[{}]/.test(rest)) {
    report.error(
      "stray-brace",
      place,
      `the AMI name ${quote(name)} has braces that belong to no variable; allowed: {{ ${KNOWN.join(" }} and {{ ")} }}`,
    );
  }
  if (variablesOf(name).every((variable) => variable.name !== BUILD_DATE)) {
    const help = `write "${name} {{ ${BUILD_DATE} }}": the service itself refuses names without it`;
    report.warning("name-without-date", place, `the AMI name ${quote(name)} has no {{ ${BUILD_DATE} }}, so the date is added at its end`, {
      help,
    });
  }
}

/** In the values of tags, other braces may be literal text. */
function isOurs(name: string): boolean {
  return name.startsWith("imagebuilder:");
}

function checkVariables(text: string, place: Path, report: Report, counts: (name: string) => boolean): void {
  for (const { name, start, end } of variablesOf(text)) {
    if (!KNOWN.includes(name) && counts(name))
      report.errorInText("unknown-variable", place, { text, start, end }, unknownName("variable", name, KNOWN));
  }
}
