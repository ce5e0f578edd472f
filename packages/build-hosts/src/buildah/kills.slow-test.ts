import { describe, test } from "@jest/globals";
import { inspectEngine } from "../choose/inspect-engines.js";
import { killCallers } from "../contract/kills/kill-callers.js";
import { testImageProblem } from "../contract/test-image.js";
import { makeBuildahUnderTest } from "./testing/buildah-under-test.js";

const BUILT = new URL("../../dist/index.js", import.meta.url).href;
const MINUTES = 60_000;
const report = await inspectEngine("buildah");
const problem = report.usable ? testImageProblem() : `buildah ${report.finding}`;

describe("buildah, whose callers are killed with -9", () => {
  const run = problem === undefined ? test : test.skip;
  run(
    problem === undefined ? "44 times: nothing is lost, doubled or left" : `skipped: ${problem}`,
    async () => {
      const given = await makeBuildahUnderTest(BUILT);
      try {
        await killCallers(given, { kills: 44, seed: 20_261_129 });
      } finally {
        await given.cleanUp();
      }
    },
    20 * MINUTES,
  );
});
