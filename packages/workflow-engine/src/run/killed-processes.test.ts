import { expect, test } from "@jest/globals";
import { expectContinuedAfterKills } from "../testing/killed-runs.js";

// each seventh point: beginnings and ends of effects, changes of the execution; the slow test takes all
test("a process killed in a run, and continued, ends in the same way", async () => {
  expect(await expectContinuedAfterKills(3, 7)).toBeGreaterThan(20);
});
