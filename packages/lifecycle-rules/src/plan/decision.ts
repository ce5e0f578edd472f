import type { Action } from "../policy/policy.js";

/** Why something is done or not; stable names for programs. */
export type DecisionCode =
  | "age" | "count"
  | "not-selected" | "other-type" | "not-created" | "not-ready"
  | "younger" | "newest" | "retained" | "already" | "excluded" | "in-use" | "parent" | "keep-newest"
  | "not-included" | "not-permitted" | "resource-kept"; // prettier-ignore

/** What one rule, or the policy as a whole, decides about one resource. */
export interface Decision {
  readonly action: Action | "KEEP";
  /** The rule by its action; none where the policy as a whole keeps the resource. */
  readonly rule?: Action;
  readonly code: DecisionCode;
  /** In words. */
  readonly reason: string;
  /** What has to be there besides so that the action can be done. */
  readonly needs?: string;
}

export type ResourceKind = "image" | "ami" | "snapshot" | "container";

export interface ResourcePlan {
  readonly kind: ResourceKind;
  /** The ARN of the image, the ID of the AMI or the snapshot, the URI of the container image. */
  readonly id: string;
  readonly region: string;
  readonly accountId: string;
  /** One for each rule, in the order Deprecate, Disable, Delete; or a single one without a rule. */
  readonly decisions: readonly Decision[];
}

export function keep(code: DecisionCode, reason: string, rule?: Action): Decision {
  return rule === undefined ? { action: "KEEP", code, reason } : { action: "KEEP", rule, code, reason };
}
