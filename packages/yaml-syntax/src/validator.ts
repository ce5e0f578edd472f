import { Ajv, type ErrorObject, type Options, type ValidateFunction } from "ajv";
import { compiledChecks, type CompiledCheck } from "./compiled-checks.js";
import type { JsonSchema } from "./json-schema.js";
import { faultsToTell } from "./schema-faults.js";
import { schemaKey } from "./schema-key.js";
import { VALIDATOR_OPTIONS, VALIDITY_OPTIONS, VOCABULARY } from "./validator-options.js";

// most data has no faults
const compileValidity = compiler(VALIDITY_OPTIONS);
const allFaults = compiler({ ...VALIDATOR_OPTIONS, allErrors: true, verbose: true });
const isValid = once((schema): CompiledCheck => compiledChecks[schemaKey(schema)] ?? compileValidity(schema));

/** The relevant faults of plain data; none if it fits the schema. Adds the defaults of the schema to the data. */
export function faultsOf(data: unknown, schema: JsonSchema): readonly ErrorObject[] {
  if (isValid(schema)(data)) return [];
  const validate = allFaults(schema);
  return validate(data) ? [] : faultsToTell(validate.errors);
}

function compiler(options: Options): (schema: JsonSchema) => ValidateFunction {
  let ajv: Ajv | undefined;
  return once((schema) => (ajv ??= new Ajv(options).addVocabulary([...VOCABULARY])).compile(schema));
}

/** Compiles each schema once, when it is first used. */
function once<Compiled>(compile: (schema: JsonSchema) => Compiled): (schema: JsonSchema) => Compiled {
  const compiled = new WeakMap<JsonSchema, Compiled>();
  return (schema) => {
    const known = compiled.get(schema) ?? compile(schema);
    compiled.set(schema, known);
    return known;
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
