// `ib build` as it is used most. What a failure, a kill or a restart leaves is in build.slow-test.ts.
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { ImageManifest } from "@imagewright/image-build";
import { running, whenRunning } from "./engine-state.js";
import { COMPONENT, describeGreeterBuilds, GREETER, step } from "./greeter-builds.js";
import { ib } from "./ib.js";

// the contract test of build hosts covers the rest of an engine
for (const engine of ["buildah", "podman"] as const)
  await describeGreeterBuilds(engine, (scene) => {
    const { recipe, build, ownTags, images, leftovers } = scene;

    test("builds, tests and keeps an image; the second one gets the next number", async () => {
      await recipe(GREETER);
      const first = await build();
      expect([first.code, first.stdout]).toEqual([0, ""]);
      expect(first.stderr).toContain(`greeter-${process.pid} 1.0.0/1 is built and tested in `);
      const second = await build({}, "--json");
      const manifest = JSON.parse(second.stdout) as ImageManifest;
      expect([second.code, manifest.buildVersion, await images()]).toEqual([0, 2, ["1", "2"]]);
      expect(await leftovers()).toEqual([]);
      expect(await ownTags()).toEqual([1, 2].map((number) => `localhost/greeter-${process.pid}:1.0.0-${number}`));
    });

    test("Ctrl-C ends processes, removes the container and reports it", async () => {
      const mark = `${process.pid}${Date.now()}`.slice(-9);
      await writeFile(join(scene.folder, "slow.yaml"), step("build", `sleep ${mark}`));
      await recipe("  - document: slow.yaml\n");
      let sent = false;
      const { code, stderr } = await build({
        onStderr: (text, kill) => {
          if (sent || !text.includes("slow build")) return;
          sent = true;
          void whenRunning(mark).then(() => kill("SIGINT"));
        },
      });
      expect(code).toBe(130);
      expect(stderr).toContain("SIGINT: ending processes and removing containers; repeat to stop immediately\n");
      expect(stderr).toMatch(/\ncancelled; the logs are in \S+\n$/);
      expect([await running(mark), await leftovers()]).toEqual([[], []]);
    });

    test("a missing parent image is reported in one sentence", async () => {
      await writeFile(
        join(scene.folder, "recipe.yaml"),
        "name: greeter\nsemanticVersion: 1.0.0\nparentImage: localhost/nowhere:1\ncomponents:\n  - document: greeter.yaml\n    parameters: [{ name: Who, value: x }]\n",
      );
      const { code, stderr } = await build();
      expect(code).toBe(1);
      expect(stderr).toContain(
        `error: no parent image "localhost/nowhere:1": ${engine} does not have it, and names that start with localhost/ are never pulled\n`,
      );
      expect(await leftovers()).toEqual([]);
    });
  });

describe("ib build, before anything is started", () => {
  test("a recipe's faults and its components' faults are reported at once", async () => {
    const folder = await mkdtemp(join(tmpdir(), "imagewright-build-"));
    try {
      await writeFile(join(folder, "greeter.yaml"), COMPONENT.replace("action: CreateFile", "action: CreatFile"));
      await writeFile(
        join(folder, "recipe.yaml"),
        "name: greeter\nsemanticVersion: 1.0.0\nparentImage: x\ncomponents:\n  - document: nowhere.yaml\n  - document: greeter.yaml\n",
      );
      const { code, stderr } = await ib(["build", "recipe.yaml"], { folder });
      expect(code).toBe(1);
      expect(stderr.match(/^\S+:\d+:\d+: .*/gm)).toEqual([
        'recipe.yaml:5:15: no component document at "nowhere.yaml" [document-not-found]',
        expect.stringContaining('greeter.yaml:10:17: unknown action "CreatFile"'),
        'greeter.yaml:4:5: the parameter "Who" has no default and no value was given [parameter-missing]',
      ]);
      expect(await readdir(folder)).toEqual(["greeter.yaml", "recipe.yaml"]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
