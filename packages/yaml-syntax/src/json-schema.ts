import type { AnySchemaObject } from "ajv";

/** A JSON Schema (draft 07). */
export type JsonSchema = AnySchemaObject;
