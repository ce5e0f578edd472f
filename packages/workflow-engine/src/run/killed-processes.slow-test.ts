import { expect, test } from "@jest/globals";
import { expectContinuedAfterKills } from "../testing/killed-runs.js";

test("killed at each effect and at each change, and continued, a run ends in the same way", async () => {
  expect(await expectContinuedAfterKills(1, 1)).toBeGreaterThan(20);
});
