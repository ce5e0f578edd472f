import { describe, expect, test } from "@jest/globals";
import type { LeftOutChapters, MakeBuildHost } from "./build-host-under-test.js";
import { describeCollectingFiles } from "./collecting-files.js";
import { describeCreatedImages } from "./created-images.js";
import { describeEndingJobs } from "./ending-jobs.js";
import { describeFailures } from "./failures.js";
import { describeKilledCallers, type ContractKills } from "./killed-callers.js";
import { describeImageNames } from "./image-names.js";
import { describeIsolatedJobs } from "./isolated-jobs.js";
import { describeOciImages } from "./oci-images.js";
import { describeOpeningShells } from "./opening-shells.js";
import { describeOrphans } from "./orphans.js";
import { describeReadingJobs } from "./reading-jobs.js";
import { describeRunningJobs } from "./running-jobs.js";
import { describeTemporaryFiles } from "./temporary-files.js";
import { TestBench } from "./test-bench.js";

/**
 * The contract of build hosts. Each adapter calls this function in a test file of its own, for a host with a state of its own. Chapters are
 * left out only with a reason, which is shown with the skipped tests. A file that tests a host in another
 * setting than the first one may make a share of the kills.
 */
export function describeBuildHost(name: string, make: MakeBuildHost, leftOut: LeftOutChapters = {}, kills: ContractKills = "all"): void {
  describe(`the build host contract: ${name}`, () => {
    const bench = new TestBench(make);
    let atFirst: readonly string[];
    test("a host has nothing at first", async () => {
      await bench.host.removeOrphans(new Set());
      atFirst = await bench.given.listResources();
    });
    describeRunningJobs(bench);
    describeEndingJobs(bench, leftOut);
    describeReadingJobs(bench);
    describeCollectingFiles(bench);
    describeCreatedImages(bench);
    describeIsolatedJobs(bench, leftOut);
    describeFailures(bench);
    describeOpeningShells(bench, leftOut);
    describeOrphans(bench);
    if (leftOut["OCI images"] === undefined) {
      describeOciImages(bench);
      describeImageNames(bench);
      describeTemporaryFiles(bench, leftOut);
    } else test.skip(`OCI images (skipped: ${leftOut["OCI images"]})`, () => undefined);
    describeKilledCallers(bench, leftOut, kills);
    test("nothing is left at the end", async () => {
      expect(await bench.given.listResources()).toEqual(atFirst);
      expect(await bench.host.removeOrphans(new Set())).toEqual([]);
    });
  });
}
