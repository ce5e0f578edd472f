import { nearest } from "@imagewright/diagnostics";
import type { ErrorObject } from "ajv";

/**
 * The allowed value that a text means: one that the schema knows by other names (`otherNames`, from letters and digits in lower case to the
 * value), or the one that it resembles.
 */
export function meantValue({ keyword, params, data, parentSchema }: ErrorObject): string | undefined {
  if (typeof data !== "string" || (keyword !== "enum" && keyword !== "pattern")) return undefined;
  const others = (parentSchema as { readonly otherNames?: Readonly<Record<string, string>> } | undefined)?.otherNames ?? {};
  const name = data.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (Object.hasOwn(others, name)) return others[name];
  return keyword === "enum" ? nearest(data, (params["allowedValues"] as unknown[]).map(String)) : undefined;
}
