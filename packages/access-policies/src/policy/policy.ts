/** Policies of identities say what these may do; policies of resources say also who may. */
export type PolicyKind = "identity" | "resource";

export type Effect = "Allow" | "Deny";

/** A policy without faults. It is plain data, which can be stored. */
export interface AccessPolicy {
  readonly kind: PolicyKind;
  readonly id?: string;
  /** Whether `${…}` are variables: in the version 2012-10-17. */
  readonly variables: boolean;
  readonly statements: readonly AccessStatement[];
}

/** A statement: for these principals, actions and resources, if all conditions hold, its effect. */
export interface AccessStatement {
  /** Its place in the policy, counted from 1. */
  readonly number: number;
  readonly sid?: string;
  readonly effect: Effect;
  /** In policies of resources: `*`, accounts of 12 digits, ARNs of users, roles and their sessions. */
  readonly principals?: PolicySelection;
  readonly actions: PolicySelection;
  readonly resources: PolicySelection;
  readonly conditions: readonly StatementCondition[];
}

/** What is listed, or with `except` everything else: `Action` and `NotAction`. */
export interface PolicySelection {
  readonly except: boolean;
  readonly values: readonly string[];
}

/** One key under one operator. */
export interface StatementCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}
