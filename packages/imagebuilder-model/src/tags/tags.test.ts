import { checkPlain } from "@imagewright/yaml-syntax";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { addTags, checkTags, MOST_TAGS, removeTags, schemaOf, shapeOf, type Tags } from "../index.js";

const many = (count: number): Tags => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, ""]));

describe("tags", () => {
  test.each<[string, Tags, string[]]>([
    ["none", {}, []],
    ["with every character", { "aA9 _.:/=+-@": "any text: ü 😀" }, []],
    ["an empty value", { team: "" }, []],
    ["a key of AWS", { "aws:team": "" }, ['the tag key "aws:team" begins with "aws:", which only AWS sets']],
    ["a key of AWS in upper case, which the model takes", { "AWS:team": "" }, []],
    ["an empty key", { "": "" }, ['the tag key "" has 0 characters; allowed: 1 to 128']],
    ["a long key", { ["k".repeat(129)]: "" }, [`the tag key "${"k".repeat(60)}…" has 129 characters; allowed: 1 to 128`]],
    ["another character", { "a;b": "" }, ['the tag key "a;b" has ";"; allowed: letters, digits, blanks and "_.:/=+-@"']],
    ["a long value", { a: "😀".repeat(257) }, ['the value of the tag "a" has 257 characters; allowed: at most 256']],
    ["a value of 256 characters that UTF-16 has in two each", { a: "😀".repeat(256) }, []],
    ["51", many(51), ["there are 51 tags; allowed: at most 50"]],
    ["a key that instances have already", { Name: "" }, []],
  ])("%s", (_what, tags, faults) => {
    expect(checkTags(tags).map(({ message }) => message)).toEqual(faults);
  });

  test.each<[string, Tags, string[]]>([
    ["31", many(31), ["there are 31 tags; allowed: at most 30"]],
    [
      "keys of the service",
      { Name: "", name: "", CreatedBy: "" },
      ["Name", "CreatedBy"].map(
        (key) =>
          `the tag key "${key}" is set by the service; allowed: keys other than "CreatedBy", "Ec2ImageBuilderArn", "Name" and "Tags"`,
      ),
    ],
  ])("of instances: %s", (_what, tags, faults) => {
    expect(checkTags(tags, "instance").map(({ message }) => message)).toEqual(faults);
  });

  test("the limits are those of the model", () => {
    expect(shapeOf("TagMap")).toMatchObject({ max: MOST_TAGS.resource });
    expect(shapeOf("ResourceTagMap")).toMatchObject({ max: MOST_TAGS.instance });
    const key = fc.oneof(
      fc.string({ unit: fc.constantFrom(..."aZ9 \t\u00a0_.:/=+-@;ü😀"), minLength: 1, maxLength: 4 }),
      fc.constantFrom("aws:", "aws:a", "Aws:"),
    );
    fc.assert(
      fc.property(fc.dictionary(key, fc.string({ maxLength: 3 }), { minKeys: 1, maxKeys: 3 }), (tags) => {
        expect([tags, checkTags(tags).length === 0]).toEqual([tags, checkPlain(tags, schemaOf("TagMap")).faults.length === 0]);
      }),
      { numRuns: 500 },
    );
  });

  test("are added and replaced, up to the limit", () => {
    expect(addTags({ a: "1", b: "2" }, { b: "3", c: "4" })).toEqual({ a: "1", b: "3", c: "4" });
    expect(Object.keys(addTags(many(50), { k7: "again" }))).toHaveLength(50);
    expect(() => addTags(many(50), { other: "" })).toThrow("the resource would have 51 tags; allowed: at most 50");
  });

  test("are removed", () => {
    expect(removeTags({ a: "1", b: "2" }, ["b", "c"])).toEqual({ a: "1" });
  });
});
