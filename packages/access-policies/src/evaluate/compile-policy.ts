import { prepareCondition, type CompiledCondition } from "../conditions/condition.js";
import { readOperator } from "../conditions/operators.js";
import { knownActions } from "../operations/known-actions.js";
import { actionPattern } from "../patterns/action-pattern.js";
import { resourcePattern } from "../patterns/resource-pattern.js";
import type { AccessPolicy, AccessStatement, PolicySelection } from "../policy/policy.js";
import type { CompiledPolicy, CompiledStatement } from "./compiled-policy.js";
import type { AskingPrincipal } from "./principal.js";

/** Prepares a policy for many requests. `name` is how decisions and explanations call it: a file, or whose policy it is. */
export function compilePolicy(policy: AccessPolicy, name: string): CompiledPolicy {
  const statements = policy.statements.map((statement) => compileStatement(statement, name, policy.variables));
  const on = (action: string) => statements.filter((statement) => statement.hasAction(action));
  // the actions of this API are looked up; others are compared with the patterns each time
  const known = new Map(Array.from(knownActions().keys(), (action) => [action, on(action)]));
  return { name, kind: policy.kind, statements, statementsOn: (action) => known.get(action) ?? on(action) };
}

function compileStatement(statement: AccessStatement, policy: string, variables: boolean): CompiledStatement {
  const { number, sid, effect, actions, resources, principals, conditions } = statement;
  return {
    reference: { policy, statement: number, ...(sid === undefined ? {} : { sid }) },
    effect,
    hasAction: actionTest(actions),
    hasResource: resourceTest(resources, variables, effect === "Deny"),
    namesPrincipal: principals === undefined ? () => "itself" : principalTest(principals),
    conditions: conditions.flatMap(({ operator, key, values }): CompiledCondition[] => {
      const read = readOperator(operator);
      if (read === undefined) return [];
      const holds = prepareCondition({ operator: read, key, values, variables, unknownHolds: effect === "Deny" });
      return [{ operator, key, written: values, holds }];
    }),
  };
}

function actionTest({ except, values }: PolicySelection): CompiledStatement["hasAction"] {
  const patterns = values.map(actionPattern);
  return (action) => patterns.some((pattern) => pattern(action)) !== except;
}

/**
 * `isDeny`: what to say of a `NotResource` whose variable has no value: a `Deny` is for the resource then, an `Allow` is not. Of an ARN
 * that goes on, what is unknown counts the other way: a later question decides.
 */
function resourceTest({ except, values }: PolicySelection, variables: boolean, isDeny: boolean): CompiledStatement["hasResource"] {
  const patterns = values.map((value) => resourcePattern(value, variables));
  return (resource, scope, isOpen = false) => {
    if (!except) return patterns.some((pattern) => pattern(resource, scope, isOpen) ?? (isOpen && !isDeny));
    const matches = patterns.map((pattern) => pattern(resource, scope, isOpen));
    return !matches.includes(true) && (isDeny !== isOpen || !matches.includes(undefined));
  };
}

function principalTest({ except, values }: PolicySelection): CompiledStatement["namesPrincipal"] {
  const names = new Set(values);
  const match = ({ arn, account, isRoot, role }: AskingPrincipal) => {
    if (names.has("*") || names.has(arn) || (role !== undefined && names.has(role))) return "itself";
    return names.has(account) ? (isRoot ? "itself" : "account") : undefined;
  };
  return except ? (principal) => (match(principal) === undefined ? "itself" : undefined) : match;
}
