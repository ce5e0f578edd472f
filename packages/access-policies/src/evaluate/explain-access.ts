import { count, quote, quoteInFull } from "@imagewright/diagnostics";
import type { CompiledCondition } from "../conditions/condition.js";
import type { RequestScope } from "../conditions/request-scope.js";
import type { ResourceAccess } from "./access-decision.js";
import type { AccessInput } from "./access-request.js";
import { applies, askedOf, type Asked } from "./asked.js";
import type { CompiledPolicy, CompiledStatement, StatementReference } from "./compiled-policy.js";
import { evaluateAccess } from "./evaluate-access.js";

/**
 * Says in words how a request is decided: a line for each resource, and below one that is not allowed, a line for each statement on the
 * action that would allow it but does not apply, with the reason. Throws as `evaluateAccess`.
 */
export function explainAccess(input: AccessInput): string[] {
  const { resources } = evaluateAccess(input);
  if (resources.length === 0) return ["not allowed: the request is about no resource"];
  const asked = askedOf(input.request);
  return resources.flatMap((access, nth) => {
    const question = asked[nth] as Asked;
    const lines = [`${quoteInFull(access.arn)}: ${verdictOf(access, input, question)}`];
    if (access.allowed || access.reason === "denied") return lines;
    return [...lines, ...nearMisses(input.identityPolicies, question), ...nearMisses(policiesOf(question), question)];
  });
}

function verdictOf({ reason, statements }: ResourceAccess, { request }: AccessInput, { principal, resource }: Asked): string {
  const action = quote(request.action);
  switch (reason) {
    case "denied":
      return `${action} is denied by ${listOfStatements(statements)}`;
    case "allowed":
      return `${action} is allowed by ${listOfStatements(statements)}`;
    case "root":
      return `${action} is allowed, since the account ${principal.account} itself asks, and nothing denies it`;
    case "not-allowed":
      return `${action} is not allowed: no statement allows it to ${quoteInFull(principal.arn)}`;
    case "not-shared": {
      const why = resource.policy === undefined ? "it has no policy" : "its policy does not allow it";
      return `${action} is not allowed: the resource belongs to another account, and ${why}`;
    }
  }
}

function policiesOf({ resource }: Asked): readonly CompiledPolicy[] {
  return resource.policy === undefined ? [] : [resource.policy];
}

function nearMisses(policies: readonly CompiledPolicy[], asked: Asked): string[] {
  const statements = policies.flatMap((policy) => policy.statementsOn(asked.action)).filter(({ effect }) => effect === "Allow");
  return statements.flatMap((statement) => {
    const why = whyNot(statement, asked);
    return why === undefined ? [] : [`  ${nameOf(statement.reference)} does not apply: ${why}`];
  });
}

function whyNot(statement: CompiledStatement, asked: Asked): string | undefined {
  const result = applies(statement, asked);
  if ("as" in result) return result.as === "account" ? "it names the account, so a policy of the identity has to allow it too" : undefined;
  switch (result.not) {
    case "principal":
      return "it is for other principals";
    case "resource":
      return "it is for other resources";
    default:
      return unmet(result.not, asked.scope);
  }
}

function unmet({ operator, key, written }: CompiledCondition, scope: RequestScope): string {
  const found = scope.get(key.toLowerCase());
  const values = written.length > 3 ? count(written.length, "value") : written.map(quote).join(" or ");
  return `its condition ${operator} ${quote(key)} ${values} does not hold; found ${found === undefined ? "nothing" : found.map(quote).join(", ")}`;
}

function listOfStatements(references: readonly StatementReference[]): string {
  const names = references.map(nameOf);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function nameOf({ policy, statement, sid }: StatementReference): string {
  return `statement ${statement}${sid === undefined ? "" : ` (${quote(sid)})`} of ${quoteInFull(policy)}`;
}
