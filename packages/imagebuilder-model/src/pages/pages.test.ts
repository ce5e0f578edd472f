import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  createPageToken,
  LEAST_RESULTS,
  MOST_RESULTS,
  operationNames,
  operationOf,
  pageSizeOf,
  readPageToken,
  shapeOf,
  type PagedList,
} from "../index.js";

const SECRET = "of this server";
const list: PagedList = { operation: "ListImages", input: { owner: "Self", filters: [{ name: "name", values: ["web"] }] } };

describe("the size of a page", () => {
  test("is within the limits of the model", () => {
    expect(shapeOf("RestrictedInteger")).toEqual({ type: "integer", min: LEAST_RESULTS, max: MOST_RESULTS });
    expect(
      [{}, { maxResults: undefined }, { maxResults: 1 }, { maxResults: 25 }, { maxResults: 0 }, { maxResults: 99 }].map(pageSizeOf),
    ).toEqual([25, 25, 1, 25, 1, 25]);
  });

  test("20 of the 21 paged lists have maxResults", () => {
    const membersOf = (name: typeof operationNames extends () => readonly (infer Name)[] ? Name : never) => {
      const shape = shapeOf(operationOf(name).input);
      return shape.type === "structure" ? Object.keys(shape.members) : [];
    };
    const sized = operationNames().filter((name) => membersOf(name).includes("maxResults"));
    const paged = operationNames().filter((name) => membersOf(name).includes("nextToken"));
    expect(paged).toHaveLength(21);
    expect(paged.filter((name) => !sized.includes(name))).toEqual(["ListImageScanFindingAggregations"]);
  });
});

describe("tokens of pages", () => {
  test("return the position, for the same list only", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (position) => {
        const token = createPageToken(list, position, SECRET);
        expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{22}$/);
        expect(readPageToken({ ...list, input: { ...list.input, nextToken: token, maxResults: 3 } }, token, SECRET)).toBe(position);
      }),
    );
  });

  test("the order of members is irrelevant, the order of lists is not", () => {
    const token = createPageToken({ operation: "ListImages", input: { a: 1, b: [{ c: 1, d: 2 }, 3] } }, "x", SECRET);
    expect(readPageToken({ operation: "ListImages", input: { b: [{ d: 2, c: 1 }, 3], a: 1 } }, token, SECRET)).toBe("x");
    expect(() => readPageToken({ operation: "ListImages", input: { a: 1, b: [3, { c: 1, d: 2 }] } }, token, SECRET)).toThrow(
      "the token of the next page is not valid: it was given for another request",
    );
  });

  const token = createPageToken(list, "web/1.0.0", SECRET);
  test.each<[string, PagedList, string, string]>([
    ["another operation", { ...list, operation: "ListComponents" }, token, "it was given for another request"],
    ["another filter", { ...list, input: { ...list.input, filters: [] } }, token, "it was given for another request"],
    [
      "a changed position",
      list,
      `${createPageToken(list, "web/2.0.0", SECRET).split(".")[0]}.${token.split(".")[1]}`,
      "it was not given by this server",
    ],
    ["another secret", list, createPageToken(list, "web/1.0.0", "another"), "it was not given by this server"],
    ["nothing", list, "", "it was not given by this server"],
    ["a text", list, "page 2", "it was not given by this server"],
    ["a part too many", list, `${token}.`, "it was not given by this server"],
  ])("%s is refused", (_what, wanted, given, reason) => {
    expect(() => readPageToken(wanted, given, SECRET)).toThrow(`the token of the next page is not valid: ${reason}`);
  });

  test("any other text is refused as an invalid token", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(() => readPageToken(list, text, SECRET)).toThrow(/^the token of the next page is not valid/);
      }),
    );
  });
});
