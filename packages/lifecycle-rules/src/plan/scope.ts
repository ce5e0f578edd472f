import { dateText } from "../calendar.js";
import { enumValues, slugOf } from "@imagewright/imagebuilder-model";
import type { LifecycleImage } from "../images/image.js";
import type { LifecyclePolicy, RecipeSelection } from "../policy/policy.js";
import { matchesNumbers } from "../version-numbers.js";
import { keep, type LifecycleDecision } from "./decision.js";
import type { RecipeGroups, RecipeVersion } from "./recipe-groups.js";
import { tagMatcher } from "./tags.js";
import { quoted } from "./words.js";

/** The statuses of images that rules apply to. */
export const RULED_STATUSES: ReadonlySet<string> = new Set(["AVAILABLE", "DEPRECATED", "DISABLED"]);

/** Why no rule of a policy applies to an image, given with its position; undefined if rules apply. */
export type ScopeTest = (image: LifecycleImage, position: number) => readonly [LifecycleDecision] | undefined;

/** Makes the test for the scope of a policy at a date (milliseconds UTC). */
export function scopeTest(policy: LifecyclePolicy, groups: RecipeGroups, at: number): ScopeTest {
  const type = policy.resourceType === "AMI_IMAGE" ? "AMI" : "DOCKER";
  const isSelected = selectionTest(policy, groups);
  const otherType = [
    keep(
      "other-type",
      type === "AMI" ? "it is a container image; the policy is for AMI images" : "it is an AMI image; the policy is for container images",
    ),
  ] as const;
  const notSelected = [
    keep("not-selected", `the policy does not select the image by its ${policy.scope.by === "tags" ? "tags" : "recipe"}`),
  ] as const;
  const notReady = new Map(
    enumValues("ImageStatus")
      .filter((status) => !RULED_STATUSES.has(status))
      .map((status) => [status, [notRuled(status)] as const]),
  );
  return (image, position) => {
    if (image.type !== type) return otherType;
    if (!isSelected(image, position)) return notSelected;
    if (image.dateCreated <= at || notReady.has(image.status)) return notReady.get(image.status);
    return [keep("not-created", `the image is created on ${dateText(image.dateCreated)}, after the date of the plan`)];
  };
}

function notRuled(status: string): LifecycleDecision {
  return keep("not-ready", `the status of the image is ${quoted(status)}; rules are for images that are available, deprecated or disabled`);
}

function selectionTest(
  { scope }: LifecyclePolicy,
  { versions, versionOf }: RecipeGroups,
): (image: LifecycleImage, position: number) => boolean {
  if (scope.by === "tags") {
    const match = tagMatcher(scope.tagMap, () => true);
    return (image) => match(image.tags) === true;
  }
  const selections = scope.recipes.map(({ name, version }) => ({ name: slugOf(name), version }));
  const selected = versions.map((version) => isRecipeSelected(selections, version));
  return (_image, position) => selected[versionOf[position] as number] === true;
}

function isRecipeSelected(selections: readonly RecipeSelection[], { name, numbers }: RecipeVersion): boolean {
  const wanted = slugOf(name);
  return selections.some((selection) => selection.name === wanted && matchesNumbers(selection.version, numbers));
}
