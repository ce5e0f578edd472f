import { ApiError } from "@imagewright/imagebuilder-model";
import { invalidValue } from "../errors/api-errors.js";
import type { CallContext } from "../operation-definition.js";
import { changeResource } from "./change-resource.js";
import { findOwnResource, findResource, type NamedBy } from "./find-resource.js";

/** The resource policy of a resource, as it was given, or `none`. Throws ResourceNotFoundException if there is neither. */
export async function policyOf(context: CallContext, arn: string, named: NamedBy, none?: string): Promise<string> {
  const policy = (await findResource(context, arn, named)).policy ?? none;
  if (policy === undefined) throw new ApiError("ResourceNotFoundException", `The resource '${arn}' has no resource policy.`);
  return policy;
}

/** Sets the resource policy of the caller's resource and returns its ARN. Throws InvalidParameterValueException for what is no policy. */
export async function putPolicy(context: CallContext, arn: string, policy: string, named: NamedBy): Promise<string> {
  const fault = faultOfPolicy(policy);
  if (fault !== undefined) throw invalidValue(context.operation, "policy", fault);
  const row = await findOwnResource(context, arn, named);
  await changeResource(context, row, { policy });
  return row.arn;
}

function faultOfPolicy(text: string): string | undefined {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch (thrown) {
    return `the policy is no JSON: ${(thrown as Error).message}`;
  }
  if (!isObject(policy)) return "the policy must be an object";
  const statements: unknown = policy["Statement"];
  const all = Array.isArray(statements) ? (statements as readonly unknown[]) : [statements];
  if (statements === undefined || all.length === 0) return 'the policy must have "Statement"';
  for (const [index, statement] of all.entries()) {
    const fault = faultOfStatement(statement);
    if (fault !== undefined) return `statement ${index + 1} ${fault}`;
  }
  return undefined;
}

function faultOfStatement(statement: unknown): string | undefined {
  if (!isObject(statement)) return "must be an object";
  if (!["Allow", "Deny"].includes(String(statement["Effect"]))) return 'must have "Effect"; allowed: "Allow" and "Deny"';
  const missing = [
    ["Principal", "NotPrincipal"],
    ["Action", "NotAction"],
    ["Resource", "NotResource"],
  ].find((names) => !names.some((name) => statement[name] !== undefined));
  return missing === undefined ? undefined : `must have "${missing[0] ?? ""}"`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
