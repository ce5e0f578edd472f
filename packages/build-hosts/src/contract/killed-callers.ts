import { describe } from "@jest/globals";
import type { LeftOutChapters } from "./build-host-under-test.js";
import { chapterTest } from "./chapter-test.js";
import { killableCalls, killCallers } from "./kills/kill-callers.js";
import type { TestBench } from "./test-bench.js";

const SEED = 20_261_128;

/** The chapter about processes that are killed in each call: a share of the proof, which `pnpm soak` runs at length. */
export function describeKilledCallers(bench: TestBench, leftOut: LeftOutChapters): void {
  const calls = killableCalls(leftOut["OCI images"] === undefined);
  describe("callers that are killed with -9", () => {
    for (const call of calls)
      chapterTest("killed callers", leftOut)(`${call}: another process repeats it, and nothing is lost, doubled or left`, () =>
        killCallers(bench.given, { kills: 1, seed: SEED, calls: [call] }),
      );
  });
}
