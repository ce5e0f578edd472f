import type { CompiledCondition } from "../conditions/condition.js";
import type { RequestScope } from "../conditions/request-scope.js";
import type { AskedResource } from "../patterns/resource-pattern.js";
import type { Effect, PolicyKind } from "../policy/policy.js";
import type { AskingPrincipal } from "./principal.js";

/** Which statement of which policy. */
export interface StatementReference {
  /** The name under which the policy was compiled. */
  readonly policy: string;
  /** Counted from 1. */
  readonly statement: number;
  readonly sid?: string;
}

/** A policy that is ready for many requests (`compilePolicy`). */
export interface CompiledPolicy {
  readonly name: string;
  readonly kind: PolicyKind;
  readonly statements: readonly CompiledStatement[];
  /** The statements that an action, in small letters, is among. */
  statementsOn(action: string): readonly CompiledStatement[];
}

/** How a statement names a principal: itself, the whole account of it, or not at all. */
export type PrincipalMatch = "itself" | "account" | undefined;

export interface CompiledStatement {
  readonly reference: StatementReference;
  readonly effect: Effect;
  /** The action is in small letters. */
  hasAction(action: string): boolean;
  /** `isOpen`: the ARN goes on in a way that is not known; see `AccessedResource`. */
  hasResource(resource: AskedResource, scope: RequestScope, isOpen?: boolean): boolean;
  namesPrincipal(principal: AskingPrincipal): PrincipalMatch;
  readonly conditions: readonly CompiledCondition[];
}
