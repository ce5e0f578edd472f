import { describe, expect, test } from "@jest/globals";
import { DiagnosticCollector, formatLocation, SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import fc from "fast-check";
import {
  DataReport,
  openData,
  parseYaml,
  PlacedData,
  readData,
  valueOf,
  type CheckedData,
  type DataSource,
  type JsonSchema,
  type Path,
  type ScalarNode,
} from "../index.js";

const schema: JsonSchema = {
  type: "object",
  required: ["name"],
  additionalProperties: false,
  properties: {
    name: { type: "string", minLength: 1, maxLength: 5 },
    count: { type: "integer", minimum: 1, maximum: 9 },
    on: { type: "boolean" },
    mode: { type: "string", enum: ["text", "binary"] },
    last: { type: ["string", "null"] },
    rules: { type: "array", minItems: 1, maxItems: 3, items: { $ref: "#/definitions/Rule" } },
    tags: {
      type: "object",
      additionalProperties: { type: "string" },
      propertyNames: { type: "string", pattern: "^[a-z]+$", patternDescription: "lower-case letters" },
    },
  },
  definitions: {
    Rule: {
      type: "object",
      required: ["type"],
      additionalProperties: false,
      properties: {
        type: { type: "string" },
        since: { type: "object", additionalProperties: false, properties: { days: { type: "integer" } } },
      },
    },
  },
};

function shown({ diagnostics }: CheckedData<unknown>): string[] {
  return diagnostics.map(
    ({ severity, span, message, code, help }: Diagnostic) =>
      `${formatLocation(span)} ${severity === "error" ? "" : `${severity}: `}${message} [${code}]${help === undefined ? "" : ` (${help})`}`,
  );
}

function read(source: DataSource) {
  return readData(source, schema, { what: "the policy", name: "p.json" });
}

describe("one value", () => {
  const value = { name: "a", count: 3, on: false, last: null, rules: [{ type: "x" }] };

  test("is the same in every form, and null is absent where the schema does not allow it", () => {
    const yaml = new SourceFile("p.yaml", "name: a\ncount: 3\non: false\nrules:\n  - type: x\n    since: ~\nmode: # comment\n");
    for (const source of [JSON.stringify(value), value, { ...value, mode: null, rules: [{ type: "x", since: null }] }]) {
      const reading = read(source);
      expect([reading.value, shown(reading)]).toEqual([value, []]);
    }
    expect(read(yaml).value).toEqual({ name: "a", count: 3, on: false, rules: [{ type: "x" }] });
  });

  test("is not changed, and not copied without need", () => {
    const given = Object.freeze({ name: "a", rules: Object.freeze([Object.freeze({ type: "x" })]) });
    expect(read(given).value).toBe(given);
    expect(read(Object.freeze({ ...given, mode: null })).value).toEqual(given);
  });

  test("in YAML has texts where texts are asked for", () => {
    expect(read(new SourceFile("p.yml", "name: 0012\nrules: [{ type: 1.10 }]\ncount: '3'\n")).value).toEqual({
      name: "0012",
      rules: [{ type: "1.10" }],
      count: 3,
    });
  });
});

describe("faults are at their place with their path", () => {
  test.each<[DataSource, string[]]>([
    [
      '{"count": "3"}',
      ['p.json:1:1 the policy must have "name" [missing-key]', 'p.json:1:11 "count" must be a whole number; found "3" [wrong-type]'],
    ],
    ['{"name": null}', ['p.json:1:2 the policy must have "name" [missing-key]']],
    ['{"name": "abcdef"}', ['p.json:1:10 "name" must have at most 5 characters; found 6 [value-not-allowed]']],
    ['{"name": ""}', ['p.json:1:10 "name" must not be empty [value-empty]']],
    [
      '{"name": "a", "count": 10, "mode": "txt"}',
      [
        'p.json:1:24 "count" must be from 1 to 9; found 10 [value-not-allowed]',
        'p.json:1:36 "mode" must be "binary" or "text"; found "txt"; did you mean "text"? [value-not-allowed]',
      ],
    ],
    [
      '{"name": "a", "rules": [{"type": "x", "since": {"day": 1}}, {}, null, 7]}',
      [
        'p.json:1:49 "rules[0].since": unknown key "day"; allowed: "days"; did you mean "days"? [unknown-key]',
        'p.json:1:24 "rules" must have at most 3 items; found 4 [value-not-allowed]',
        'p.json:1:61 "rules[1]" must have "type" [missing-key]',
        'p.json:1:65 "rules[2]" must be an object; found nothing [wrong-type]',
        'p.json:1:71 "rules[3]" must be an object; found 7 [wrong-type]',
      ].sort((a, b) => Number(a.split(":")[2]?.split(" ")[0]) - Number(b.split(":")[2]?.split(" ")[0])),
    ],
    [
      '{"name": "a", "tags": {"B": "1", "c": 2}}',
      [
        'p.json:1:24 the key "B" of "tags" must be lower-case letters [value-not-allowed]',
        'p.json:1:39 "tags.c" must be a string; found 2 [wrong-type]',
      ],
    ],
    ['[{"name": "a"}]', ["p.json:1:1 the policy must be an object; found a list of 1 [wrong-type]"]],
    ["null", ["p.json:1:1 the policy must be an object; found nothing [wrong-type]"]],
    [
      new SourceFile("p.yaml", "# comment\nname: [a]\nrules:\n  - typ: x\n  - {}\n"),
      [
        'p.yaml:2:7 "name" must be a string; found a list of 1 [wrong-type]',
        'p.yaml:4:5 "rules[0]": unknown key "typ"; allowed: "since" or "type"; did you mean "type"? [unknown-key]',
        'p.yaml:5:5 "rules[1]" must have "type" [missing-key]',
      ],
    ],
    [new SourceFile("p.yaml", "- a\n"), ["p.yaml:1:1 the policy must be a mapping; found a list of 1 [wrong-type]"]],
    [new SourceFile("p.yaml", "\n"), ["p.yaml:1:1 the text is empty [wrong-type]"]],
    [
      new SourceFile("p.yaml", "a: 1\na: 2\nname: x\n"),
      [
        'p.yaml:1:1 the policy: unknown key "a"; allowed: "count", "last", "mode", "name", "on", "rules" or "tags" [unknown-key]',
        'p.yaml:2:1 the key "a" is used twice [duplicate-key]',
      ],
    ],
  ])("%#", (source, expected) => {
    const reading = read(source);
    expect(shown(reading)).toEqual(expected);
    expect(reading.value).toBeUndefined();
  });

  test("a text is JSON by its name, or by how it begins", () => {
    const text = '{"name": "a", # comment\n}';
    for (const name of ["p.json", "p.txt", "-"]) expect(shown(read(new SourceFile(name, text)))[0]).toMatch(/not valid JSON.*no comments/);
    for (const name of ["p.yaml", "p.YML"]) expect(read(new SourceFile(name, text)).value).toEqual({ name: "a" });
    expect(read(new SourceFile("p.txt", "name: a")).value).toEqual({ name: "a" });
    expect(shown(read(new SourceFile("p.json", "name: a")))).toEqual([
      'p.json:1:1 not valid JSON: expected a value; found "n" [invalid-json]',
    ]);
  });

  test("a value that is deeper than the stack is refused like any other", () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    expect(shown(read(`{"name": ${deep}}`))).toEqual(['p.json:1:10 "name" must be a string; found a list of 1 [wrong-type]']);
    expect(shown(read({ name: "a", more: JSON.parse(deep) as unknown }))).toHaveLength(1);
  });
});

test("rules see what fits the schema, and report by path", () => {
  const reading = readData<{ readonly name: string }>('{"name": "a"}', schema, {
    what: "the policy",
    rules: (value, report) => {
      const related = report.related([], "here");
      report.warning("odd", ["name"], `${report.label(["name"])} is ${value.name}`, { part: "name", related, help: "h" });
    },
  });
  expect([reading.value, shown(reading)]).toEqual([{ name: "a" }, ['data:1:2 warning: "name" is a [odd] (h)']]);
  const never = () => {
    throw new Error("a rule saw a value that does not fit");
  };
  expect(readData("{}", schema, { what: "it", rules: never }).value).toBeUndefined();
});

test("a report contains a limited number of warnings, all errors, and the end of a long path", () => {
  const found = new DiagnosticCollector();
  const input = openData("[1, 2, 3, 4]", "a.json", found);
  if (input === undefined) throw new Error("no input");
  const report = new DataReport(input, found, { what: "the file", mostWarnings: 2 });
  for (const at of [0, 1, 2, 3]) report.warning("odd", [at], "this is odd");
  for (const at of [0, 1, 2, 3]) report.error("odd", [at], "this is wrong");
  expect(found.diagnostics.filter(({ severity }) => severity === "warning").map(({ message, span }) => `${span.start} ${message}`)).toEqual(
    ["1 this is odd", "4 this is odd", "7 the file has 2 warnings up to here; no others are shown"],
  );
  expect(found.counts.error).toBe(4);
  expect(report.label(["distributionConfigurations", 0, "amiDistributionConfiguration", "targetAccountIds", 1])).toBe(
    '"…amiDistributionConfiguration.targetAccountIds[1]"',
  );
});

test("YAML that is JSON has the same values and places as JSON", () => {
  const anything: JsonSchema = {};
  const names = fc.string({ maxLength: 5 }).filter((name) => name !== "__proto__");
  const json = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.string(), fc.array(tie("value")), fc.dictionary(names, tie("value"))),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(names, json), fc.constantFrom(0, 2), (value, space) => {
      const text = JSON.stringify(value, null, space);
      const [fromJson, fromYaml] = ["f.json", "f.yaml"].map((name) => readData(new SourceFile(name, text), anything, { what: "it" }));
      expect([fromJson?.value, fromYaml?.value]).toEqual([value, value]);
      const check = (part: unknown, path: Path): void => {
        const range = (reading?: CheckedData<unknown>) => [
          reading?.report?.input.spanOf(path).start,
          reading?.report?.input.spanOf(path).end,
        ];
        expect(range(fromYaml)).toEqual(range(fromJson));
        if (typeof part !== "object" || part === null) return;
        for (const [step, inner] of Object.entries(part)) check(inner, [...path, Array.isArray(part) ? Number(step) : step]);
      };
      check(value, []);
    }),
    { numRuns: 100 },
  );
});

test("nodes out of a file are read like YAML, and of values that are not known nothing is said", () => {
  const source = new SourceFile("t.yaml", "resource:\n  name: 12\n  mode: Somewhere\n  count: none\n");
  const root = valueOf(parseYaml(source).root, "resource");
  if (root === undefined) throw new Error("no node");
  const isOpen = (scalar: ScalarNode) => scalar.text === "Somewhere";
  expect(shown(readData(new PlacedData(root, isOpen), schema, { what: "the policy" }))).toEqual([
    't.yaml:4:10 "count" must be a whole number; found "none" [wrong-type]',
  ]);
  const { value } = readData(new PlacedData(root, ({ text }) => text !== "12"), schema, { what: "the policy" });
  expect(value).toEqual({ name: "12", mode: "Somewhere", count: "none" });
});
