import { listOf, quote, unknownName, type Diagnostic } from "@imagewright/diagnostics";
import type { ErrorObject } from "ajv";

/** The faults worth telling: each unknown or missing key, and of the others at one value only one, a wrong type before all. */
export function faultsToTell(errors: readonly ErrorObject[] | null | undefined): ErrorObject[] {
  const all = errors ?? [];
  const plain = all.filter(({ keyword }) => !["oneOf", "anyOf", "if"].includes(keyword)); // their branches say more
  const faults = plain.length > 0 ? plain : all;
  const ofValue = new Map<string, ErrorObject>();
  for (const fault of faults.filter((other) => !isAboutKeys(other))) {
    if (fault.keyword === "type" || !ofValue.has(fault.instancePath)) ofValue.set(fault.instancePath, fault);
  }
  return faults.filter((fault) => isAboutKeys(fault) || ofValue.get(fault.instancePath) === fault);
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
  if ((keyword === "minItems" || keyword === "minLength") && params["limit"] === 1)
    return { code: "value-empty", message: `${label} must not be empty` };
  const limit = parent.patternDescription === undefined ? describeLimit(fault) : `must be ${parent.patternDescription}`;
  return { code: "value-not-allowed", message: `${label} ${limit}; found ${Array.isArray(fault.data) ? fault.data.length : found}` };
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
