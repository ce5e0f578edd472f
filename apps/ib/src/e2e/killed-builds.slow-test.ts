// `ib build` is killed at a write of its state or log, then resumed or discarded: one image, or nothing.
import { describe, expect, test } from "@jest/globals";
import { inspectEngines } from "@imagewright/build-hosts";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { withBuildFolder } from "./interrupted-build.js";
import { countWrites, killAtWrite, leftAfterNext, whyNotKilled } from "./killed-builds.js";

const report = (await inspectEngines()).find(({ engine }) => engine === "buildah");
const reason = report?.usable === true ? whyNotKilled() : `buildah ${report?.finding}`;
// of 100 parts of the build; IMAGEWRIGHT_KILLS=40 spreads so many over it
const many = Number(process.env["IMAGEWRIGHT_KILLS"] ?? 0);
const places = many > 0 ? Array.from({ length: many }, (_, index) => (100 * (index + 0.5)) / many) : [10, 45, 75, 95];

(reason === undefined ? describe : describe.skip)(`kills at writes${reason === undefined ? "" : ` (skipped: ${reason})`}`, () => {
  let writes = 0;

  test(
    "an undisturbed build makes writes that can be counted",
    () =>
      withBuildFolder(async (build) => {
        writes = await countWrites(build);
        expect(writes).toBeGreaterThan(20);
        await build.expectOneImage();
      }),
    120_000,
  );

  test.each(places.map((place, index) => [place, index % 2 === 0 ? "resumed" : "discarded"] as const))(
    "at %d of 100 parts, %s",
    (place, way) =>
      withBuildFolder(async (build) => {
        const { isKilled, unended } = await killAtWrite(build, 1 + Math.floor((place / 100) * writes));
        // the last writes are spread over the threads in another way each time
        if (place < 60) expect(isKilled).toBe(true);
        const [id] = unended;
        // killed before it was stored, or after it had ended
        const isKept =
          id === undefined
            ? (await readdir(join(build.data, "images", build.name, "1.0.0")).catch(() => [])).length > 0
            : way === "resumed";
        if (id !== undefined && way === "resumed") await build.expectResumed(id);
        let isPublished = false;
        if (id !== undefined && way === "discarded") {
          const { code, stderr } = await build.ib("build", "discard", id);
          isPublished = stderr.includes("it has succeeded");
          expect([code, stderr]).toEqual([isPublished ? 1 : 0, expect.any(String)]);
        }
        // any other run removes what was there before the build was stored
        expect(await leftAfterNext(build)).toEqual([]);
        await (isKept || isPublished ? build.expectOneImage() : build.expectNothing());
      }),
    180_000,
  );
});
