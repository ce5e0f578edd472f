import { ApiError, operationOf, schemaOf, type OperationName } from "@imagewright/imagebuilder-model";
import { readData } from "@imagewright/yaml-syntax";
import { declaredError, invalidValue } from "../errors/api-errors.js";
import { faultsOfValue, WHOLE } from "./faults-of-value.js";
import { unstorableText } from "./unstorable-text.js";

/**
 * Checks the shape of an input by the model: required members, types, limits, patterns. Members that the model does not have are refused,
 * and null counts as absent. Returns the input, or throws the error that the operation declares for it, with all faults in its message.
 */
export function checkInput(operation: OperationName, input: unknown): Readonly<Record<string, unknown>> {
  const { value, diagnostics } = readData<Readonly<Record<string, unknown>>>(input ?? {}, schemaOf(operationOf(operation).input), {
    what: "the request",
    name: WHOLE,
  });
  const faults = faultsOfValue(diagnostics);
  if (faults !== undefined) throw shapeError(operation, faults.parameter, faults.reason);
  const place = unstorableText(value);
  if (place !== undefined)
    throw invalidValue(operation, place, "it has the character U+0000, or half of a surrogate pair; allowed: any other text");
  return value ?? {};
}

function shapeError(operation: OperationName, parameter: string, reason: string): ApiError {
  if (parameter !== "semanticVersion") return invalidValue(operation, parameter, reason);
  const name = declaredError(operation, "InvalidVersionNumberException", "InvalidParameterValueException");
  return new ApiError(name, `The value supplied for parameter '${parameter}' is not valid. ${reason}.`);
}
