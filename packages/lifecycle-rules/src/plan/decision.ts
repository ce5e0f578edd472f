import type { Action } from "../policy/policy.js";

/** Why something is done or not; stable names for programs. */
export type DecisionCode =
  | "age" | "count"
  | "not-selected" | "other-type" | "not-created" | "not-ready"
  | "younger" | "newest" | "retained" | "already" | "excluded" | "in-use" | "parent" | "keep-newest"
  | "not-included" | "not-permitted" | "resource-kept"; // prettier-ignore

/** What one rule, or the policy as a whole, decides about one resource. The same object may be shared by several resources. */
export interface Decision {
  readonly action: Action | "KEEP";
  /** The rule by its action; none if the policy as a whole keeps the resource. */
  readonly rule?: Action;
  readonly code: DecisionCode;
  /** The explanation, a getter: a copy of a decision with `...` lacks it. */
  readonly reason: string;
  /** A further requirement of the action. */
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

/** A decision about a subject with a lazily formatted reason, since few of a plan's many decisions are read. */
export class RuleDecision<Subject> implements Decision {
  declare readonly needs?: string;
  readonly #words: (subject: Subject) => string;
  readonly #subject: Subject;

  constructor(
    readonly action: Action | "KEEP",
    readonly rule: Action,
    readonly code: DecisionCode,
    words: (subject: Subject) => string,
    subject: Subject,
  ) {
    this.#words = words;
    this.#subject = subject;
  }

  get reason(): string {
    return this.#words(this.#subject);
  }

  /** For JSON.stringify, which leaves out getters. */
  toJSON(): Decision {
    return { ...this, reason: this.reason };
  }
}

export function keep(code: DecisionCode, reason: string, rule?: Action): Decision {
  return rule === undefined ? { action: "KEEP", code, reason } : { action: "KEEP", rule, code, reason };
}
