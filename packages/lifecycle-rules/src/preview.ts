import { count } from "@imagewright/diagnostics";
import { dateText } from "./calendar.js";
import { timeOf } from "./errors.js";
import type { Decision, ResourceKind, ResourcePlan } from "./plan/decision.js";
import type { ImagePlan } from "./plan/image-plan.js";
import type { LifecyclePlan } from "./plan/lifecycle-plan.js";
import type { SimulatedRun } from "./simulate.js";

/** One row: what happens to one resource, or why nothing does. */
export interface PreviewRow {
  /** `web 1.0.0/3`. */
  readonly image: string;
  readonly kind: ResourceKind;
  /** As short as it can be told by: the image as above, the ID of an AMI or a snapshot, the URI of a container image. */
  readonly resource: string;
  readonly region: string;
  readonly action: "deprecate" | "disable" | "delete" | "keep";
  /** The rule that decided; empty where the policy as a whole did. */
  readonly rule: string;
  readonly reason: string;
}

export interface Preview {
  /** Those that `columns` names are the ones for a table. */
  readonly rows: readonly PreviewRow[];
  /** `on 2027-01-01: 3 to deprecate, 0 to disable, 2 to delete, 7 kept; of 5 images, 2 are touched`, counted in resources. */
  readonly summary: string;
  /** What the reader should know besides; mostly empty. */
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
  ["reason", "REASON"],
];

/** The plan as rows for people, in the order of the images. A resource has a row for each of its actions, or one that tells why it is kept. */
export function previewPlan(plan: LifecyclePlan, { kept = true }: PreviewOptions = {}): Preview {
  const rows: PreviewRow[] = [];
  const totals = { deprecate: 0, disable: 0, delete: 0, keep: 0, touched: 0 };
  for (const imagePlan of plan) {
    const ofImage = rowsOf(imagePlan);
    for (const row of ofImage) totals[row.action] += 1;
    if (ofImage.some(({ action }) => action !== "keep")) totals.touched += 1;
    for (const row of ofImage) if (kept || row.action !== "keep") rows.push(row);
  }
  const date = dateText(timeOf(plan.options.at, "at"));
  const numbers = `${totals.deprecate} to deprecate, ${totals.disable} to disable, ${totals.delete} to delete, ${totals.keep} kept`;
  const summary = `on ${date}: ${numbers}; of ${count(plan.images.length, "image")}, ${totals.touched} ${totals.touched === 1 ? "is" : "are"} touched`;
  return { rows, summary, notes: plan.policy.enabled ? [] : ["the policy is disabled: this is what it would do if it was enabled"] };
}

/** The runs of a simulation as rows, each with the date of its run. */
export function previewRuns(timeline: readonly SimulatedRun[]): (PreviewRow & { readonly date: string })[] {
  return timeline.flatMap(({ at, actions }) =>
    actions.map(({ image, resource, decision }) => ({ date: dateText(at.getTime()), ...rowOf(shortName(image.arn), resource, decision) })),
  );
}

function rowsOf({ image, resources }: ImagePlan): PreviewRow[] {
  const name = shortName(image.arn);
  return resources.flatMap((resource) => {
    const actions = resource.decisions.filter(({ action }) => action !== "KEEP");
    return (actions.length > 0 ? actions : tellingReason(resource.decisions)).map((decision) => rowOf(name, resource, decision));
  });
}

/** Of several reasons to keep something the one of the next rule to come: not one that has done its work or leaves such resources alone. */
function tellingReason(decisions: readonly Decision[]): readonly Decision[] {
  const telling = decisions.find(({ code }) => code !== "already" && code !== "not-included") ?? decisions[0];
  return telling === undefined ? [] : [telling];
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
