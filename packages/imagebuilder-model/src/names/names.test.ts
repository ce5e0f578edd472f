import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isSameName, readResourceName, schemaOf, slugOf } from "../index.js";
import { shown } from "../testing/shown.js";

describe("slugs", () => {
  test.each([
    ["My Recipe", "my-recipe"],
    ["my_recipe", "my-recipe"],
    ["my-recipe", "my-recipe"],
    ["MY RECIPE", "my-recipe"],
    ["a  b", "a--b"],
    ["a _b", "a--b"],
    ["-_-", "---"],
    ["2020.12.03", "2020-12-03"],
    ["Windows (ISO)", "windows--iso-"],
    ["Ünï", "-n-"],
    ["İx", "i-x"],
    ["a😀b", "a-b"],
    ["", ""],
  ])("%j becomes %j", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  test("names that differ in case, blanks and underscores only are the same", () => {
    expect(isSameName("My Recipe", "my_recipe")).toBe(true);
    expect(isSameName("My Recipe", "myrecipe")).toBe(false);
  });

  test("slugOf is idempotent, and a slug is valid in an ARN", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (name) => {
        expect(slugOf(slugOf(name))).toBe(slugOf(name));
        expect(slugOf(name)).toMatch(/^[a-z0-9-]+$/);
      }),
    );
  });
});

describe("names", () => {
  test.each<[string, string[]]>([
    ["ab", ["0-2 the name has 2 characters; allowed: 3 to 128 [name-length]"]],
    ["n".repeat(129), ["0-129 the name has 129 characters; allowed: 3 to 128 [name-length]"]],
    ["web.server", ['3-4 the name has "."; allowed: letters, digits, "-", "_" and spaces between them [name-character]']],
    ["web\tserver", ['3-4 the name has "\\t"; allowed: letters, digits, "-", "_" and spaces between them [name-character]']],
    ["we😀b", ['2-4 the name has "😀"; allowed: letters, digits, "-", "_" and spaces between them [name-character]']],
    [" web", ["0-1 the name has a space at one of its ends; allowed: spaces between other characters [name-space]"]],
    ["web  ", ["3-5 the name has a space at one of its ends; allowed: spaces between other characters [name-space]"]],
  ])("%j", (name, faults) => {
    expect(shown(readResourceName(name).diagnostics)).toEqual(faults);
  });

  test("accepts what the model accepts", () => {
    const pattern = new RegExp(schemaOf("ResourceName")["pattern"] as string, "u");
    const name = fc.string({ unit: fc.constantFrom(..."aZ0-_ .\tä😀"), maxLength: 6 });
    fc.assert(
      fc.property(name, (name) => {
        expect([name, readResourceName(name).value]).toEqual([name, pattern.test(name) ? name : undefined]);
      }),
      { numRuns: 500 },
    );
  });
});
