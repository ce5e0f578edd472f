import { Ajv, type ErrorObject, type Options, type ValidateFunction } from "ajv";
import type { JsonSchema } from "./json-schema.js";
import { faultsToTell } from "./schema-faults.js";

// the schemas are part of the code, and tests check them; checking them here would compile the meta-schema in every process, which takes
// most of the time of a first check
const OPTIONS = { strict: true, allowUnionTypes: true, useDefaults: true, validateSchema: false, meta: false } as const;

// most data has no faults: to find out only whether there is one takes less than half of the code to compile
const isValid = compiler({ ...OPTIONS, messages: false });
const allFaults = compiler({ ...OPTIONS, allErrors: true, verbose: true });

/** The relevant faults of plain data; none if it fits the schema. Adds the defaults of the schema to the data. */
export function faultsOf(data: unknown, schema: JsonSchema): readonly ErrorObject[] {
  if (isValid(schema)(data)) return [];
  const validate = allFaults(schema);
  return validate(data) ? [] : faultsToTell(validate.errors);
}

/** Compiles each schema once, when it is first used. */
function compiler(options: Options): (schema: JsonSchema) => ValidateFunction {
  const validators = new WeakMap<JsonSchema, ValidateFunction>();
  let ajv: Ajv | undefined;
  return (schema) => {
    ajv ??= new Ajv(options).addVocabulary(["patternDescription"]);
    let validate = validators.get(schema);
    if (validate === undefined) validators.set(schema, (validate = ajv.compile(schema)));
    return validate;
  };
}

/** The place of a fault: a value, or the name of a member that is unknown, not allowed or missing. */
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
