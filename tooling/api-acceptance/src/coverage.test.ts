import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { CAPABILITIES } from "./facts/capabilities.js";

// as in `prove`, and in the table of the kinds that can be shared, which hands its ids to `prove`
const ID = /"(API-[0-9]{3})"/g;

test("every capability has one test that is named after it", () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".test.ts"));
  const proven = files.flatMap((name) => [...readFileSync(join(import.meta.dirname, name), "utf8").matchAll(ID)].map(([, id = ""]) => id));
  expect(proven.sort()).toEqual(Object.keys(CAPABILITIES).sort());
});
