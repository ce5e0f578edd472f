import { ApiError, operationOf, type ErrorName, type OperationName } from "@imagewright/imagebuilder-model";

/** The first of the errors that the operation declares, or the last one. */
export function declaredError(operation: OperationName, ...names: readonly [ErrorName, ...ErrorName[]]): ErrorName {
  const { errors } = operationOf(operation);
  return names.find((name) => errors.includes(name)) ?? names.at(-1) ?? names[0];
}

/** A member of the input has a value that is not possible. `reason` is a sentence without a final period. */
export function invalidValue(operation: OperationName, parameter: string, reason: string): ApiError {
  const name = declaredError(operation, "InvalidParameterException", "InvalidParameterValueException");
  return new ApiError(name, `The value supplied for parameter '${parameter}' is not valid. ${sentence(reason)}`);
}

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

/** Members of the input that exclude or need each other. */
export function invalidCombination(operation: OperationName, reason: string): ApiError {
  return new ApiError(declaredError(operation, "InvalidParameterCombinationException", "InvalidRequestException"), `${reason}.`);
}

/** Nothing that the caller can see has this ARN. `kind` is as in the model: `Component`, `ImageRecipe`. */
export function resourceNotFound(kind: string, identifier: string): ApiError {
  return new ApiError("ResourceNotFoundException", `Resource of type '${kind}' with identifier '${identifier}' cannot be found.`);
}

/** What comes with the service is changed and deleted by nobody. */
export function resourceIsManaged(operation: OperationName, arn: string): ApiError {
  const name = declaredError(operation, "AccessDeniedException", "ForbiddenException");
  return new ApiError(name, `The resource '${arn}' comes with the service, and accounts cannot change, delete, tag or share it.`);
}

/** Another resource has the name and version already. */
export function resourceExists(operation: OperationName, kind: string, arn: string): ApiError {
  const name = declaredError(operation, "ResourceAlreadyExistsException", "InvalidRequestException");
  return new ApiError(name, `The following resource '${kind}' already exists: '${arn}'.`);
}

/** The resource cannot be deleted or changed while others depend on it. Names at most ten of them. */
export function resourceDependedOn(arn: string, dependents: readonly string[]): ApiError {
  const named = dependents.slice(0, 10).map((dependent) => `'${dependent}'`);
  const more = dependents.length > named.length ? " and others" : "";
  return new ApiError(
    "ResourceDependencyException",
    `Resource dependency error: The resource ARN '${arn}' has other resources depended on it. They are: ${named.join(", ")}${more}.`,
  );
}

/** The resource cannot be deleted while it is shared. */
export function resourceIsShared(arn: string, accounts: readonly string[]): ApiError {
  const whom = accounts.includes("*") ? "every account" : `the accounts ${accounts.join(", ")}`;
  return new ApiError(
    "ResourceDependencyException",
    `The resource '${arn}' is shared with ${whom}. Put a policy that allows other accounts nothing before it is deleted.`,
  );
}

/** Accounts that would no longer reach a shared resource depend on it. Names at most ten of what they have. */
export function resourceUsedElsewhere(operation: OperationName, arn: string, dependents: readonly string[]): ApiError {
  const { message } = resourceDependedOn(arn, dependents);
  return new ApiError(declaredError(operation, "ResourceDependencyException", "InvalidRequestException"), message);
}

/** The client token belongs to an earlier call with other parameters. */
export function tokenMismatch(operation: OperationName, token: string): ApiError {
  return new ApiError(
    "IdempotentParameterMismatchException",
    `The client token '${token}' was used for ${operation} with other parameters in the last 24 hours.`,
  );
}

/** A quota of the account is used up. `what` names it: `components`. */
export function quotaExceeded(what: string, limit: number): ApiError {
  return new ApiError("ServiceQuotaExceededException", `The quota of ${limit} ${what} would be exceeded.`);
}
