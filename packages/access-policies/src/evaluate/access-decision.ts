import type { StatementReference } from "./compiled-policy.js";

/** Whether a request is allowed. */
export interface AccessDecision {
  readonly allowed: boolean;
  /** One of each resource, in the order of the request. */
  readonly resources: readonly ResourceAccess[];
}

/**
 * Why a resource may be used or not:
 * - `denied`: a statement denies it;
 * - `allowed`: statements allow it;
 * - `root`: it belongs to the account that asks, and the account itself asks;
 * - `not-allowed`: no policy of the identity allows it, nor does one of the resource in the same account;
 * - `not-shared`: the resource belongs to another account, and its policy does not allow it.
 */
export type AccessReason = "denied" | "allowed" | "root" | "not-allowed" | "not-shared";

export interface ResourceAccess {
  readonly arn: string;
  readonly allowed: boolean;
  readonly reason: AccessReason;
  /** The statements that decide: those that deny, or else those that allow. */
  readonly statements: readonly StatementReference[];
}
