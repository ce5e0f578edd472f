import { nearest, quote } from "@imagewright/diagnostics";
import type { Path } from "@imagewright/yaml-syntax";
import { knownActions } from "../operations/known-actions.js";
import { actionPattern } from "../patterns/action-pattern.js";
import { eitherOf, type RawStatement } from "./either.js";
import type { Effect, PolicySelection } from "./policy.js";
import type { PolicyReport } from "./policy-report.js";
import { foreignCharacter, textsAt, type PlacedWord } from "./texts.js";

const SERVICE = "imagebuilder";
const FORM = 'a service, ":" and an action, such as "imagebuilder:GetImage" or "imagebuilder:List*", or "*"';

/** Reads `Action` or `NotAction`. */
export function readActions(
  statement: RawStatement,
  path: Path,
  effect: Effect | undefined,
  report: PolicyReport,
): PolicySelection | undefined {
  const found = eitherOf(statement, path, "Action", report);
  if (found === undefined) return undefined;
  const words = textsAt(found.value, found.path, report);
  // a name that matches nothing makes these statements leave open what they seem to close
  const closes = (effect === "Deny") !== found.except;
  for (const word of words) checkAction(word, closes, report);
  return { except: found.except, values: words.map(({ text }) => text) };
}

function checkAction({ text, path }: PlacedWord, closes: boolean, report: PolicyReport): void {
  const foreign = foreignCharacter(text);
  if (foreign !== undefined || !/^(\*|[a-z0-9*?-]+:[a-z0-9*?]+)$/i.test(text)) {
    const why = foreign === undefined ? "" : `, which has the character ${foreign}`;
    report.error("action-form", path, `${report.label(path)} must be ${FORM}; found ${quote(text)}${why}`);
    return;
  }
  if (!isOfThisService(text) || matchesKnown(text)) return;
  const meant = meantBy(text);
  const allowed = 'allowed: "imagebuilder:" and the name of an operation, also with "*" and "?"';
  const ending = meant === undefined ? "" : `; did you mean ${quote(meant)}?`;
  const message = `${report.label(path)}: no operation of the API is ${quote(text)}; ${allowed}${ending}`;
  if (closes) report.error("unknown-action", path, message);
  else report.warning("unknown-action", path, message);
}

/** The same service with another name, or the same name of this service. */
function meantBy(text: string): string | undefined {
  const [service = "", name = ""] = text.split(":");
  const ofThis = `${SERVICE}:${name}`;
  if (matchesKnown(ofThis)) return ofThis;
  const names = Array.from(knownActions().values(), (action) => action.split(":") as [string, string]);
  const meant = nearest(
    name,
    names.flatMap(([known, action]) => (known === service ? [action] : [])),
  );
  return meant === undefined ? undefined : `${service}:${meant}`;
}

/** Whether a pattern of actions matches one that the API asks about. */
export function matchesKnown(pattern: string): boolean {
  const known = knownActions();
  return known.has(pattern.toLowerCase()) || [...known.keys()].some(actionPattern(pattern));
}

/** Whether an action is, or was meant to be, of Image Builder; those of other services are for AWS to know. */
function isOfThisService(text: string): boolean {
  const [service = ""] = text.toLowerCase().split(":");
  return (
    text !== "*" &&
    (actionPattern(service)(SERVICE) || nearest(service, [SERVICE]) !== undefined || (service === "iam" && /^passr/i.test(text.slice(4))))
  );
}
