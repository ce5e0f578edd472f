import type { EnumValue } from "@imagewright/imagebuilder-model";
import type { Period } from "../calendar.js";
import type { VersionPattern } from "@imagewright/semver-resolver";

/** What rules do, in the order in which they do it. */
export const ACTIONS = ["DEPRECATE", "DISABLE", "DELETE"] as const;
export type Action = (typeof ACTIONS)[number];

export type ResourceType = EnumValue<"LifecyclePolicyResourceType">;

export type Tags = Readonly<Record<string, string>>;

/** A lifecycle policy that has been read: the request of CreateLifecyclePolicy with every default filled in. */
export interface LifecyclePolicy {
  readonly name: string;
  readonly description?: string;
  /** Whether the service runs it. A plan is the same in both cases. */
  readonly enabled: boolean;
  readonly executionRole: string;
  readonly resourceType: ResourceType;
  /** One to three, of different actions, in the order Deprecate, Disable, Delete. */
  readonly rules: readonly LifecycleRule[];
  readonly scope: LifecycleScope;
  readonly tags: Tags;
}

/** Which images the rules are for: those made by any of the recipes, or those with any of the tags. */
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
      /** The number of a rule that does not delete: it is accepted, and spares nothing. */
      readonly retainWithoutEffect?: number;
    }
  | { readonly type: "COUNT"; readonly value: number };

export interface RuleExclusions {
  /** Any of these on an image keeps it and all that belongs to it; on an AMI or a snapshot, that alone. */
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
