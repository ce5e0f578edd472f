import { nearest } from "@imagewright/diagnostics";
import type { ErrorObject } from "ajv";

interface Meanings {
  /** From letters and digits in lower case to the value. */
  readonly otherNames?: Readonly<Record<string, string>>;
  readonly optionBefore?: string;
}

/**
 * The allowed value that a text means: one that the schema knows by other names (`otherNames`), what is behind the option of a program that
 * takes the value (`optionBefore`), or the value that it resembles.
 */
export function meantValue({ keyword, params, data, parentSchema }: ErrorObject): string | undefined {
  if (typeof data !== "string" || (keyword !== "enum" && keyword !== "pattern")) return undefined;
  const { otherNames: others = {}, optionBefore } = (parentSchema ?? {}) as Meanings;
  const name = data.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (Object.hasOwn(others, name)) return others[name];
  if (keyword === "enum") return nearest(data, (params["allowedValues"] as unknown[]).map(String));
  const behind = optionBefore === undefined ? undefined : behindOption(data, optionBefore);
  return behind !== undefined && new RegExp(String(params["pattern"]), "u").test(behind) ? behind : undefined;
}

/** The text behind an option in any case, whose first sign may be left out; undefined if it does not begin with it, or ends there. */
function behindOption(text: string, option: string): string | undefined {
  const written = [option, option.slice(1)].find((start) => text.toLowerCase().startsWith(start.toLowerCase()));
  return written === undefined || written.length === text.length ? undefined : text.slice(written.length);
}
