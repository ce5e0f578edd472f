import { count, listOf, nearest, quote, unknownName, type Diagnostic } from "@imagewright/diagnostics";
import type { ErrorObject } from "ajv";
import { ofMeantAlternatives } from "./alternatives.js";
import type { JsonSchema } from "./json-schema.js";
import { meantValue } from "./meant-value.js";

/**
 * The relevant faults: each unknown key, each missing key that no unknown one stands for, and one of the others at each value, a wrong
 * type first.
 */
export function faultsToTell(errors: readonly ErrorObject[] | null | undefined): ErrorObject[] {
  const all = ofMeantAlternatives(errors ?? []);
  const plain = all.filter(({ keyword }) => !["oneOf", "anyOf", "if", "propertyNames"].includes(keyword)); // the faults inside them say more
  const faults = plain.length > 0 ? plain : all;
  const ofValue = new Map<string, ErrorObject>();
  for (const fault of faults.filter((other) => !isAboutKeys(other))) {
    if (fault.keyword === "type" || !ofValue.has(placeOf(fault))) ofValue.set(placeOf(fault), fault);
  }
  const unknown = faults.filter(({ keyword }) => keyword === "additionalProperties");
  const follows = (missing: ErrorObject) =>
    unknown.some((fault) => fault.instancePath === missing.instancePath && isMeantBy(fault, String(missing.params["missingProperty"])));
  return faults.filter((fault) =>
    fault.keyword === "required" ? !follows(fault) : isAboutKeys(fault) || ofValue.get(placeOf(fault)) === fault,
  );
}

/** Whether an unknown key means the missing one: it resembles it, or no known key is given. The unknown key says what is allowed. */
function isMeantBy({ params, parentSchema, data }: ErrorObject, missing: string): boolean {
  const properties = (parentSchema?.["properties"] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const hasKnown = Object.keys(data as object).some((key) => Object.hasOwn(properties, key) && properties[key]?.["default"] === undefined);
  const unknown = String(params["additionalProperty"]);
  // a colon was forgotten
  const beginsWith = unknown.toLowerCase().startsWith(missing.toLowerCase()) && /[\s:]/.test(unknown.charAt(missing.length));
  return !hasKnown || beginsWith || nearest(unknown, Object.keys(properties)) === missing;
}

/** The value that a fault is about, or the member name that is not allowed. */
function placeOf({ instancePath, propertyName }: ErrorObject): string {
  return propertyName === undefined ? instancePath : `${instancePath}\0${propertyName}`;
}

export interface FaultWords {
  /** The name of the value in the message. */
  readonly label: string;
  /** The description of the value that was found. */
  readonly found: string;
  readonly isYaml: boolean;
}

/** The code and the whole message of a fault. */
export function describeFault(fault: ErrorObject, { label, found, isYaml }: FaultWords): Pick<Diagnostic, "code" | "message" | "help"> {
  const parent = (fault.parentSchema ?? {}) as { readonly properties?: object; readonly patternDescription?: string };
  const { keyword, params } = fault;
  if (keyword === "additionalProperties") {
    const [key, allowed] = [String(params["additionalProperty"]), Object.keys(parent.properties ?? {})];
    return { code: "unknown-key", message: `${label}: ${unknownName("key", key, allowed)}`, ...helpForNesting(fault.data, key, allowed) };
  }
  if (keyword === "required") return { code: "missing-key", message: `${label} must have ${quote(String(params["missingProperty"]))}` };
  if (keyword === "type")
    return {
      code: "wrong-type",
      message: `${label} must be ${typeNames(params["type"], isYaml)}; found ${found}`,
      ...(isYaml && helpForType(fault)),
    };
  if (["minItems", "minLength", "minProperties"].includes(keyword) && params["limit"] === 1 && fault.propertyName === undefined)
    return { code: "value-empty", message: `${label} must not be empty` };
  const limit = parent.patternDescription === undefined ? describeLimit(fault) : `must be ${parent.patternDescription}`;
  if (fault.propertyName !== undefined)
    return { code: "value-not-allowed", message: `the key ${quote(fault.propertyName)} of ${label} ${limit}` };
  return { code: "value-not-allowed", message: `${label} ${limit}; found ${sizeOf(fault) ?? found}${suggestion(fault)}` };
}

function suggestion(fault: ErrorObject): string {
  const meant = meantValue(fault);
  return meant === undefined ? "" : `; did you mean ${quote(meant)}?`;
}

/** The number of items, keys or characters, if that is the fault. */
function sizeOf({ keyword, data, parentSchema }: ErrorObject): number | undefined {
  if (Array.isArray(data)) return data.length;
  if (keyword === "maxLength" && parentSchema?.["patternDescription"] === undefined) return [...String(data)].length;
  return keyword.endsWith("Properties") ? Object.keys(data as object).length : undefined;
}

/** Help for an unknown key whose value has keys that are allowed one level up. */
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

/** The name of the value at a path in messages: the whole, a key, or the items of a list. */
export function labelOf(what: string, path: readonly string[]): string {
  const last = path.at(-1);
  if (last === undefined) return what;
  return /^\d+$/.test(last) ? `each item of ${labelOf(what, path.slice(0, -1))}` : quote(last);
}

/** The description of a found value in messages about data. */
export function shownValue(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" ? "an object" : JSON.stringify(value);
}

/** The description of a found value in messages about the inputs of a step. */
export function describeData(data: unknown): string {
  if (data === undefined || data === null) return "nothing";
  if (Array.isArray(data)) return "a list";
  return typeof data === "object" ? "a mapping" : quote(typeof data === "string" ? data : JSON.stringify(data));
}

function isAboutKeys({ keyword }: ErrorObject): boolean {
  return keyword === "additionalProperties" || keyword === "required";
}

function describeLimit({ keyword, params, message, parentSchema }: ErrorObject): string {
  const limit = String(params["limit"]);
  const [least, most] = [parentSchema?.["minimum"], parentSchema?.["maximum"]] as (number | undefined)[];
  if (keyword.endsWith("imum") && least !== undefined && most !== undefined) return `must be from ${least} to ${most}`;
  switch (keyword) {
    case "enum":
      return `must be ${listOf((params["allowedValues"] as unknown[]).map(String))}`;
    case "minimum":
      return `must be at least ${limit}`;
    case "maximum":
      return `must be at most ${limit}`;
    case "minLength":
      return `must have at least ${count(Number(limit), "character")}`;
    case "maxLength":
      return `must have at most ${count(Number(limit), "character")}`;
    case "minItems":
      return `must have at least ${count(Number(limit), "item")}`;
    case "maxItems":
      return `must have at most ${count(Number(limit), "item")}`;
    case "minProperties":
      return `must have at least ${count(Number(limit), "key")}`;
    case "maxProperties":
      return `must have at most ${count(Number(limit), "key")}`;
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
};

function typeNames(types: unknown, isYaml: boolean): string {
  const object = isYaml ? "a mapping" : "an object";
  return [types]
    .flat()
    .filter((type) => type !== "null")
    .map((type) => (type === "object" ? object : (TYPE_NAMES[String(type)] ?? String(type))))
    .join(" or ");
}
