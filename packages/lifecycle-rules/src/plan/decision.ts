import type { Action } from "../policy/policy.js";

/** The reason for a decision, as a stable name for programs. */
export type DecisionCode =
  | "age" | "count"
  | "not-selected" | "other-type" | "not-created" | "not-ready"
  | "younger" | "newest" | "retained" | "already" | "excluded" | "in-use" | "parent" | "keep-newest"
  | "not-included" | "not-permitted" | "resource-kept"; // prettier-ignore

/** What one rule, or the policy as a whole, decides about one resource. The same object may be shared by several resources. */
export interface LifecycleDecision {
  readonly action: Action | "KEEP";
  /** The action of the rule that decided; absent if the policy as a whole keeps the resource. */
  readonly rule?: Action;
  readonly code: DecisionCode;
  /** The explanation. It is a getter: `{ ...decision }` does not have it. */
  readonly reason: string;
  /** What the action requires, such as a role in another account. */
  readonly needs?: string;
}

export type ResourceKind = "image" | "ami" | "snapshot" | "container";

/** What a policy decides about one resource. */
export interface ResourcePlan {
  readonly kind: ResourceKind;
  /** The ARN of the image, the ID of the AMI or the snapshot, the URI of the container image. */
  readonly id: string;
  readonly region: string;
  readonly accountId: string;
  /** One decision per rule, in the order Deprecate, Disable, Delete; or a single one of the policy as a whole. */
  readonly decisions: readonly LifecycleDecision[];
}

/** A decision about a subject with a lazily formatted reason, since few of a plan's many decisions are read. */
export class RuleDecision<Subject> implements LifecycleDecision {
  declare readonly needs?: string;
  readonly #describe: (subject: Subject) => string;
  readonly #subject: Subject;

  constructor(
    readonly action: Action | "KEEP",
    readonly rule: Action,
    readonly code: DecisionCode,
    describe: (subject: Subject) => string,
    subject: Subject,
  ) {
    this.#describe = describe;
    this.#subject = subject;
  }

  get reason(): string {
    return this.#describe(this.#subject);
  }

  /** For JSON.stringify, which leaves out getters. */
  toJSON(): LifecycleDecision {
    return { ...this, reason: this.reason };
  }
}

/** A decision to keep a resource. */
export function keep(code: DecisionCode, reason: string, rule?: Action): LifecycleDecision {
  return rule === undefined ? { action: "KEEP", code, reason } : { action: "KEEP", rule, code, reason };
}
