import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { DamagedBuilds } from "../testing/damaged-builds.js";

// a prime, so that every bit of a byte has its turn; `pnpm soak damaged-builds` does them all
const EVERY = 211;

test(
  "no flip of a bit in the state of a build, and no file that is cut off, makes another build of it",
  () =>
    withTemporaryFolder(async (folder) => {
      const builds = await DamagedBuilds.make(join(folder, "data"));
      const faults: string[] = [];
      for (const [index, damage] of builds.damages.entries()) if (index % EVERY === 0) faults.push(...(await builds.attempt(damage)));
      expect(faults).toEqual([]);
    }),
  120_000,
);
