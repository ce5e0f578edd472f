/** The kinds of failure, each with its HTTP status and the corresponding error types of the EC2 Image Builder API. */
export const HTTP_STATUS = {
  /** The request itself is invalid: ClientException, InvalidParameterValueException, InvalidRequestException. */
  invalid: 400,
  /** The caller may not do this: ForbiddenException, AccessDeniedException. */
  forbidden: 403,
  /** What was named does not exist: ResourceNotFoundException. */
  "not-found": 404,
  /**
   * It exists already, or the request differs from an earlier one with the same token: ResourceAlreadyExistsException,
   * IdempotentParameterMismatchException.
   */
  conflict: 409,
  /** Something else is using it or depends on it: ResourceInUseException, ResourceDependencyException. */
  "in-use": 409,
  /** It is larger, deeper or more than is allowed: ServiceQuotaExceededException. */
  limit: 402,
  /** It was asked too often; the same request may succeed later: CallRateLimitExceededException, TooManyRequestsException. */
  throttled: 429,
  /** Something that is needed is missing, full or cannot be reached: ServiceUnavailableException. */
  unavailable: 503,
  /** It was tried and failed: ServiceException. */
  failed: 500,
} as const;

export type ErrorClass = keyof typeof HTTP_STATUS;
