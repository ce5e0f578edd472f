import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { images } from "../testing/builders.js";
import { newestFirst } from "./newest-first.js";
import { groupByRecipe } from "./recipe-groups.js";

test("the order is that of Array.sort by date, then version and build", () => {
  const [one] = images({});
  if (one === undefined) throw new Error("no image");
  const date = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -(2 ** 40), max: 2 ** 42 }));
  fc.assert(
    fc.property(fc.array(date, { maxLength: 200, size: "max" }), (dates) => {
      const list = dates.map((dateCreated, build) => ({ ...one, arn: one.arn.replace(/1$/, String(build)), dateCreated }));
      const expected = dates.map((_, position) => position).sort((a, b) => (dates[b] as number) - (dates[a] as number) || b - a);
      expect([...newestFirst(list, groupByRecipe(list), Int32Array.from(list.keys()))]).toEqual(expected);
    }),
  );
});
