import type { LifecycleImage } from "../images/image.js";
import type { Action, LifecyclePolicy } from "../policy/policy.js";
import type { LifecycleDecision, ResourcePlan } from "./decision.js";
import { dateRule, decideImage, findProtectors, type DatedRule, type PlanFacts } from "./image-decision.js";
import { planImage, type ImagePlan } from "./image-plan.js";
import { newestFirst } from "./newest-first.js";
import { settingsOf, type LifecyclePlanOptions, type PlanSettings } from "./options.js";
import { findParents } from "./parents.js";
import { Counted, rankImages } from "./ranks.js";
import { groupByRecipe, type RecipeGroups, type RecipeVersion } from "./recipe-groups.js";
import { scopeTest, type ScopeTest } from "./scope.js";

/** One action on one resource. */
export interface PlannedAction {
  readonly image: LifecycleImage;
  readonly resource: ResourcePlan;
  readonly decision: LifecycleDecision & { readonly action: Action };
}

/**
 * The plan of a policy for images at a date. Decisions are made when they are iterated, and reasons are formatted when they are read, so a
 * plan for a million images takes little memory and time. The same input gives the same decisions. Source: guide chapter 25.
 *
 * Throws `invalid-date` for an invalid `at` and `invalid-count` if `keepNewest` is not a whole number from 0.
 */
export class LifecyclePlan implements Iterable<ImagePlan> {
  readonly #facts: PlanFacts;
  readonly #rules: readonly DatedRule[];
  readonly #groups: RecipeGroups;
  readonly #outOfScope: ScopeTest;
  readonly #counted: Uint8Array;

  constructor(
    readonly policy: LifecyclePolicy,
    readonly images: readonly LifecycleImage[],
    readonly options: LifecyclePlanOptions,
  ) {
    const settings = settingsOf(options);
    this.#groups = groupByRecipe(images);
    this.#rules = policy.rules.map((rule) => dateRule(rule, settings));
    this.#outOfScope = scopeTest(policy, this.#groups, settings.at);
    this.#counted = countedOf(images, this.#outOfScope);
    const parents = settings.protect.has("parents") ? findParents(images, this.#groups, settings.at) : undefined;
    this.#facts = { settings, protectorOf: findProtectors(settings, parents), ...this.#rank(settings) };
  }

  /** The plans of all images, in the order of the list. */
  *[Symbol.iterator](): Generator<ImagePlan> {
    for (let position = 0; position < this.images.length; position++) yield this.imageAt(position);
  }

  /** The plan of one image by its position in the list. Throws a RangeError if there is none. */
  imageAt(position: number): ImagePlan {
    const image = this.images[position];
    if (image === undefined) throw new RangeError(`there is no image ${position}`);
    return this.#planned(position, image, this.#decided(position, image));
  }

  /**
   * The actions, image by image, in an executable order: Deprecate, Disable, Delete; for each of these an AMI before its snapshots, and the
   * image last.
   */
  *actions(): Generator<PlannedAction> {
    for (let position = 0; position < this.images.length; position++) {
      const image = this.images[position] as LifecycleImage;
      const decisions = this.#decided(position, image);
      if (!isAnyAction(decisions)) continue;
      const { resources } = this.#planned(position, image, decisions);
      for (let nth = 0; nth < decisions.length; nth++) {
        for (let at = 1; at <= resources.length; at++) {
          const resource = resources[at % resources.length] as ResourcePlan;
          const decision = resource.decisions[nth] as LifecycleDecision;
          if (decision.action !== "KEEP") yield { image, resource, decision: decision as PlannedAction["decision"] };
        }
      }
    }
  }

  /** What each rule, or the policy as a whole, decides about an image without considering its resources. */
  #decided(position: number, image: LifecycleImage): readonly LifecycleDecision[] {
    const outOfScope = this.#counted[position] === Counted.NOT ? this.#outOfScope(image, position) : undefined;
    if (outOfScope !== undefined) return outOfScope;
    const decisions = new Array<LifecycleDecision>(this.#rules.length);
    for (let nth = 0; nth < decisions.length; nth++)
      decisions[nth] = decideImage(this.#rules[nth] as DatedRule, image, position, this.#facts);
    return decisions;
  }

  #planned(position: number, image: LifecycleImage, decisions: readonly LifecycleDecision[]): ImagePlan {
    const { place } = (this.#groups.versions[this.#groups.versionOf[position] as number] as RecipeVersion).recipe;
    return planImage(image, place, decisions, isAnyAction(decisions) ? this.#rules : undefined);
  }

  /** Ranks the images; they are sorted only if something is counted. */
  #rank({ countAmong, keepNewest }: PlanSettings): Pick<PlanFacts, "ranks" | "ranksAcross"> {
    const isCounted = this.policy.rules.some(
      ({ filter }) => filter.type === "COUNT" || filter.retainAtLeast > 0 || filter.retainWithoutEffect !== undefined,
    );
    if (!isCounted && keepNewest === 0) return {};
    const { versionOf, versions } = this.#groups;
    const order = newestFirst(this.images, this.#groups, positionsOf(this.#counted));
    const ranks = (groups: readonly number[]) => rankImages(order, this.#counted, versionOf, Int32Array.from(groups));
    const byVersion = () => ranks([...versions.keys()]);
    const byRecipe = () => ranks(versions.map(({ recipe }) => recipe.number));
    return {
      ...(isCounted && { ranks: countAmong === "recipe" ? byRecipe() : byVersion() }),
      ...(keepNewest > 0 && { ranksAcross: byRecipe() }),
    };
  }
}

function isAnyAction(decisions: readonly LifecycleDecision[]): boolean {
  for (let nth = 0; nth < decisions.length; nth++) if (decisions[nth]?.action !== "KEEP") return true;
  return false;
}

function countedOf(images: readonly LifecycleImage[], outOfScope: ScopeTest): Uint8Array {
  const counted = new Uint8Array(images.length);
  for (let position = 0; position < images.length; position++) {
    const image = images[position] as LifecycleImage;
    if (outOfScope(image, position) === undefined) counted[position] = image.status === "DISABLED" ? Counted.DISABLED : Counted.USABLE;
  }
  return counted;
}

/** The positions of the images that are counted. */
function positionsOf(counted: Uint8Array): Int32Array {
  const positions = new Int32Array(counted.length);
  let count = 0;
  for (let position = 0; position < counted.length; position++) if (counted[position] !== Counted.NOT) positions[count++] = position;
  return positions.subarray(0, count);
}
