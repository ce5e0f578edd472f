import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as sdk from "@aws-sdk/client-imagebuilder";
import { describe, expect, test } from "@jest/globals";
import { CAPABILITIES } from "./capabilities.js";

const LIST = join(import.meta.dirname, "..", "..", "..", "..", "..", "shared", "reference", "capabilities.tsv");
const FILE = join(import.meta.dirname, "capabilities.ts");
const OPERATIONS = Object.keys(sdk).flatMap((name) => /^([A-Za-z]+)Command$/.exec(name)?.[1] ?? []);
const there = existsSync(LIST);

describe(`the ids of the capabilities${there ? "" : " (compared only where the list lies beside the checkout)"}`, () => {
  (there ? test : test.skip)("and the operations that each names are those of the list; UPDATE=1 updates them", () => {
    const rows = readFileSync(LIST, "utf8")
      .split("\n")
      .map((line) => line.split("\t"))
      .filter(([, area]) => area === "api-resources");
    const lines = rows.map(([id = "", , what = "", source = ""]) => `  "${id}": [${operationsIn(`${what} ${source}`)}],`);
    const file = [
      "// Generated from the list of capabilities by facts/capabilities.test.ts; not to be edited.",
      "/** The capabilities of the API: their ids, and the operations that each names. */",
      "export const CAPABILITIES = {",
      ...lines,
      "} as const;",
      "",
      "export type CapabilityId = keyof typeof CAPABILITIES;",
      "",
    ].join("\n");
    if (process.env["UPDATE"] === "1") writeFileSync(FILE, file);
    expect(readFileSync(FILE, "utf8")).toBe(file);
  });

  test("name every operation of the API", () => {
    const named = new Set<string>(Object.values(CAPABILITIES).flat());
    expect(OPERATIONS.filter((name) => !named.has(name))).toEqual([]);
    expect(new Set(OPERATIONS).size).toBe(77);
  });
});

function operationsIn(text: string): string {
  const words = new Set(text.match(/[A-Za-z]+/g)?.map((word) => word.replace(/Request$/, "")));
  return OPERATIONS.filter((name) => words.has(name))
    .map((name) => `"${name}"`)
    .join(", ");
}
