import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { JsonSchema } from "./json-schema.js";
import { faultsToTell } from "./schema-faults.js";

// a schema is code, which tests check; checking it here would compile the schema of all schemas in every process, the larger part of a
// first check
const ajv = new Ajv({
  ...{ allErrors: true, strict: true, allowUnionTypes: true, verbose: true, useDefaults: true },
  ...{ validateSchema: false, meta: false },
});
ajv.addVocabulary(["patternDescription"]);
const validators = new WeakMap<JsonSchema, ValidateFunction>();

/** The faults of plain data, those that are worth telling; none if it fits the schema. Defaults of the schema are filled into the data. */
export function faultsOf(data: unknown, schema: JsonSchema): readonly ErrorObject[] {
  let validate = validators.get(schema);
  if (validate === undefined) validators.set(schema, (validate = ajv.compile(schema)));
  return validate(data) ? [] : faultsToTell(validate.errors);
}

/** Where a fault is: a value, or the name of a member that is unknown, not allowed as such or missing. */
export function placeOfFault({ keyword, params, instancePath, propertyName }: ErrorObject): {
  readonly path: readonly string[];
  readonly part: "name" | "value";
} {
  const path = pointerSteps(instancePath);
  const unknown: unknown = keyword === "additionalProperties" ? params["additionalProperty"] : params["missingProperty"];
  const name = propertyName ?? (typeof unknown === "string" ? unknown : undefined);
  return name === undefined ? { path, part: "value" } : { path: [...path, name], part: "name" };
}

/** The steps of a JSON pointer. */
export function pointerSteps(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
