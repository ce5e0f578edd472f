import { quote, type DiagnosticCollector, type Span } from "@imagewright/diagnostics";
import { textOf } from "@imagewright/semver-resolver";
import { slugOf } from "../names/slug.js";
import { rulesOf, type ResourceType } from "./resource-types.js";

const NAME = /^[a-z0-9_-]+$/;
const UUID = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

/** Checks the name of a resource in its ARN, or the ID of an execution. */
export function checkName(span: Span, type: ResourceType, found: DiagnosticCollector): void {
  const name = textOf(span);
  const { idPrefix, described } = rulesOf(type);
  if (idPrefix !== undefined) {
    const isId = name.startsWith(`${idPrefix}-`) && UUID.test(name.slice(idPrefix.length + 1));
    if (!isId) found.error("arn-id", span, `${quote(name)} is not the ID of ${described}; allowed: "${idPrefix}-" and a UUID`);
  } else if (!NAME.test(name)) found.error("arn-name", span, nameFault(name), nameHelp(name));
}

function nameFault(name: string): string {
  return `${name === "" ? "the ARN has no resource name" : `the resource name ${quote(name)} is not possible in an ARN`}; allowed: a to z, 0 to 9, "-" and "_"`;
}

function nameHelp(name: string) {
  const meant = slugOf(name);
  return /[a-z0-9]/.test(meant) ? { help: `names are in lower case there: ${quote(meant)}` } : {};
}
