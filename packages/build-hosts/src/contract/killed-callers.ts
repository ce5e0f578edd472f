import { describe, expect } from "@jest/globals";
import type { LeftOutChapters } from "./build-host-under-test.js";
import { chapterTest } from "./chapter-test.js";
import { CallerKills, killableCalls, type Kill } from "./kills/caller-kills.js";
import type { TestBench } from "./test-bench.js";

/** How many kills the chapter about killed callers makes: before, in and after each call, or one of these in turn. */
export type ContractKills = "all" | "share";

const MOMENTS = ["in", "before", "after"] as const;
/** Parts of the call after which it is killed: the later ones if it was quicker than the one that was measured. */
const MIDDLE = [1 / 2, 1 / 4, 1 / 8];

/** The chapter about processes that are killed before, in and after each call; `pnpm soak` does it at random moments, and at length. */
export function describeKilledCallers(bench: TestBench, leftOut: LeftOutChapters, share: ContractKills): void {
  const chapter = chapterTest("killed callers", leftOut);
  let known: CallerKills | undefined;
  const kills = () => (known ??= new CallerKills(bench.given));
  describe("callers that are killed with -9", () => {
    for (const [nth, call] of killableCalls(leftOut["OCI images"] === undefined).entries())
      for (const when of share === "all" ? MOMENTS : [MOMENTS[nth % MOMENTS.length] ?? "in"])
        chapter(`${when} ${call}: another process repeats it, and nothing is lost, doubled or left`, async () => {
          if (when === "in") expect(await killedIn(kills(), call)).toEqual(expect.any(Number));
          else expect((await kills().kill(call, when)).moment).toBe(when);
        });
  });
}

/** The moment of a kill that came before the end of the call; the last one that was tried, if none did. */
async function killedIn(kills: CallerKills, call: string): Promise<Kill["moment"] | undefined> {
  let moment: Kill["moment"] | undefined;
  for (const part of MIDDLE) if (typeof moment !== "number") ({ moment } = await kills.kill(call, part));
  return moment;
}
