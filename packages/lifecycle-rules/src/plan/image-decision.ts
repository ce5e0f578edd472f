import { addPeriod, dayText, MILLISECONDS_PER_DAY, lastStart, periodText, timeOfDay, type Period } from "../calendar.js";
import type { LifecycleImage } from "../images/image.js";
import type { LifecycleRule } from "../policy/policy.js";
import { RuleDecision, type LifecycleDecision } from "./decision.js";
import { exclusionsOf, type Exclusions } from "./exclusions.js";
import type { PlanSettings } from "./options.js";
import { childImageOf, type Parents } from "./parents.js";
import type { Ranks } from "./ranks.js";
import { keptBy, type KeptDecisions } from "./kept-decisions.js";
import { quoted } from "./words.js";

/** The data that all decisions of a plan are based on. */
export interface PlanFacts {
  readonly settings: PlanSettings;
  /** Ranks for counts and `retainAtLeast`, if a rule has one. */
  readonly ranks?: Ranks;
  /** Ranks across all versions, if `keepNewest` is set. */
  readonly ranksAcross?: Ranks;
  /** Returns what protects an image: its user or its child. */
  readonly protectorOf: ProtectorOf;
}

interface Protector {
  readonly code: "in-use" | "parent";
  readonly describe: (name: string) => string;
  readonly name: string;
}

type ProtectorOf = (image: LifecycleImage, position: number) => Protector | undefined;

/** A rule, with everything that depends on the date of the plan. */
export interface DatedRule {
  readonly rule: LifecycleRule;
  readonly exclusions: Exclusions;
  readonly kept: KeptDecisions;
  /** The creation date of the youngest image that is old enough. */
  readonly lastCreated: number;
  /** Formats the reasons of decisions. */
  readonly reasons: RuleReasons;
}

type RuleReasons = Readonly<Record<"old" | "oldAndNewest" | "younger" | "newest" | "keepNewest", (image: LifecycleImage) => string>> & {
  readonly count: (ranked: { image: LifecycleImage; rank: number }) => string;
};

/** Computes everything of a rule that depends on the date of the plan. */
export function dateRule(rule: LifecycleRule, settings: PlanSettings): DatedRule {
  const { filter } = rule;
  const lastCreated = filter.type === "AGE" ? lastStart(settings.at, filter.period) : Infinity;
  return { rule, exclusions: exclusionsOf(rule, settings.at), kept: keptBy(rule), lastCreated, reasons: reasonsOf(rule, settings) };
}

function reasonsOf({ filter }: LifecycleRule, { countAmong, keepNewest }: PlanSettings): RuleReasons {
  const { age, due } = filter.type === "AGE" ? { age: periodText(filter.period), due: dueTexts(filter.period) } : { age: "", due: String };
  const [kept, after] = filter.type === "AGE" ? [filter.retainAtLeast, ", which the rule retains"] : [filter.value, ""];
  const withoutEffect = filter.type === "AGE" ? (filter.retainWithoutEffect ?? 0) : 0;
  return {
    old: ({ dateCreated }) => `the image is ${age} old since ${due(dateCreated)}`,
    oldAndNewest: (image) =>
      `the image is ${age} old since ${due(image.dateCreated)}; its place among the newest ${withoutEffect} of ${groupText(image, countAmong)} does not count, as only "DELETE" rules retain images`,
    younger: ({ dateCreated }) => `the image is younger than ${age} until ${due(dateCreated)}`,
    newest: (image) => `the image is among the newest ${kept} of ${groupText(image, countAmong)}${after}`,
    count: ({ image, rank }) =>
      `the image is number ${rank} of ${groupText(image, countAmong)} from the newest on, of which ${kept} are kept`,
    keepNewest: (image) => `the image is among the newest ${keepNewest} of ${groupText(image, "recipe")}`,
  };
}

/** Images are created on few different days, so the date a period later is computed once per day. */
function dueTexts(period: Period): (created: number) => string {
  const dueDays = new Map<number, number>();
  return (created) => {
    const day = Math.floor(created / MILLISECONDS_PER_DAY);
    let due = dueDays.get(day);
    if (due === undefined) dueDays.set(day, (due = addPeriod(day * MILLISECONDS_PER_DAY, period) / MILLISECONDS_PER_DAY));
    return dayText(due, timeOfDay(created));
  };
}

/** What a rule decides about an image in the scope of the policy, without considering its AMIs. */
export function decideImage(dated: DatedRule, image: LifecycleImage, position: number, facts: PlanFacts): LifecycleDecision {
  const match = matchFilter(dated, image, facts.ranks?.[position] ?? 0);
  if (match.action === "KEEP") return match;
  return dated.exclusions.ofImage(image.tags) ?? protection(dated, image, position, facts) ?? match;
}

function matchFilter(
  { rule: { action, filter }, lastCreated, reasons }: DatedRule,
  image: LifecycleImage,
  rank: number,
): LifecycleDecision {
  if (filter.type === "COUNT") {
    if (rank <= filter.value) return new RuleDecision("KEEP", action, "newest", reasons.newest, image);
    return new RuleDecision(action, action, "count", reasons.count, { image, rank });
  }
  if (image.dateCreated > lastCreated) return new RuleDecision("KEEP", action, "younger", reasons.younger, image);
  if (filter.retainAtLeast > 0 && rank <= filter.retainAtLeast) return new RuleDecision("KEEP", action, "retained", reasons.newest, image);
  const isNewest = rank > 0 && filter.retainWithoutEffect !== undefined && rank <= filter.retainWithoutEffect;
  return new RuleDecision(action, action, "age", isNewest ? reasons.oldAndNewest : reasons.old, image);
}

function protection(
  { rule: { action }, reasons }: DatedRule,
  image: LifecycleImage,
  position: number,
  { settings, ranksAcross, protectorOf }: PlanFacts,
): LifecycleDecision | undefined {
  const rank = ranksAcross?.[position] ?? 0;
  if (rank > 0 && rank <= settings.keepNewest) return new RuleDecision("KEEP", action, "keep-newest", reasons.keepNewest, image);
  const protector = settings.protectFrom.has(action) ? protectorOf(image, position) : undefined;
  return protector === undefined ? undefined : new RuleDecision("KEEP", action, protector.code, protector.describe, protector.name);
}

/** Makes the function that finds what protects an image. It remembers the last image, because all rules ask about one image in turn. */
export function findProtectors({ protect }: PlanSettings, parents: Parents | undefined): ProtectorOf {
  let [last, protector] = [-1, undefined as Protector | undefined];
  return (image, position) => {
    if (position === last) return protector;
    last = position;
    const user = protect.has("in-use") ? userOf(image) : undefined;
    const child = user === undefined && parents !== undefined ? childImageOf(parents, image, position) : undefined;
    protector =
      user !== undefined
        ? { code: "in-use", describe: inUse, name: user }
        : child !== undefined
          ? { code: "parent", describe: isParent, name: child }
          : undefined;
    return protector;
  };
}

function inUse(user: string): string {
  return `the image is in use by ${quoted(user)}`;
}

function isParent(child: string): string {
  return `the image is the parent of ${quoted(child.slice(child.indexOf("/") + 1))}`;
}

/** The first user of an image or one of its AMIs. */
function userOf({ usedBy, amis }: LifecycleImage): string | undefined {
  if (usedBy.length > 0) return usedBy[0];
  for (const ami of amis) if (ami.usedBy.length > 0) return ami.usedBy[0];
  return undefined;
}

function groupText({ recipe }: LifecycleImage, among: "recipe-version" | "recipe"): string {
  return among === "recipe" ? `recipe ${quoted(recipe.name)} in any version` : `recipe ${quoted(recipe.name)} ${recipe.version}`;
}
