/** The part of JSON Schema (draft 07) that describes events and results. Members that a schema does not name are allowed, and dropped. */
export type ProtocolSchema =
  | { readonly type: "string"; readonly maxLength: number; readonly pattern?: string }
  | { readonly type: "string"; readonly enum: readonly string[] }
  | { readonly type: "integer"; readonly minimum: number; readonly maximum: number }
  | { readonly type: "boolean" }
  | { readonly type: "array"; readonly maxItems: number; readonly items: ProtocolSchema }
  | ObjectSchema;

export interface ObjectSchema {
  readonly type: "object";
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, ProtocolSchema>>;
}

/** An object with these members; those whose names end with `?` may be absent. */
export function objectOf(members: Readonly<Record<string, ProtocolSchema>>): ObjectSchema {
  const named = Object.entries(members).map(([name, schema]) => [name.replace(/\?$/, ""), schema] as const);
  return {
    type: "object",
    required: Object.keys(members).filter((name) => !name.endsWith("?")),
    properties: Object.fromEntries(named),
  };
}
