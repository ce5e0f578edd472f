import { count } from "@imagewright/diagnostics";
import { dateText } from "./calendar.js";
import { timeOf } from "./errors.js";
import type { Decision, ResourceKind, ResourcePlan } from "./plan/decision.js";
import type { LifecyclePlan } from "./plan/lifecycle-plan.js";
import type { LifecyclePolicy } from "./policy/policy.js";
import type { Simulation } from "./simulate.js";
import { decisionsToShow } from "./decisions-to-show.js";

/** One row: what a rule does to one resource, or why it does nothing. */
export interface PreviewRow {
  /** `web 1.0.0/3`. */
  readonly image: string;
  readonly kind: ResourceKind;
  /** The short form: the image as above, the ID of an AMI or a snapshot, the URI of a container image. */
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
  /** Those that `PREVIEW_COLUMNS` names are the ones for a table. */
  readonly rows: readonly Row[];
  /**
   * Of a plan `on 2027-01-01: 3 to deprecate, 0 to disable, 2 to delete, 7 kept; of 5 images, 2 are touched`, counted in resources;
   * of a simulation `of 24 runs, 2 have actions`.
   */
  readonly summary: string;
  /** A note for the reader; usually empty. */
  readonly notes: readonly string[];
}

export interface PreviewOptions {
  /** Whether to show what is kept as well. Default true. */
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
 * The plan as rows of a table, in the order of the images. A resource has a row for each of its actions and each rule that is due and yet
 * keeps it, and one for why the next rule keeps it.
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

function rowOf(image: string, resource: ResourcePlan, { action, rule, reason, needs }: Decision): PreviewRow {
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
