import { quote } from "@imagewright/diagnostics";
import type { ObjectSchema, ProtocolSchema } from "./schema.js";

export type Fitted = { readonly value: unknown } | { readonly fault: string };

/**
 * The value with only the members that its schema names, or the first fault: `result.attempts: not a whole number from 0 to 9`. Compiling
 * a schema would take longer than most runs have events, so it is read as it is.
 */
export function fitSchema(value: unknown, schema: ProtocolSchema, path = ""): Fitted {
  if (schema.type === "object") return fitObject(value, schema, path);
  if (schema.type === "array") return fitArray(value, schema, path);
  const fault = scalarFault(value, schema);
  return fault === undefined ? { value } : { fault: `${path}: ${fault}` };
}

function fitObject(value: unknown, { required, properties }: ObjectSchema, path: string): Fitted {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { fault: `${path}: not an object`.replace(/^: /, "") };
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return { fault: `${join(path, missing)}: missing` };
  const kept: [string, unknown][] = [];
  for (const [name, schema] of Object.entries(properties)) {
    if (!Object.hasOwn(value, name)) continue;
    const member = fitSchema((value as Record<string, unknown>)[name], schema, join(path, name));
    if ("fault" in member) return member;
    kept.push([name, member.value]);
  }
  return { value: Object.fromEntries(kept) };
}

function fitArray(value: unknown, { maxItems, items }: Extract<ProtocolSchema, { readonly type: "array" }>, path: string): Fitted {
  if (!Array.isArray(value)) return { fault: `${path}: not a list` };
  if (value.length > maxItems) return { fault: `${path}: more than ${maxItems} elements` };
  const kept: unknown[] = [];
  for (const [index, element] of value.entries()) {
    const item = fitSchema(element, items, `${path}[${index}]`);
    if ("fault" in item) return item;
    kept.push(item.value);
  }
  return { value: kept };
}

function scalarFault(value: unknown, schema: Exclude<ProtocolSchema, { readonly type: "object" | "array" }>): string | undefined {
  switch (schema.type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : "not true or false";
    case "integer": {
      const { minimum, maximum } = schema;
      const fits = Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum;
      return fits ? undefined : `not a whole number from ${minimum} to ${maximum}`;
    }
    case "string":
      if (typeof value !== "string") return "not a text";
      if ("enum" in schema) return schema.enum.includes(value) ? undefined : `${quote(value)} is not one of ${schema.enum.join(", ")}`;
      if (isLonger(value, schema.maxLength)) return `longer than ${schema.maxLength} characters`;
      return schema.pattern === undefined || regularExpression(schema.pattern).test(value)
        ? undefined
        : "has control or invisible characters";
  }
}

/** As JSON Schema counts: characters, not UTF-16 units. */
function isLonger(text: string, most: number): boolean {
  return text.length > most && (text.length > 2 * most || [...text].length > most);
}

const expressions = new Map<string, RegExp>();

function regularExpression(pattern: string): RegExp {
  let expression = expressions.get(pattern);
  if (expression === undefined) expressions.set(pattern, (expression = new RegExp(pattern, "u")));
  return expression;
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
