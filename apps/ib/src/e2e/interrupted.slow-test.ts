// `kill -9` at boundaries of steps and inside of the long ones, then --resume or discard. `pnpm soak killed-workflows` has every boundary.
import { describe, expect, test } from "@jest/globals";
import { inspectEngines } from "@imagewright/build-hosts";
import { withBuildFolder, type BuildFolder } from "./interrupted-build.js";

const report = (await inspectEngines()).find(({ engine }) => engine === "buildah");
const MINUTE = 60_000;
/** A step, and how often its key is in the journal then: the test launches and starts, too. */
const AFTER = [
  ["resolve parent image", 1],
  ["start components", 1],
  ["create image", 1],
  ["start components", 2],
] as const;
/** It takes a moment to see them, and the image may have been published meanwhile. */
const LATE = ["reserve number 1", "publish"];

(report?.usable === true ? describe : describe.skip)(
  `kills at boundaries of steps and inside of them${report?.usable === true ? "" : ` (skipped: buildah ${report?.finding})`}`,
  () => {
    test.each([100, 700, 1500, 2500, 4000])(
      "%i milliseconds into a step of five seconds: it runs once",
      (delay) =>
        withBuildFolder(async (build) => {
          let since: number | undefined;
          const id = await build.startAndKill((keys) => {
            since ??= keys.includes("start components") ? Date.now() : undefined;
            return since !== undefined && Date.now() - since >= delay;
          }, "echo once >> /srv/runs; sleep 5; test $(cat /srv/runs) = once");
          await build.expectResumed(id);
          await build.expectOneImage();
        }),
      MINUTE,
    );

    // the engine has begun with its work, and has done a part of it
    test.each([
      ["launch", "image", 300],
      ["launch", "image", 1200],
      ["create image", "collect", 300],
      ["create image", "collect", 1200],
    ])(
      "in the step %p, which follows %p, %i milliseconds after its begin: resumed, it ends in one image; discarded, in nothing",
      (step, before, delay) =>
        expectEnds(async (build) => {
          let since: number | undefined;
          const id = await build.startSlowedAndKill((keys) => {
            since ??= keys.includes(before) ? Date.now() : undefined;
            return since !== undefined && Date.now() - since >= delay;
          });
          expect(await build.recordedSteps(id)).not.toContain(step);
          return id;
        }),
      3 * MINUTE,
    );

    test(
      "killed again and again, it ends in one image",
      () =>
        withBuildFolder(async (build) => {
          const id = await build.startAndKill((keys) => keys.includes("launch"));
          for (const count of [2, 7, 12, 17, 22]) await build.resumeAndKill(id, (keys) => keys.length >= count);
          await build.expectResumed(id);
          await build.expectOneImage();
        }),
      3 * MINUTE,
    );

    test.each(AFTER)(
      "after the step %p of number %i: resumed, it ends in one image; discarded, in nothing",
      (step, count) => expectEnds((build) => build.startAndKill((keys) => keys.filter((key) => key === step).length >= count)),
      2 * MINUTE,
    );

    test.each(LATE)(
      "after the step %p: resumed, it ends in one image; discarded, in nothing or in that image",
      (step) => expectEnds((build) => build.startAndKillLate((keys) => keys.includes(step)), "publishes"),
      2 * MINUTE,
    );
  },
);

/** Two builds are started and killed: one is resumed, one discarded. */
async function expectEnds(startAndKill: (build: BuildFolder) => Promise<string>, mayPublish?: "publishes"): Promise<void> {
  await withBuildFolder(async (build) => {
    const id = await startAndKill(build);
    await build.expectResumed(id);
    await build.expectOneImage();
  });
  await withBuildFolder(async (build) => {
    const id = await startAndKill(build);
    const { code, stderr } = await build.ib("build", "discard", id);
    const isPublished = mayPublish !== undefined && stderr.includes("it has succeeded");
    expect([code, stderr]).toEqual([isPublished ? 1 : 0, expect.any(String)]);
    await (isPublished ? build.expectOneImage() : build.expectNothing());
  });
}
