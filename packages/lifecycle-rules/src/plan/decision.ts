import type { Action } from "../policy/policy.js";

/** Why something is done or not; stable names for programs. */
export type DecisionCode =
  | "age" | "count"
  | "not-selected" | "other-type" | "not-created" | "not-ready"
  | "younger" | "newest" | "retained" | "already" | "excluded" | "in-use" | "parent" | "keep-newest"
  | "not-included" | "not-permitted" | "resource-kept"; // prettier-ignore

/** What one rule, or the policy as a whole, decides about one resource. The same object may stand for several resources. */
export interface Decision {
  readonly action: Action | "KEEP";
  /** The rule by its action; none where the policy as a whole keeps the resource. */
  readonly rule?: Action;
  readonly code: DecisionCode;
  /** In words, which are made when they are read: a copy of a decision with `...` is without them. */
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

/** A decision about a subject that is put into words when they are asked for: of the many decisions of a plan few are read. */
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
