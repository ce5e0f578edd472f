import { readFileSync, writeFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "@jest/globals";
import { eventSchema, jobResultSchema } from "../index.js";
import { numbered, NESTED_RUN } from "../testing/run-events.js";
import { fitSchema } from "./fit-schema.js";
import { eventSchemas } from "./event-schemas.js";
import { resultShape } from "./json-schemas.js";

const ajv = new Ajv({ strict: true });
const SUMMARY = { executionId: "run-1", status: "success", failedStepCount: 0, executedStepCount: 1, ignoredFailedStepCount: 0 };
const RESULT = { protocol: "1.0", summary: { ...SUMMARY, failureMessage: "", logUrl: "/logs" } };
const SEED = process.env["IMAGEWRIGHT_SEED"] === "random" ? {} : { seed: 7 };

test.each([
  ["event", eventSchema],
  ["job-result", jobResultSchema],
])("the schema of the package is in schemas/%s.schema.json", (name, schema) => {
  const file = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  if (process.env["UPDATE"] === "1") writeFileSync(file, JSON.stringify(schema)); // format it afterwards
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(schema);
});

describe("the check that reads a schema agrees with ajv", () => {
  const odd = fc.oneof(
    fc.constantFrom(undefined, null, true, 0, -1, 1.5, 1e16, "", "x".repeat(5000), "a\u001b[2J", "\u202e", "\ud800", [], {}),
    fc.constantFrom(
      [["x"]],
      ["x", 3],
      Array.from({ length: 21 }, () => "x"),
      { action: "x" },
      "failed",
      "1.0",
      2 ** 33,
      "😀".repeat(4096),
    ),
  );

  test.each(numbered(NESTED_RUN).map((event) => [event.type, event.depth, event] as const))("%s of depth %i", (type, _depth, event) => {
    agree(eventSchemas[type], event);
  });

  test("result", () => agree(resultShape, RESULT));

  function agree(schema: (typeof eventSchemas)[keyof typeof eventSchemas], value: object) {
    const validate = ajv.compile(schema);
    expect([validate(value), fitSchema(value, schema)]).toEqual([true, { value }]);
    const paths = pathsOf(value);
    fc.assert(
      fc.property(fc.constantFrom(...paths), odd, (path, replacement) => {
        const changed = replaced(value, path, replacement);
        expect([path, replacement, "value" in fitSchema(changed, schema)]).toEqual([path, replacement, validate(changed)]);
      }),
      { numRuns: 200, ...SEED },
    );
  }
});

/** Each member, and each member of members. */
function pathsOf(value: object): string[][] {
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) => [
    [name],
    ...(typeof member === "object" && member !== null && !Array.isArray(member) ? pathsOf(member).map((path) => [name, ...path]) : []),
  ]);
}

/** As it comes from JSON: a member that is undefined is missing. */
function replaced(value: object, [name = "", ...deeper]: readonly string[], replacement: unknown): object {
  const members = Object.entries(value).flatMap(([key, member]: [string, unknown]): [string, unknown][] => {
    if (key !== name) return [[key, member]];
    if (deeper.length > 0) return [[key, replaced(member as object, deeper, replacement)]];
    return replacement === undefined ? [] : [[key, replacement]];
  });
  return Object.fromEntries(members);
}
