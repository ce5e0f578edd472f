import { quoted } from "./words.js";
import { addPeriod, dateText, DAY, dayText, lastStart, periodText, timeOfDay, type Period } from "../calendar.js";
import type { ImageStatus, LifecycleImage } from "../images/image.js";
import type { Action, LifecycleRule } from "../policy/policy.js";
import { keep, type Decision } from "./decision.js";
import { exclusionsOf, type Exclusions } from "./exclusions.js";
import type { Settings } from "./options.js";
import type { Parents } from "./parents.js";
import type { Ranks } from "./ranks.js";

/** What all decisions of a plan are made from. */
export interface PlanFacts {
  readonly settings: Settings;
  /** Places for counts and retainAtLeast, where a rule has one. */
  readonly ranks?: Ranks;
  /** Places across all versions, where keepNewest asks for them. */
  readonly ranksAcross?: Ranks;
  readonly parents: Parents;
}

/** A rule at the date of the plan. */
export interface DatedRule {
  readonly rule: LifecycleRule;
  readonly exclusions: Exclusions;
  /** The creation date of the youngest image that is old enough. */
  readonly lastCreated: number;
  /** The age that it asks for, in words. */
  readonly age: string;
  /** The date from which an image is old enough, in words. */
  readonly dueText: (created: number) => string;
}

export function dateRule(rule: LifecycleRule, at: number): DatedRule {
  const exclusions = exclusionsOf(rule, at);
  if (rule.filter.type === "COUNT") return { rule, exclusions, lastCreated: Infinity, age: "", dueText: dateText };
  const { period } = rule.filter;
  return { rule, exclusions, lastCreated: lastStart(at, period), age: periodText(period), dueText: dueTexts(period) };
}

/** Images are made on few different days: what comes a period after a day is worked out once. */
function dueTexts(period: Period): (created: number) => string {
  const dueDays = new Map<number, number>();
  return (created) => {
    const day = Math.floor(created / DAY);
    let due = dueDays.get(day);
    if (due === undefined) dueDays.set(day, (due = addPeriod(day * DAY, period) / DAY));
    return dayText(due, timeOfDay(created));
  };
}

const DONE: Readonly<Record<Action, ReadonlySet<ImageStatus>>> = {
  DEPRECATE: new Set(["DEPRECATED", "DISABLED", "DELETED"]),
  DISABLE: new Set(["DISABLED", "DELETED"]),
  DELETE: new Set(["DELETED"]),
};

/** The reason of an action that a status makes needless; undefined where it does not. */
export function alreadyDone(action: Action, what: string, status: ImageStatus): string | undefined {
  return DONE[action].has(status) ? `${what} is ${status.toLowerCase()} already` : undefined;
}

/** What a rule decides about an image that is in the scope of the policy, without a look at its AMIs. */
export function decideImage(dated: DatedRule, image: LifecycleImage, position: number, facts: PlanFacts): Decision {
  const { rule, exclusions } = dated;
  const match = matchFilter(dated, image, facts.ranks?.[position] ?? 0, facts.settings);
  if (match.action === "KEEP") return match;
  const tag = exclusions.ofTags(image.tags);
  if (tag !== undefined) return keep("excluded", `the image has the tag ${tag}, which the rule excludes`, rule.action);
  return protection(image, position, facts, rule.action) ?? match;
}

function matchFilter({ rule, lastCreated, age, dueText }: DatedRule, image: LifecycleImage, rank: number, { countAmong }: Settings): Decision {
  const { action, filter } = rule;
  if (filter.type === "COUNT") {
    const group = groupText(image, countAmong);
    if (rank <= filter.value) return keep("newest", `the image is among the newest ${filter.value} of ${group}`, action);
    return { action, rule: action, code: "count", reason: `the image is number ${rank} of ${group} from the newest on, of which ${filter.value} are kept` };
  }
  const { retainAtLeast } = filter;
  const due = dueText(image.dateCreated);
  if (image.dateCreated > lastCreated) return keep("younger", `the image is younger than ${age} until ${due}`, action);
  if (retainAtLeast > 0 && rank <= retainAtLeast) return keep("retained", `the image is among the newest ${retainAtLeast} of ${groupText(image, countAmong)}, which the rule retains`, action);
  return { action, rule: action, code: "age", reason: `the image is ${age} old since ${due}` };
}

function protection(image: LifecycleImage, position: number, { settings, ranksAcross, parents }: PlanFacts, rule: Action): Decision | undefined {
  const rank = ranksAcross?.[position] ?? 0;
  if (rank > 0 && rank <= settings.keepNewest) return keep("keep-newest", `the image is among the newest ${settings.keepNewest} of ${groupText(image, "recipe")}`, rule);
  if (!settings.protectFrom.has(rule)) return undefined;
  const user = settings.protect.has("in-use") ? userOf(image) : undefined;
  if (user !== undefined) return keep("in-use", `the image is in use by ${quoted(user)}`, rule);
  const child = settings.protect.has("parents") ? parents.get(position) : undefined;
  return child === undefined ? undefined : keep("parent", `the image is the parent of ${quoted(child.slice(child.indexOf("/") + 1))}`, rule);
}

/** Who uses an image or one of its AMIs. */
function userOf({ usedBy, amis }: LifecycleImage): string | undefined {
  if (usedBy.length > 0) return usedBy[0];
  for (const ami of amis) if (ami.usedBy.length > 0) return ami.usedBy[0];
  return undefined;
}

function groupText({ recipe }: LifecycleImage, among: "recipe-version" | "recipe"): string {
  return among === "recipe" ? `recipe ${quoted(recipe.name)} in any version` : `recipe ${quoted(recipe.name)} ${recipe.version}`;
}
