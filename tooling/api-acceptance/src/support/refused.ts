import * as sdk from "@aws-sdk/client-imagebuilder";
import { expect } from "@jest/globals";

/** The HTTP status of each error. Source: API model. */
export const STATUS_OF_ERROR = {
  AccessDeniedException: 403,
  CallRateLimitExceededException: 429,
  ClientException: 400,
  DryRunOperationException: 412,
  ForbiddenException: 403,
  IdempotentParameterMismatchException: 400,
  InvalidPaginationTokenException: 400,
  InvalidParameterCombinationException: 400,
  InvalidParameterException: 400,
  InvalidParameterValueException: 400,
  InvalidRequestException: 400,
  InvalidVersionNumberException: 400,
  ResourceAlreadyExistsException: 400,
  ResourceDependencyException: 400,
  ResourceInUseException: 400,
  ResourceNotFoundException: 404,
  ServiceException: 500,
  ServiceQuotaExceededException: 402,
  ServiceUnavailableException: 503,
  TooManyRequestsException: 429,
} as const;

export type RefusalName = keyof typeof STATUS_OF_ERROR;

/** Asserts that a call fails with an exception of the SDK's class of this name, with its status and a message. */
export async function refused(call: Promise<unknown>, name: RefusalName, message: RegExp | string = /./): Promise<void> {
  const thrown: unknown = await call.then(
    (answer) => ({ answered: answer }),
    (error: unknown) => error,
  );
  const { $metadata, message: text } = thrown as sdk.ImagebuilderServiceException;
  // compared as a whole, so that a failing test shows what came instead
  expect({ name: (thrown as Error).name, status: $metadata?.httpStatusCode, message: text, thrown }).toEqual({
    name,
    status: STATUS_OF_ERROR[name],
    message: typeof message === "string" ? message : expect.stringMatching(message),
    thrown: expect.any((sdk as unknown as Record<RefusalName, new () => unknown>)[name]),
  });
}

/** The messages by which clients recognize a cause. Source: known answers of the service. */
export const MESSAGES = {
  invalidValue: (parameter: string) => starting(`The value supplied for parameter '${parameter}' is not valid. `),
  dependedOn: (arn: string) => starting(`Resource dependency error: The resource ARN '${arn}' has other resources depended on it.`),
  exists: (type: string, arn: string) => `The following resource '${type}' already exists: '${arn}'.`,
};

function starting(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.[\]()]/g, "\\$&")}`);
}
