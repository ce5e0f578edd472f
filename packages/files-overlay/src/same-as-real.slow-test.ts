import { isRoot } from "@imagewright/test-kit";
import { describe, test } from "@jest/globals";
import { canMountDisk } from "./testing/disks.js";
import { checkSequences } from "./testing/same-as-real.js";

describe("a sequence of operations behaves on the overlay as on real files", () => {
  test("as the user who runs the test", () => checkSequences({ nobody: false, numRuns: 150 }), 1_200_000);

  (isRoot ? test : test.skip)("as an unprivileged user (needs root)", () => checkSequences({ nobody: true, numRuns: 150 }), 1_200_000);

  (canMountDisk ? test : test.skip)(
    "on two disks (needs root)",
    () => checkSequences({ nobody: false, hasDisk: true, numRuns: 150 }),
    1_200_000,
  );
});
