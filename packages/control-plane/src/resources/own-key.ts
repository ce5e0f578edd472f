import { ApiError, type ApiCaller, type OperationName, type ResourceType } from "@imagewright/imagebuilder-model";
import { isImagewrightError } from "@imagewright/diagnostics";
import type { DataKey } from "../encryption/sealed-text.js";
import { contextFor, isResourceKeyFailure } from "../encryption/resource-key-service.js";
import { declaredError, invalidValue } from "../errors/api-errors.js";
import type { Services } from "../services.js";

/** What is to be created: its type, and the key that it names. */
export interface KeyedResource {
  readonly type: ResourceType;
  readonly kmsKeyId: string | undefined;
}

/**
 * The data key that seals a new resource under the key of KMS that it names; undefined if it names none, or if that is stored only. Throws
 * InvalidParameterValueException with what KMS says of a key that cannot be used, ServiceUnavailableException if KMS does not answer.
 */
export async function ownKeyFor(
  operation: OperationName,
  { type, kmsKeyId }: KeyedResource,
  { services, caller }: { readonly services: Services; readonly caller: ApiCaller },
): Promise<DataKey | undefined> {
  if (kmsKeyId === undefined) return undefined;
  try {
    return await services.ownKey(kmsKeyId, contextFor({ region: caller.region, owner: caller.account, type }, services.partition));
  } catch (thrown) {
    if (!isResourceKeyFailure(thrown)) throw thrown;
    const { message } = thrown.cause as Error;
    if (isImagewrightError(thrown, "control-plane/resource-key-unreachable"))
      throw new ApiError("ServiceUnavailableException", `The key of 'kmsKeyId' cannot be reached: ${message}.`, { cause: thrown });
    throw invalidValue(operation, "kmsKeyId", message);
  }
}

/**
 * What a client is told of a resource whose own key does not open it: ClientException, which the model has for values that another service
 * rejects, and ServiceUnavailableException, which clients try again, where KMS does not answer. Undefined for anything else.
 */
export function ownKeyErrorOf(operation: OperationName, thrown: unknown): ApiError | undefined {
  if (!isResourceKeyFailure(thrown)) return undefined;
  const isPassing = isImagewrightError(thrown, "control-plane/resource-key-unreachable");
  const name = isPassing ? "ServiceUnavailableException" : declaredError(operation, "ClientException", "InvalidRequestException");
  const [first = "", ...others] = thrown.message;
  return new ApiError(name, `${first.toUpperCase()}${others.join("")}.`, { cause: thrown });
}
