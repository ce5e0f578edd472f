import { readAccessPolicy } from "@imagewright/access-policies";
import { ApiError, parseArn } from "@imagewright/imagebuilder-model";
import { faultsIn } from "../documents/faults-in.js";
import { invalidValue, resourceNotFound } from "../errors/api-errors.js";
import type { CallContext } from "../operation-definition.js";
import { sharedAccounts } from "../sharing/shared-accounts.js";
import { replaceShares } from "../sharing/shares.js";
import { changeResource } from "./change-resource.js";
import { findOwnResource, findResource, type NamedBy } from "./find-resource.js";
import { modelNameOf } from "./resource-name.js";

/** The resource policy of the caller's resource, as it was given, or `none`. Throws ResourceNotFoundException if there is neither. */
export async function policyOf(context: CallContext, arn: string, named: NamedBy, none?: string): Promise<string> {
  const row = await findResource(context, arn, named);
  // consumers of what is shared do not see with whom else
  if (row.owner !== context.caller.account) throw resourceNotFound(modelNameOf(parseArn(row.arn).type), arn);
  const policy = row.policy ?? none;
  if (policy === undefined) throw new ApiError("ResourceNotFoundException", `The resource '${arn}' has no resource policy.`);
  return policy;
}

/**
 * Sets the resource policy of the caller's resource, which is shared by it, and returns its ARN. Throws InvalidParameterValueException for
 * what is no policy, and if an account depends on the resource that the policy leaves out.
 */
export async function putPolicy(context: CallContext, arn: string, policy: string, named: NamedBy): Promise<string> {
  const { policy: read, diagnostics } = readAccessPolicy(policy, { kind: "resource" });
  if (read === undefined) throw invalidValue(context.operation, "policy", faultsIn(diagnostics) ?? "it cannot be read");
  const row = await findOwnResource(context, arn, named);
  await changeResource(context, row, { policy });
  await replaceShares(context, row, sharedAccounts(read, row.owner));
  return row.arn;
}
