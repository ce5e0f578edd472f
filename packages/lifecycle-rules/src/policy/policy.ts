import type { EnumValue, Tags } from "@imagewright/imagebuilder-model";
import type { Period } from "../calendar.js";
import type { VersionPattern } from "@imagewright/semver-resolver";

/** The actions of rules, in the order in which they are applied. */
export const ACTIONS = ["DEPRECATE", "DISABLE", "DELETE"] as const;
export type Action = (typeof ACTIONS)[number];

export type PolicyResourceType = EnumValue<"LifecyclePolicyResourceType">;

/** A lifecycle policy that has been read: the request of CreateLifecyclePolicy with every default filled in. */
export interface LifecyclePolicy {
  readonly name: string;
  readonly description?: string;
  /** Whether the service runs it. Does not affect a plan. */
  readonly enabled: boolean;
  readonly executionRole: string;
  readonly resourceType: PolicyResourceType;
  /** One to three rules with different actions, in the order Deprecate, Disable, Delete. */
  readonly rules: readonly LifecycleRule[];
  readonly scope: LifecycleScope;
  readonly tags: Tags;
}

/** Which images the rules apply to: those built from any of the recipes, or those with any of the tags. */
export type LifecycleScope =
  { readonly by: "recipes"; readonly recipes: readonly RecipeSelection[] } | { readonly by: "tags"; readonly tagMap: Tags };

export interface RecipeSelection {
  readonly name: string;
  readonly version: VersionPattern;
}

export interface LifecycleRule {
  readonly action: Action;
  readonly include: { readonly amis: boolean; readonly snapshots: boolean; readonly containers: boolean };
  readonly filter: RuleFilter;
  readonly exclusions: RuleExclusions;
}

export type RuleFilter =
  | {
      readonly type: "AGE";
      readonly period: Period;
      readonly retainAtLeast: number;
      /** `retainAtLeast` of a rule that does not delete: accepted, but without effect. */
      readonly retainWithoutEffect?: number;
    }
  | { readonly type: "COUNT"; readonly value: number };

export interface RuleExclusions {
  /** An image with any of these tags is kept with all its resources; an AMI or a snapshot with one is kept itself. */
  readonly tagMap: Tags;
  readonly amis: AmiExclusions;
}

export interface AmiExclusions {
  readonly isPublic: boolean;
  readonly regions: readonly string[];
  readonly sharedAccounts: readonly string[];
  readonly lastLaunched?: Period;
  readonly tagMap: Tags;
}
