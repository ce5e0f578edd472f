// `kill -9` at every boundary of steps and inside of the long ones, then --resume or discard.
import { describe, expect, test } from "@jest/globals";
import { inspectEngines } from "@imagewright/build-hosts";
import { withBuildFolder, type BuildFolder } from "./interrupted-build.js";

const report = (await inspectEngines()).find(({ engine }) => engine === "buildah");
const MINUTE = 60_000;
/** The steps of a build with one component that has a test, in both branches. */
const STEPS = 29;
// every boundary is a place of `pnpm soak killed-workflows`
const AFTER = [2, 9, 15, 22, 27, 29];

(report?.usable === true ? describe : describe.skip)(
  `kills at every boundary${report?.usable === true ? "" : ` (skipped: buildah ${report?.finding})`}`,
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

    test(
      "killed again and again, it ends in one image",
      () =>
        withBuildFolder(async (build) => {
          const id = await build.startAndKill((keys) => keys.includes("launch"));
          for (let count = 2; count < STEPS - 2; count += 5) await build.resumeAndKill(id, (keys) => keys.length >= count);
          await build.expectResumed(id);
          await build.expectOneImage();
        }),
      3 * MINUTE,
    );

    test.each(AFTER)(
      "after %i steps: resumed, it ends in one image; discarded, in nothing",
      async (count) => {
        const startAndKill = (build: BuildFolder) => {
          const when = (keys: readonly string[]) => keys.length >= count;
          return count >= STEPS - 3 ? build.startAndKillLate(when) : build.startAndKill(when);
        };
        await withBuildFolder(async (build) => {
          const id = await startAndKill(build);
          await build.expectResumed(id);
          await build.expectOneImage();
        });
        await withBuildFolder(async (build) => {
          const id = await startAndKill(build);
          const { code, stderr } = await build.ib("build", "discard", id);
          // it takes a moment to see the last steps, and the image may have been published meanwhile
          const isPublished = count >= STEPS - 3 && stderr.includes("it has succeeded");
          expect([code, stderr]).toEqual([isPublished ? 1 : 0, expect.any(String)]);
          await (isPublished ? build.expectOneImage() : build.expectNothing());
        });
      },
      2 * MINUTE,
    );
  },
);
