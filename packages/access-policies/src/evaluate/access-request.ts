import type { Tags } from "@imagewright/imagebuilder-model";
import type { ConditionValues } from "../conditions/request-scope.js";
import type { CompiledPolicy } from "./compiled-policy.js";

/** What somebody asks to do. */
export interface AccessRequest {
  /** The ARN of who asks: an account (`…:root`), a user, a role or a session. */
  readonly principal: string;
  /** `imagebuilder:GetImage`, `iam:PassRole`. */
  readonly action: string;
  /** What it is about; all of them have to be allowed. */
  readonly resources: readonly AccessedResource[];
  /** The condition keys of the request, such as `aws:SourceIp`. Those of the principal and of the resources are added. */
  readonly conditionKeys?: ConditionValues;
}

export interface AccessedResource {
  /** An ARN, or `*` where an operation is about no resource. */
  readonly arn: string;
  /**
   * Whether the ARN goes on, and how is not known yet: one that will be created. What may allow it allows it, and what denies it however it
   * goes on denies it, so its whole ARN has to be asked about later.
   */
  readonly isOpen?: boolean;
  readonly tags?: Tags;
  /**
   * For a resource that is only used: the action that its policy has to allow, if it belongs to another account, in place of the action of
   * the request (`AccessQuestion.sharedAs`).
   */
  readonly sharedAs?: string;
  /** The policy that its owner has given it. */
  readonly policy?: CompiledPolicy;
}

export interface AccessInput {
  /** The policies of who asks. */
  readonly identityPolicies: readonly CompiledPolicy[];
  readonly request: AccessRequest;
}
