// What a user can do with a build whose process has died. Other moments are in interrupted.slow-test.ts.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { inspectEngines } from "@imagewright/build-hosts";
import { ib } from "./ib.js";
import { withBuildFolder } from "./interrupted-build.js";

const report = (await inspectEngines()).find(({ engine }) => engine === "buildah");

(report?.usable === true ? describe : describe.skip)(
  `a build that was interrupted${report?.usable === true ? "" : ` (skipped: buildah ${report?.finding})`}`,
  () => {
    test("killed while the components run: resuming gives one image, whose manifest and tag are true", () =>
      withBuildFolder(async (build) => {
        const id = await build.startAndKill((keys) => keys.includes("start components"));
        await build.expectResumed(id);
        await build.expectOneImage();
      }));

    test("killed after the launch: discarding leaves nothing", () =>
      withBuildFolder(async (build) => {
        const id = await build.startAndKill((keys) => keys.includes("launch"));
        const { code, stderr } = await build.ib("build", "discard", id);
        expect([code, stderr]).toEqual([0, expect.stringContaining(`build ${id} is discarded\n`)]);
        await build.expectNothing();
        expect(await readdir(join(build.data, "builds"))).toEqual([]);
        expect(await build.ib("build", "discard", id)).toMatchObject({
          code: 1,
          stderr: expect.stringContaining(`error: no build "${id}"`),
        });
      }));

    test("another build says in one line what can be resumed; after 24 hours it removes it", () =>
      withBuildFolder(async (build) => {
        const id = await build.startAndKill((keys) => keys.includes("launch"));
        const next = await build.ib("build", "recipe.yaml", "--engine", "buildah");
        expect([next.code, next.stderr]).toEqual([0, expect.stringContaining(`build ${id} of ${build.name} 1.0.0 was interrupted `)]);
        expect(next.stderr.match(new RegExp(`^.*${id}.*$`, "gm"))).toEqual([
          expect.stringMatching(
            new RegExp(
              `^build ${id} of ${build.name} 1.0.0 was interrupted less than a minute ago in stage (launch|build): ib build --resume ${id}, or ib build discard ${id}$`,
            ),
          ),
        ]);
        await build.makeOlder(id, 25);
        const later = await build.ib(
          "component",
          "run",
          "greeter.yaml",
          "--in",
          build.parent,
          "--engine",
          "buildah",
          "--phases",
          "build",
          "--parameter",
          "Who=who",
        );
        expect([later.code, later.stderr]).toEqual([
          0,
          expect.stringMatching(/^removed the machine imagewright-\S+, left by an earlier run$/m),
        ]);
        expect(await readdir(join(build.data, "builds"))).not.toContain(id);
        await build.expectOneImage();
      }));

    test("a build that a process works on can be neither resumed nor discarded", () =>
      withBuildFolder(async (build) => {
        let answers: readonly { code: number | null; stderr: string }[] = [];
        await build.startAndKill(async (keys, id, pid) => {
          if (!keys.includes("start components")) return false;
          answers = [await build.ib("build", "--resume", id), await build.ib("build", "discard", id)];
          const message = `error: build "${id}" is in progress in process ${pid} on `;
          expect(answers).toEqual(Array(2).fill(expect.objectContaining({ code: 1, stderr: expect.stringContaining(message) })));
          return true;
        }, "sleep 20");
        expect(answers).toHaveLength(2);
        const [id = ""] = await readdir(join(build.data, "builds"));
        expect(await build.ib("build", "discard", id)).toMatchObject({ code: 0 });
        await build.expectNothing();
      }));

    test("a damaged file of a build is refused, and discarding is the way out", () =>
      withBuildFolder(async (build) => {
        const id = await build.startAndKill((keys) => keys.includes("launch"));
        const path = join(build.data, "builds", id, "build.json");
        await writeFile(path, (await readFile(path, "utf8")).replace('"who"', '"whu"'));
        const refused = await build.ib("build", "--resume", id);
        expect([refused.code, refused.stderr]).toEqual([
          1,
          expect.stringMatching(
            /^error: the stored build "\S+" cannot be used: its content does not fit its checksum\n {2}try: .*discard it, and start it again\n$/,
          ),
        ]);
        expect((await build.ib("build", "discard", id)).code).toBe(0);
        await build.expectNothing();
      }));
  },
);

test("unknown ids, and a recipe whose name is that of a command", async () => {
  const folder = join(process.env["TMPDIR"] ?? "/tmp", `imagewright-ids-${process.pid}`);
  await mkdir(folder);
  try {
    await writeFile(join(folder, "discard"), "name: web\n");
    const run = (...parameters: string[]) => ib(["build", ...parameters], { folder });
    expect(await run("--resume", "b-20261128-000000")).toMatchObject({
      ...{ code: 1, stderr: 'error: no build "b-20261128-000000"\n  try: list what can be resumed with: ib build --resume\n' },
    });
    expect(await run("discard", "nothing")).toMatchObject({ code: 1, stderr: expect.stringContaining('error: no build "nothing"\n') });
    expect(await run("--resume")).toMatchObject({ code: 0, stdout: "no build that has not ended\n" });
    expect(await run("--resume", "--json")).toMatchObject({ code: 0, stdout: "[]\n" });
    expect(await run()).toMatchObject({ code: 2, stderr: "give a recipe, or --resume with the id of a build\n  try: ib build --help\n" });
    // a recipe with faults, so it was read
    expect(await run("./discard")).toMatchObject({ code: 1, stderr: expect.stringContaining("./discard:1:1: ") });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
