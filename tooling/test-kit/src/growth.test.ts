import { expect, test } from "@jest/globals";
import { expectLinear } from "./growth.js";

const numbers = (size: number) => Array.from({ length: size }, (_, index) => (index * 7919) % size);

test("linear and nearly linear work passes", async () => {
  await expectLinear(20_000, numbers, (input) => new Set(input).size);
  await expectLinear(10_000, numbers, (input) => [...input].sort((a, b) => a - b));
});

test("quadratic work fails, in loops and in calls of the runtime", async () => {
  const loops = (input: number[]) => input.filter((one, index) => input.findIndex((other) => other === one) === index).length;
  const calls = (input: number[]) => input.filter((one, index) => input.indexOf(one) === index).length;
  for (const quadratic of [loops, calls]) await expect(expectLinear(2_000, numbers, quadratic)).rejects.toThrow("toBeLessThanOrEqual");
});

test("so does quadratic work after a long linear part", async () => {
  const work = (input: number[]) => {
    for (let time = 0; time < 300; time++) input.reduce((sum, one) => sum + one, 0);
    return input.filter((one, index) => input.indexOf(one) === index).length;
  };
  await expect(expectLinear(2_000, numbers, work)).rejects.toThrow("toBeLessThanOrEqual");
});
