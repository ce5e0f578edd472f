import type { LifecycleImage } from "../images/image.js";
import { ACTIONS, type Action, type LifecyclePolicy } from "../policy/policy.js";
import type { Decision, ResourcePlan } from "./decision.js";
import { dateRule, decideImage, type DatedRule, type PlanFacts } from "./image-decision.js";
import { keptImage, ruledImage, type ImagePlan } from "./image-plan.js";
import { newestFirst } from "./newest-first.js";
import { settingsOf, type PlanOptions, type Settings } from "./options.js";
import { findParents, type Parents } from "./parents.js";
import { Counted, rankImages } from "./ranks.js";
import { groupByRecipe, type RecipeGroups } from "./recipe-groups.js";
import { scopeTest, type ScopeTest } from "./scope.js";

/** One thing to do. */
export interface PlannedAction {
  readonly image: LifecycleImage;
  readonly resource: ResourcePlan;
  readonly decision: Decision & { readonly action: Action };
}

/**
 * The plan of a policy for images at a date. Decisions are made and put into words when they are asked for, so that a plan for a million
 * images takes little room; they are the same each time.
 *
 * Throws `invalid-date` where `at` is none and `invalid-count` where `keepNewest` is no whole number from 0.
 */
export class LifecyclePlan implements Iterable<ImagePlan> {
  readonly #facts: PlanFacts;
  readonly #rules: readonly DatedRule[];
  readonly #outOfScope: ScopeTest;
  readonly #counted: Uint8Array;

  constructor(
    readonly policy: LifecyclePolicy,
    readonly images: readonly LifecycleImage[],
    readonly options: PlanOptions,
  ) {
    const settings = settingsOf(options);
    const groups = groupByRecipe(images);
    this.#rules = policy.rules.map((rule) => dateRule(rule, settings.at));
    this.#outOfScope = scopeTest(policy, images, groups, settings.at);
    this.#counted = countedOf(images, this.#outOfScope);
    const parents: Parents = settings.protect.has("parents") ? findParents(images, groups, settings.at) : new Map<number, string>();
    this.#facts = { settings, parents, ...this.#rank(settings, groups) };
  }

  /** The plans of all images, in their order. */
  *[Symbol.iterator](): Generator<ImagePlan> {
    for (let position = 0; position < this.images.length; position++) yield this.imageAt(position);
  }

  /** The plan of one image by its position in the list. Throws a RangeError where there is none. */
  imageAt(position: number): ImagePlan {
    const image = this.images[position];
    if (image === undefined) throw new RangeError(`there is no image ${position}`);
    const unruled = this.#counted[position] !== Counted.NOT ? undefined : this.#outOfScope(image, position);
    if (unruled !== undefined) return keptImage(image, [unruled]);
    const decisions = this.#rules.map((dated) => decideImage(dated, image, position, this.#facts));
    return decisions.every(({ action }) => action === "KEEP") ? keptImage(image, decisions) : ruledImage(image, this.#rules, decisions);
  }

  /**
   * What to do, image by image, in an order in which it can be done: Deprecate, Disable, Delete; in each of them an AMI before its
   * snapshots, and the image last.
   */
  *actions(): Generator<PlannedAction> {
    for (const { image, resources } of this) {
      for (const rule of ACTIONS) {
        for (const resource of [...resources.slice(1), ...resources.slice(0, 1)]) {
          const decision = resource.decisions.find(({ action }) => action === rule);
          if (decision !== undefined) yield { image, resource, decision: decision as PlannedAction["decision"] };
        }
      }
    }
  }

  /** Images are sorted only where something is counted. */
  #rank({ countAmong, keepNewest }: Settings, { versionOf, versions, recipeOf, recipes }: RecipeGroups): Pick<PlanFacts, "ranks" | "ranksAcross"> {
    const isCounted = this.policy.rules.some(({ filter }) => filter.type === "COUNT" || filter.retainAtLeast > 0);
    if (!isCounted && keepNewest === 0) return {};
    const order = newestFirst(this.images);
    const byVersion = () => rankImages(order, this.#counted, versionOf, versions.length);
    const byRecipe = () => rankImages(order, this.#counted, recipeOf, recipes.length);
    return {
      ...(isCounted && { ranks: countAmong === "recipe" ? byRecipe() : byVersion() }),
      ...(keepNewest > 0 && { ranksAcross: byRecipe() }),
    };
  }
}

function countedOf(images: readonly LifecycleImage[], outOfScope: ScopeTest): Uint8Array {
  const counted = new Uint8Array(images.length);
  for (let position = 0; position < images.length; position++) {
    const image = images[position] as LifecycleImage;
    if (outOfScope(image, position) === undefined) counted[position] = image.status === "DISABLED" ? Counted.DISABLED : Counted.USABLE;
  }
  return counted;
}
