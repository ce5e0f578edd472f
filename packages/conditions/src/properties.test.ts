import { describe, expect, test } from "@jest/globals";
import { createNodeHost } from "@imagewright/node-host";
import fc from "fast-check";
import { checkCondition, evaluateCondition, OPERATOR_NAMES } from "./index.js";

const context = { host: createNodeHost(), workingDirectory: "/", environment: {}, signal: new AbortController().signal };

async function holds(operator: string, baseline: string, value: string): Promise<boolean> {
  return (await evaluateCondition({ [operator]: baseline, value }, context)).value;
}

async function relations(family: "number" | "string", baseline: string, value: string): Promise<Record<string, boolean>> {
  const [less, lessOrEqual, greater, greaterOrEqual] = await Promise.all(
    ["LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map((name) => holds(family + name, baseline, value)),
  );
  return { less: less === true, lessOrEqual: lessOrEqual === true, greater: greater === true, greaterOrEqual: greaterOrEqual === true };
}

function relationsOf(order: number): Record<string, boolean> {
  return { less: order < 0, lessOrEqual: order <= 0, greater: order > 0, greaterOrEqual: order >= 0 };
}

// a decimal as digits and a scale; few digits, so that equal values in different notations occur
const decimal = fc.record({
  digits: fc.oneof(fc.bigInt({ min: -50n, max: 50n }), fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n })),
  scale: fc.integer({ min: 0, max: 40 }),
  zeros: fc.integer({ min: 0, max: 3 }),
});
type Decimal = { digits: bigint; scale: number; zeros: number };

function write({ digits, scale, zeros }: Decimal): string {
  const unsigned = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, "0");
  const [whole, fraction] = [unsigned.slice(0, unsigned.length - scale), unsigned.slice(unsigned.length - scale)];
  const tail = fraction + "0".repeat(scale === 0 ? 0 : zeros);
  return `${digits < 0n ? "-" : ""}${"0".repeat(zeros)}${whole}${tail === "" ? "" : `.${tail}`}`;
}

function compareExactly(left: Decimal, right: Decimal): number {
  const difference = left.digits * 10n ** BigInt(right.scale) - right.digits * 10n ** BigInt(left.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

describe("numbers", () => {
  test("decimals compare like integers of the same scale", async () => {
    await fc.assert(
      fc.asyncProperty(decimal, decimal, async (value, baseline) => {
        const order = compareExactly(value, baseline);
        expect(await relations("number", write(baseline), write(value))).toEqual(relationsOf(order));
        expect(await holds("numberEquals", write(baseline), write(value))).toBe(order === 0);
      }),
      { numRuns: 500 },
    );
  });

  test("are equal regardless of zeros, plus sign and exponent", async () => {
    await fc.assert(
      fc.asyncProperty(decimal, async (value) => {
        const shifted = `${value.digits < 0n ? "" : "+"}${value.digits}e-${value.scale}`;
        expect(await holds("numberEquals", write(value), shifted)).toBe(true);
        expect(await holds("numberEquals", shifted, write({ ...value, zeros: value.zeros + 1 }))).toBe(true);
      }),
    );
  });

  test("a text that is not a number satisfies no comparison", async () => {
    const operators = OPERATOR_NAMES.filter((name) => name.startsWith("number"));
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.constantFrom(...operators), async (text, operator) => {
        expect(await holds(operator, "0", `${text}x`)).toBe(false);
      }),
    );
  });
});

describe("strings", () => {
  const confusable = fc.constantFrom("a", "A", "b", "B", "_", "σ", "ς", "Σ", "ß", "0");
  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 5 }), fc.string({ unit: confusable, maxLength: 4 }));

  test("exactly one of less, equal and greater holds, and the or-equal forms follow", async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (left, right) => {
        const found = await relations("string", right, left);
        expect(found).toEqual(relationsOf(found["less"] ? -1 : found["greater"] ? 1 : 0));
        expect(found["less"] && found["greater"]).toBe(false);
        expect(await relations("string", left, right)).toEqual(relationsOf(found["less"] ? 1 : found["greater"] ? -1 : 0));
      }),
      { numRuns: 500 },
    );
  });

  test("the order is transitive", async () => {
    await fc.assert(
      fc.asyncProperty(text, text, text, async (a, b, c) => {
        fc.pre((await holds("stringLessThanEquals", b, a)) && (await holds("stringLessThanEquals", c, b)));
        expect(await holds("stringLessThanEquals", c, a)).toBe(true);
      }),
    );
  });

  test("letter case makes no difference to the order, and equal strings are neither less nor greater", async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (left, right) => {
        expect(await relations("string", right.toUpperCase(), left)).toEqual(await relations("string", right, left));
        expect(await holds("stringEquals", left, right)).toBe(left === right);
        expect(await relations("string", left, left)).toEqual(relationsOf(0));
      }),
    );
  });

  test("a quoted pattern is found anywhere in a text", async () => {
    await fc.assert(
      fc.asyncProperty(text, text, text, async (before, wanted, after) => {
        const pattern = wanted.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
        expect(await holds("patternMatches", pattern, before + wanted + after)).toBe(true);
        expect(await holds("patternMatches", `^(?:${pattern})\\z`, `${wanted}!`)).toBe(false);
      }),
    );
  });
});

describe("any data", () => {
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom("0".repeat(32), "1", "(", ""));
  const key = fc.oneof(fc.constantFrom(...OPERATOR_NAMES), fc.constantFrom("value", "path"), fc.string({ maxLength: 3 }));
  const { condition } = fc.letrec((tie) => ({
    condition: fc.oneof(
      { maxDepth: 6 },
      scalar,
      fc.array(tie("condition"), { maxLength: 3 }),
      fc.dictionary(key, tie("condition"), { maxKeys: 3 }),
    ),
  }));

  test("is either rejected with faults that have valid paths, or evaluated", async () => {
    await fc.assert(
      fc.asyncProperty(condition, async (data) => {
        const faults = checkCondition(data);
        for (const { path } of faults) expect(isPlaceIn(data, path)).toBe(true);
        if (faults.length > 0)
          await expect(evaluateCondition(data, context)).rejects.toMatchObject({ code: "conditions/condition-not-valid" });
        else expect(typeof (await evaluateCondition(data, context)).value).toBe("boolean");
      }),
      { numRuns: 2_000 },
    );
  });
});

function isPlaceIn(data: unknown, path: readonly (string | number)[]): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  return typeof data === "object" && data !== null && Object.hasOwn(data, key) && isPlaceIn((data as Record<string, unknown>)[key], rest);
}
