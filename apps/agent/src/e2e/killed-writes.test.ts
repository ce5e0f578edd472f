import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { killedWrites, whyNot } from "./killed-writes.js";

const reason = whyNot();
const testIf = reason === undefined ? test : test.skip;

// `pnpm soak killed-writes` makes 200 attempts
testIf.each([1, 4, 9, 12])(
  `killed at a write of state or log, a run ends as if nothing had happened: attempt %i${reason === undefined ? "" : ` (${reason})`}`,
  (number) =>
    withTemporaryFolder(async (folder) => {
      const { attempt } = await killedWrites(folder);
      expect(await attempt(() => 0.5, number)).toEqual([]);
    }),
  120_000,
);
