/** The types of values that steps, parameters and system variables give. `any` is a value whose type is known only at run time. */
export type WorkflowValueType = "string" | "integer" | "boolean" | "stringList" | "list" | "object" | "any";

const DESCRIPTIONS: Readonly<Record<WorkflowValueType, string>> = {
  string: "a text",
  integer: "a whole number",
  boolean: "true or false",
  stringList: "a list of texts",
  list: "a list",
  object: "a mapping",
  any: "a value",
};

/** The description of a type in messages: `a list of texts`. */
export function describeType(type: WorkflowValueType): string {
  return DESCRIPTIONS[type];
}

/** The type of a part of a value: of `[0]` or a key below it; undefined if such a value has no parts of this kind. */
export function partOf(type: WorkflowValueType, step: string | number): WorkflowValueType | undefined {
  if (type === "any") return "any";
  if (typeof step === "string") return type === "object" ? "any" : undefined;
  return type === "stringList" ? "string" : type === "list" ? "any" : undefined;
}
