import type { AccessReason, ResourceAccess } from "@imagewright/access-policies";
import { ApiError, type OperationName } from "@imagewright/imagebuilder-model";
import { declaredError } from "../errors/api-errors.js";

/** What a caller is told who may not do something; the same whether a resource is there or not. Source: guide chapter 49. */
export function forbidden(operation: OperationName, principal: string, action: string, access: ResourceAccess): ApiError {
  return new ApiError(declaredError(operation, "AccessDeniedException", "ForbiddenException"), notAuthorized(principal, action, access));
}

/** That text alone, for what is no operation of the API. */
export function notAuthorized(principal: string, action: string, { arn, reason }: ResourceAccess): string {
  const resource = arn === "*" ? "" : ` on resource: ${arn}`;
  return `User: ${principal} is not authorized to perform: ${action}${resource} ${because(reason, action)}.`;
}

function because(reason: AccessReason, action: string): string {
  if (reason === "denied") return "with an explicit deny in a policy";
  return reason === "not-shared"
    ? `because no resource-based policy allows the ${action} action`
    : `because no policy allows the ${action} action`;
}
