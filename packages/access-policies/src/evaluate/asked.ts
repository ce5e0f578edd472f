import { RequestScope, type ConditionValues } from "../conditions/request-scope.js";
import { arnSectionsOf } from "../patterns/arn-pattern.js";
import type { AskedResource } from "../patterns/resource-pattern.js";
import type { CompiledCondition } from "../conditions/condition.js";
import type { AccessedResource, AccessRequest } from "./access-request.js";
import type { CompiledStatement, PrincipalMatch } from "./compiled-policy.js";
import { principalKeys, principalOf, type AskingPrincipal } from "./principal.js";

/** One resource of a request with all that statements compare. */
export interface Asked {
  readonly principal: AskingPrincipal;
  /** In small letters. */
  readonly action: string;
  readonly resource: AccessedResource;
  readonly sections: AskedResource;
  /** Whether the resource belongs to the principal's account, or to no account, as those that come with the service. */
  readonly isOwn: boolean;
  readonly scope: RequestScope;
}

/** Prepares a request: one question of each resource. Throws `invalid-principal`. */
export function askedOf({ principal: arn, action, resources, conditionKeys = {} }: AccessRequest): Asked[] {
  const principal = principalOf(arn);
  const around = new RequestScope(principalKeys(principal), new RequestScope(conditionKeys));
  const lowerCase = action.toLowerCase();
  return resources.map((resource) => {
    const sections = arnSectionsOf(resource.arn) ?? "*";
    const account = sections === "*" ? "" : sections[4];
    const isOwn = account === principal.account || !/^\d{12}$/.test(account);
    return { principal, action: lowerCase, resource, sections, isOwn, scope: scopeOf(resource, account, around) };
  });
}

function scopeOf({ tags }: AccessedResource, account: string, around: RequestScope): RequestScope {
  if (tags === undefined && account === "") return around;
  const values: Record<string, ConditionValues[string]> = account === "" ? {} : { "aws:ResourceAccount": account };
  for (const [key, value] of Object.entries(tags ?? {})) {
    values[`aws:ResourceTag/${key}`] = value;
    values[`imagebuilder:ResourceTag/${key}`] = value;
  }
  return new RequestScope(values, around);
}

/** Why a statement on the action says nothing to a question. */
export type Mismatch = "principal" | "resource" | CompiledCondition;

/** How a statement on the action applies: how it names the principal, or why it does not. */
export type Application = { readonly as: NonNullable<PrincipalMatch> } | { readonly not: Mismatch };

// most statements are on something else, so these are made once
const NOT = { principal: { not: "principal" }, resource: { not: "resource" } } as const;

export function applies(statement: CompiledStatement, asked: Asked): Application {
  const as = statement.namesPrincipal(asked.principal);
  if (as === undefined) return NOT.principal;
  if (!statement.hasResource(asked.sections, asked.scope, asked.resource.isOpen)) return NOT.resource;
  for (const condition of statement.conditions) if (!condition.holds(asked.scope)) return { not: condition };
  return { as };
}
