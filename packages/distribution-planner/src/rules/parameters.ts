import { quote } from "@imagewright/diagnostics";
import type { Path } from "@imagewright/yaml-syntax";
import type { Distribution } from "../settings/settings-schema.js";
import type { Report } from "./report.js";

const MOST_LEVELS = 15;

/** Checks parameter names by the rules of Parameter Store. */
export function checkParameters({ ssmParameterConfigurations: entries = [] }: Distribution, path: Path, report: Report): void {
  const at = (position: number): Path => [...path, "ssmParameterConfigurations", position, "parameterName"];
  for (const [position, { parameterName }] of entries.entries()) {
    const wrong = faultOf(parameterName);
    if (wrong !== undefined) report.error("parameter-name", at(position), `the parameter name ${quote(parameterName)} ${wrong}`);
  }
}

function faultOf(name: string): string | undefined {
  const levels = name.split("/").filter((level) => level !== "").length;
  if (/^\/?(aws|ssm)/i.test(name)) return 'starts with "aws" or "ssm", which Parameter Store reserves; allowed: any other start';
  if (name.includes("/") && !name.startsWith("/"))
    return 'has levels but no "/" at its start; allowed: names such as "/output/image/param"';
  if (levels > MOST_LEVELS) return `has ${levels} levels; allowed: at most ${MOST_LEVELS}`;
  return undefined;
}
