import { listOf, quote, unknownName, type Diagnostic } from "@imagewright/diagnostics";
import type { ErrorObject } from "ajv";

/** The faults worth telling: each unknown or missing key, and of the others at one value only one, a wrong type before all. */
export function faultsToTell(errors: readonly ErrorObject[] | null | undefined): ErrorObject[] {
  const all = errors ?? [];
  const plain = all.filter(({ keyword }) => !["oneOf", "anyOf", "if", "propertyNames"].includes(keyword)); // what is in them says more
  const faults = plain.length > 0 ? plain : all;
  const ofValue = new Map<string, ErrorObject>();
  for (const fault of faults.filter((other) => !isAboutKeys(other))) {
    if (fault.keyword === "type" || !ofValue.has(placeOf(fault))) ofValue.set(placeOf(fault), fault);
  }
  return faults.filter((fault) => isAboutKeys(fault) || ofValue.get(placeOf(fault)) === fault);
}

/** The value that a fault is about, or the name of a member that is not allowed as such. */
function placeOf({ instancePath, propertyName }: ErrorObject): string {
  return propertyName === undefined ? instancePath : `${instancePath}\0${propertyName}`;
}

/** The code and the whole message of a fault. `label` is what the message calls the value, `found` what stands there. */
export function describeFault(fault: ErrorObject, label: string, found: string): Pick<Diagnostic, "code" | "message" | "help"> {
  const parent = (fault.parentSchema ?? {}) as { readonly properties?: object; readonly patternDescription?: string };
  const { keyword, params } = fault;
  if (keyword === "additionalProperties") {
    const [key, allowed] = [String(params["additionalProperty"]), Object.keys(parent.properties ?? {})];
    return { code: "unknown-key", message: `${label}: ${unknownName("key", key, allowed)}`, ...helpForNesting(fault.data, key, allowed) };
  }
  if (keyword === "required") return { code: "missing-key", message: `${label} must have ${quote(String(params["missingProperty"]))}` };
  if (keyword === "type")
    return { code: "wrong-type", message: `${label} must be ${typeNames(params["type"])}; found ${found}`, ...helpForType(fault) };
  if (["minItems", "minLength", "minProperties"].includes(keyword) && params["limit"] === 1 && fault.propertyName === undefined)
    return { code: "value-empty", message: `${label} must not be empty` };
  const limit = parent.patternDescription === undefined ? describeLimit(fault) : `must be ${parent.patternDescription}`;
  if (fault.propertyName !== undefined)
    return { code: "value-not-allowed", message: `the key ${quote(fault.propertyName)} of ${label} ${limit}` };
  return { code: "value-not-allowed", message: `${label} ${limit}; found ${sizeOf(fault) ?? found}` };
}

/** How many items or keys there are, where that is what is wrong. */
function sizeOf({ keyword, data }: ErrorObject): number | undefined {
  if (Array.isArray(data)) return data.length;
  return keyword.endsWith("Properties") ? Object.keys(data as object).length : undefined;
}

/** Below the unknown key may stand what belongs in its place. */
function helpForNesting(data: unknown, key: string, allowed: readonly string[]): Pick<Diagnostic, "help"> {
  const value = (data as Readonly<Record<string, unknown>> | undefined)?.[key];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const own = typeof first === "object" && first !== null ? Object.keys(first).find((inner) => allowed.includes(inner)) : undefined;
  return own === undefined ? {} : { help: `leave out ${quote(key)}, and write ${quote(own)} and the other keys below it in its place` };
}

/** Shell commands are often mappings by accident. */
function helpForType({ params, data }: ErrorObject): Pick<Diagnostic, "help"> {
  const isMapping = typeof data === "object" && data !== null && !Array.isArray(data);
  return params["type"] === "string" && isMapping ? { help: 'text that has ": " in it needs quotes around it, or "|" before it' } : {};
}

/** What a message calls the value at a path: the whole, a key, or the items of a list. */
export function labelOf(what: string, path: readonly string[]): string {
  const last = path.at(-1);
  if (last === undefined) return what;
  return /^\d+$/.test(last) ? `each item of ${labelOf(what, path.slice(0, -1))}` : quote(last);
}

/** What a message says was found. */
export function describeData(data: unknown): string {
  if (data === undefined || data === null) return "nothing";
  if (Array.isArray(data)) return "a list";
  return typeof data === "object" ? "a mapping" : quote(String(data));
}

function isAboutKeys({ keyword }: ErrorObject): boolean {
  return keyword === "additionalProperties" || keyword === "required";
}

function describeLimit({ keyword, params, message }: ErrorObject): string {
  const limit = String(params["limit"]);
  switch (keyword) {
    case "enum":
      return `must be ${listOf((params["allowedValues"] as unknown[]).map(String))}`;
    case "minimum":
      return `must be at least ${limit}`;
    case "maximum":
      return `must be at most ${limit}`;
    case "minLength":
      return `must have at least ${limit} characters`;
    case "maxLength":
      return `must have at most ${limit} characters`;
    case "minItems":
      return `must have at least ${limit} items`;
    case "maxItems":
      return `must have at most ${limit} items`;
    case "minProperties":
      return `must have at least ${limit} keys`;
    case "maxProperties":
      return `must have at most ${limit} keys`;
    case "pattern":
      return `must match the pattern ${String(params["pattern"])}`;
    default:
      return message ?? "is not allowed";
  }
}

const TYPE_NAMES: Record<string, string> = {
  string: "a string",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  array: "a list",
  object: "a mapping",
};

function typeNames(types: unknown): string {
  return [types]
    .flat()
    .map((type) => TYPE_NAMES[String(type)] ?? String(type))
    .join(" or ");
}
