import { quoteInFull } from "@imagewright/diagnostics";
import type { Path } from "@imagewright/yaml-syntax";
import { resourceSections } from "../patterns/resource-pattern.js";
import { checkVariables } from "./check-variables.js";
import { eitherOf, type RawStatement } from "./either.js";
import type { PolicySelection } from "./policy.js";
import type { PolicyReport } from "./policy-report.js";
import { foreignCharacter, textsAt, type PlacedWord } from "./texts.js";

const FORM = 'an ARN, in which "*" and "?" are wildcards, or "*"';

/** Reads `Resource` or `NotResource`. */
export function readResources(statement: RawStatement, path: Path, variables: boolean, report: PolicyReport): PolicySelection | undefined {
  const found = eitherOf(statement, path, "Resource", report);
  if (found === undefined) return undefined;
  const words = textsAt(found.value, found.path, report);
  for (const word of words) checkResource(word, variables, report);
  return { except: found.except, values: words.map(({ text }) => text) };
}

function checkResource(word: PlacedWord, variables: boolean, report: PolicyReport): void {
  const { text, path } = word;
  if (text === "*" || !checkVariables(word, variables, report)) return;
  const foreign = foreignCharacter(text);
  const why = foreign === undefined ? "" : `, which has the character ${foreign}`;
  const sections = resourceSections(text, variables);
  if (foreign !== undefined || sections === undefined || /\s/.test(text.replace(/\$\{[^}]*\}/g, "")))
    report.error("resource-form", path, `${report.label(path)} must be ${FORM}; found ${quoteInFull(text)}${why}`);
  else if (sections.length < 6) {
    const message = `${report.label(path)} has ${sections.length} of the 6 parts of an ARN; "*" stands for the others`;
    report.warning("resource-incomplete", path, message, { help: `write ${quoteInFull(`${text}${":*".repeat(6 - sections.length)}`)}` });
  }
}
