import { dateText } from "../calendar.js";
import type { LifecycleImage } from "../images/image.js";
import type { LifecyclePolicy, RecipeSelection } from "../policy/policy.js";
import { arnName, matchesRecipePattern } from "../recipe-pattern.js";
import { keep, type Decision } from "./decision.js";
import type { RecipeGroups } from "./recipe-groups.js";
import { tagMatcher } from "./tags.js";
import { quoted } from "./words.js";

export const RULED_STATUSES: ReadonlySet<string> = new Set(["AVAILABLE", "DEPRECATED", "DISABLED"]);

/** Tells why no rule of a policy is for an image, given with its position; undefined where rules are. */
export type ScopeTest = (image: LifecycleImage, position: number) => Decision | undefined;

export function scopeTest(policy: LifecyclePolicy, images: readonly LifecycleImage[], groups: RecipeGroups, at: number): ScopeTest {
  const type = policy.resourceType === "AMI_IMAGE" ? "AMI" : "DOCKER";
  const isSelected = selectionTest(policy, images, groups);
  const otherType = keep("other-type", type === "AMI" ? "it is a container image; the policy is for AMI images" : "it is an AMI image; the policy is for container images");
  const notSelected = keep("not-selected", `the policy does not select the image by its ${policy.scope.by === "tags" ? "tags" : "recipe"}`);
  return (image, position) => {
    if (image.type !== type) return otherType;
    if (!isSelected(image, position)) return notSelected;
    if (!RULED_STATUSES.has(image.status)) return keep("not-ready", `the status of the image is ${quoted(image.status)}; rules are for images that are available, deprecated or disabled`);
    return image.dateCreated > at ? keep("not-created", `the image is created on ${dateText(image.dateCreated)}, after the date of the plan`) : undefined;
  };
}

function selectionTest({ scope }: LifecyclePolicy, images: readonly LifecycleImage[], { versions, versionOf }: RecipeGroups): (image: LifecycleImage, position: number) => boolean {
  if (scope.by === "tags") {
    const match = tagMatcher(scope.tagMap);
    return (image) => match(image.tags) !== undefined;
  }
  const selected = versions.map((position) => isRecipeSelected(scope.recipes, (images[position] as LifecycleImage).recipe));
  return (_image, position) => selected[versionOf[position] as number] === true;
}

function isRecipeSelected(selections: readonly RecipeSelection[], { name, version }: LifecycleImage["recipe"]): boolean {
  return selections.some((selection) => arnName(selection.name) === arnName(name) && matchesRecipePattern(selection.version, version));
}
