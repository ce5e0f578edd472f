import { count } from "@imagewright/diagnostics";
import { dateText } from "./calendar.js";
import { timeOf } from "./errors.js";
import type { LifecycleDecision, ResourceKind, ResourcePlan } from "./plan/decision.js";
import type { LifecyclePlan } from "./plan/lifecycle-plan.js";
import type { LifecyclePolicy } from "./policy/policy.js";
import type { Simulation } from "./simulate.js";
import { decisionsToShow } from "./decisions-to-show.js";

/** One row: what a rule does to one resource, or why it does nothing. */
export interface PreviewRow {
  /** `web 1.0.0/3`. */
  readonly image: string;
  readonly kind: ResourceKind;
  /** The image as above, the ID of an AMI or a snapshot, or the URI of a container image. */
  readonly resource: string;
  readonly region: string;
  readonly action: "deprecate" | "disable" | "delete" | "keep";
  /** The rule that decided; empty if the policy as a whole did. */
  readonly rule: string;
  readonly reason: string;
}

/** What a run of a simulation does to one resource. */
export interface RunRow extends PreviewRow {
  readonly date: string;
}

export interface Preview<Row extends PreviewRow = PreviewRow> {
  /** `PREVIEW_COLUMNS` lists the members that a table shows. */
  readonly rows: readonly Row[];
  /**
   * For a plan, counted in resources: `on 2027-01-01: 3 to deprecate, 0 to disable, 2 to delete, 7 kept; of 5 images, 2 are touched`; for a
   * simulation: `of 24 runs, 2 have actions`.
   */
  readonly summary: string;
  /** A note for the reader; usually empty. */
  readonly notes: readonly string[];
}

export interface PreviewOptions {
  /** Whether to show the resources that are kept. Default true. */
  readonly kept?: boolean;
}

/** The columns of a table of PreviewRows, with their titles. */
export const PREVIEW_COLUMNS: readonly (readonly [keyof PreviewRow, string])[] = [
  ["image", "IMAGE"],
  ["resource", "RESOURCE"],
  ["region", "REGION"],
  ["action", "ACTION"],
  ["rule", "RULE"],
  ["reason", "REASON"],
];

/**
 * The plan as rows of a table, in the order of the images. A resource has a row for each of its actions, for each rule that is due but
 * keeps it, and for the reason why the next rule is not due.
 */
export function previewPlan(plan: LifecyclePlan, { kept = true }: PreviewOptions = {}): Preview {
  const rows: PreviewRow[] = [];
  const totals = { deprecate: 0, disable: 0, delete: 0, kept: 0, touched: 0 };
  for (const { image, resources } of plan) {
    const ofImage = resources.flatMap((resource) =>
      decisionsToShow(resource.decisions).map((decision) => rowOf(shortName(image.arn), resource, decision)),
    );
    for (const { action } of ofImage) if (action !== "keep") totals[action] += 1;
    totals.kept += resources.filter(isKept).length;
    if (!resources.every(isKept)) totals.touched += 1;
    for (const row of ofImage) if (kept || row.action !== "keep") rows.push(row);
  }
  const date = dateText(timeOf(plan.options.at, "at"));
  const numbers = `${totals.deprecate} to deprecate, ${totals.disable} to disable, ${totals.delete} to delete, ${totals.kept} kept`;
  const summary = `on ${date}: ${numbers}; of ${count(plan.images.length, "image")}, ${totals.touched} ${totals.touched === 1 ? "is" : "are"} touched`;
  return { rows, summary, notes: notesOn(plan.policy) };
}

/** The actions of a simulation as rows, each with the date of its run. */
export function previewRuns({ policy, timeline, runs }: Simulation): Preview<RunRow> {
  const rows = timeline.flatMap(({ at, actions }) =>
    actions.map(({ image, resource, decision }) => ({ date: dateText(at.getTime()), ...rowOf(shortName(image.arn), resource, decision) })),
  );
  return {
    rows,
    summary: `of ${count(runs, "run")}, ${timeline.length} ${timeline.length === 1 ? "has" : "have"} actions`,
    notes: notesOn(policy),
  };
}

function isKept({ decisions }: ResourcePlan): boolean {
  return decisions.every(({ action }) => action === "KEEP");
}

function notesOn({ enabled }: LifecyclePolicy): string[] {
  return enabled ? [] : ["the policy is disabled; these are its actions if it were enabled"];
}

function rowOf(image: string, resource: ResourcePlan, { action, rule, reason, needs }: LifecycleDecision): PreviewRow {
  return {
    image,
    kind: resource.kind,
    resource: resource.kind === "image" ? image : resource.id,
    region: resource.region,
    action: ACTION_NAMES[action],
    rule: rule ?? "",
    reason: needs === undefined ? reason : `${reason} (needs ${needs})`,
  };
}

const ACTION_NAMES = { DEPRECATE: "deprecate", DISABLE: "disable", DELETE: "delete", KEEP: "keep" } as const;

function shortName(arn: string): string {
  return arn.slice(arn.indexOf("/") + 1).replace("/", " ");
}
