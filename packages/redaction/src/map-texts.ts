/** How to map the parts of a value. */
export interface Mappers {
  readonly text: (text: string) => unknown;
  readonly key: (key: string) => string;
  readonly number: (number: number) => unknown;
}

/**
 * A copy of a JSON-like value with every text, number and key mapped. If two keys become equal, the later
 * ones get a number. Values that are neither lists nor plain objects (a date, a buffer) are kept.
 */
export function mapTexts(value: unknown, mappers: Mappers): unknown {
  if (typeof value === "string") return mappers.text(value);
  if (typeof value === "number") return mappers.number(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, mappers));
  return isPlainObject(value) ? mapEntries(value, mappers) : value;
}

function mapEntries(object: object, mappers: Mappers): object {
  const mapped = new Map<string, unknown>();
  for (const [key, value] of Object.entries(object)) mapped.set(uniqueKey(mappers.key(key), mapped), mapTexts(value, mappers));
  return Object.fromEntries(mapped);
}

function uniqueKey(key: string, taken: ReadonlyMap<string, unknown>): string {
  let free = key;
  for (let number = 2; taken.has(free); number++) free = `${key} (${number})`;
  return free;
}

// compares the prototype's prototype, because objects may come from other realms
function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
