/** JSON data: what a step returns and what is recorded. Members that are undefined are left out. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * What a step or a branch may return: JSON data, interfaces of such data, or nothing. An interface has no index signature, so it is never a
 * `Json`; types refuse what has methods, such as a Date, and the rest is found when the result is recorded.
 */
export type Recordable<Value> =
  | Json
  | void // eslint-disable-line @typescript-eslint/no-invalid-void-type -- most steps return nothing
  | { readonly [Key in keyof Value]: Value[Key] extends ((...values: never) => unknown) | symbol | bigint ? never : Value[Key] };

/** The place and nature of the first part of a value that JSON cannot express, such as `"a.b" is a Map`; undefined if there is none. */
export function notJson(value: unknown, place: readonly (string | number)[] = [], inside: readonly unknown[] = []): string | undefined {
  const at = place.length === 0 ? "it" : `"${place.join(".")}"`;
  if (value === null || value === undefined || typeof value === "string" || typeof value === "boolean") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `${at} is ${value}`;
  if (typeof value !== "object") return `${at} is a ${typeof value}`;
  if (inside.includes(value)) return `${at} contains itself`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== null && Object.getPrototypeOf(prototype) !== null)
    return `${at} is a ${value.constructor.name}`;
  const members: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [key, member] of members) {
    if (member === undefined && Array.isArray(value)) return `"${[...place, key].join(".")}" is undefined`;
    const found = notJson(member, [...place, key], [...inside, value]);
    if (found !== undefined) return found;
  }
  return undefined;
}
