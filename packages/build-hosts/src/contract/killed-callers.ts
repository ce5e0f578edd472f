import { describe } from "@jest/globals";
import type { LeftOutChapters } from "./build-host-under-test.js";
import { chapterTest } from "./chapter-test.js";
import { CallerKills, killableCalls } from "./kills/caller-kills.js";
import { seededRandom } from "./kills/seeded-random.js";
import type { TestBench } from "./test-bench.js";

const SEED = 20_261_128;

/** The chapter about processes that are killed in each call: a share of the proof, which `pnpm soak` runs at length. */
export function describeKilledCallers(bench: TestBench, leftOut: LeftOutChapters): void {
  const random = seededRandom(SEED);
  describe("callers that are killed with -9", () => {
    for (const call of killableCalls(leftOut["OCI images"] === undefined))
      chapterTest("killed callers", leftOut)(`${call}: another process repeats it, and nothing is lost, doubled or left`, async () => {
        await new CallerKills(bench.given).kill(call, random);
      });
  });
}
