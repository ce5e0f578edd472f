// The checks of inputs that are compiled when ib and the agent are packed decide as the schemas do.
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { VALIDITY_OPTIONS, VOCABULARY, type JsonSchema } from "@imagewright/yaml-syntax";
import { samplesFor } from "./schema-samples.js";

type Check = (data: unknown) => boolean;
interface Generator {
  inputSchemas(): readonly JsonSchema[];
  checksModule(schemas: readonly JsonSchema[]): string;
}

const ROOT = join(import.meta.dirname, "..", "..", "..", "..");
const generator = (await import(join(ROOT, "tooling", "compiled-checks", "index.js"))) as Generator;
const load = createRequire(join(ROOT, "packages", "yaml-syntax", "package.json"));
const { Ajv } = load("ajv") as { Ajv: new (options: object) => { addVocabulary(names: string[]): { compile(schema: JsonSchema): Check } } };
const schemas = generator.inputSchemas();
// eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code that is bundled
const evaluate = new Function(
  "require",
  `${generator.checksModule(schemas).replaceAll("export const", "const")}\nreturn compiledChecks;`,
) as (require: NodeJS.Require) => Record<string, Check>;
const checks = Object.values(evaluate(load));

const compile = (schema: JsonSchema, options = {}) =>
  new Ajv({ ...VALIDITY_OPTIONS, ...options }).addVocabulary([...VOCABULARY]).compile(schema);
const parts = new WeakMap<JsonSchema, Check>();
/** The check of a part, which alone may not be a strict schema. */
const partly = (part: JsonSchema): Check => {
  const check = parts.get(part) ?? compile(part, { strict: false });
  parts.set(part, check);
  return check;
};

test("there is a check for each schema of inputs", () => {
  expect(schemas.length).toBeGreaterThan(25);
  expect(checks).toHaveLength(schemas.length);
});

test("each finds good and bad inputs as ajv does, and adds the same defaults", () => {
  for (const [index, schema] of schemas.entries()) {
    const byAjv = compile(schema);
    const samples = samplesFor(schema, (value, part) => partly(part)(structuredClone(value)));
    const judge = (check: Check | undefined) =>
      samples.map((sample) => {
        const data = structuredClone(sample);
        return { isGood: check?.(data), data };
      });
    const expected = judge(byAjv);
    expect(judge(checks[index])).toEqual(expected);
    for (const isGood of [true, false]) expect([schema, expected.some((one) => one.isGood === isGood)]).toEqual([schema, true]);
  }
});
