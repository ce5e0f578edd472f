import type { JsonSchema } from "@imagewright/yaml-syntax";

const TEXTS = [
  "",
  "a",
  "/srv/a",
  "C:\\srv\\a",
  "https://example.org/a",
  "s3://bucket/key",
  "0644",
  "HKEY_LOCAL_MACHINE\\A",
  "a b\n",
  "é".repeat(3000),
];
const ANYTHING = [...TEXTS, null, true, -1, 0, 1, 1.5, 1e9, [], [""], ["a"], {}, { unknown: 1 }];

type IsGood = (value: unknown, schema: JsonSchema) => boolean;

/** Values of which some fit the schema and others have one fault each. */
export function samplesFor(schema: JsonSchema, isGood: IsGood): unknown[] {
  const own = [...ANYTHING, ...limitsOf(schema)];
  const inner = [schema, ...alternatives(schema)];
  return [
    ...own,
    ...inner.flatMap((one) => objectsFor({ ...schema, ...one }, isGood)),
    ...inner.flatMap((one) => listsFor({ ...schema, ...one }, isGood)),
    ...alternatives(schema).flatMap((one) => samplesFor(one, isGood)),
  ];
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  return ["anyOf", "oneOf", "allOf"].flatMap((keyword) => (schema[keyword] ?? []) as JsonSchema[]);
}

function limitsOf({ enum: values = [], const: only, minimum, maximum, minLength, maxLength }: JsonSchema): unknown[] {
  const numbers = [minimum, maximum].flatMap((limit) => (typeof limit === "number" ? [limit - 1, limit, limit + 1] : []));
  const lengths = [minLength, maxLength].flatMap((limit) => (typeof limit === "number" ? [limit - 1, limit, limit + 1] : []));
  const texts = lengths.filter((length) => length >= 0).map((length) => "x".repeat(length));
  return [...(values as unknown[]), ...(only === undefined ? [] : [only as unknown]), ...numbers, ...texts];
}

/** Objects with all members, with one less, and with another value for one of them. */
function objectsFor(schema: JsonSchema, isGood: IsGood): object[] {
  const properties = (schema["properties"] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const members = Object.entries(properties).map(([name, part]) => ({ name, values: samplesFor(part, isGood), part }));
  const good = members.flatMap(({ name, values, part }) => {
    const fitting = values.filter((value) => isGood(value, part));
    return fitting.length === 0 ? [] : [[name, fitting.at(-1)] as const];
  });
  const required = (schema["required"] ?? []) as readonly string[];
  const wholes = [good, good.filter(([name]) => required.includes(name))].map((entries) => Object.fromEntries(entries));
  return wholes.flatMap((whole) => [
    whole,
    { ...whole, unknown: 1 },
    ...Object.keys(whole).map((name) => Object.fromEntries(Object.entries(whole).filter(([other]) => other !== name))),
    ...members.flatMap(({ name, values }) => values.map((value) => ({ ...whole, [name]: value }))),
  ]);
}

function listsFor(schema: JsonSchema, isGood: IsGood): unknown[][] {
  const items = schema["items"] as JsonSchema | undefined;
  if (items === undefined) return [];
  const values = samplesFor(items, isGood);
  const fitting = values.filter((value) => isGood(value, items)).slice(-1);
  return [fitting, [...fitting, ...fitting], ...values.map((value) => [...fitting, value]), Array.from({ length: 200 }, () => fitting[0])];
}
