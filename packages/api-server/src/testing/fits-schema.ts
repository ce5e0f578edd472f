import { checkPlain, type JsonSchema } from "@imagewright/yaml-syntax";

/** Whether a value fits a JSON Schema. */
export function fitsSchema(schema: unknown, value: unknown): boolean {
  return checkPlain(value, schema as JsonSchema).faults.length === 0;
}
