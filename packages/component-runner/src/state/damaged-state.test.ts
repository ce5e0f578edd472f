import { join } from "node:path";
import { standardRegistry } from "@imagewright/action-modules";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { DamagedStates } from "../testing/damaged-states.js";

// a prime, so that every bit of a byte has its turn; `pnpm soak damaged-state` does them all
const EVERY = 211;

test(
  "no flip of a bit in a state, and no file that is cut off, runs anything but the undisturbed rest of the run",
  () =>
    withTemporaryFolder(async (folder) => {
      const states = await DamagedStates.make(join(folder, "states"), standardRegistry);
      const faults: string[] = [];
      for (const [index, damage] of states.damages.entries()) if (index % EVERY === 0) faults.push(...(await states.attempt(damage)));
      expect(faults).toEqual([]);
    }),
  120_000,
);
