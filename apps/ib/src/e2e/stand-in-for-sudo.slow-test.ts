import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { chooseBuildHost, inspectEngines } from "@imagewright/build-hosts";
import { imagesIn } from "./engine-state.js";
import { ib, type IbRun } from "./ib.js";
import { importSmallImage } from "./small-image.js";

const NOTICE = "  the image has no sudo, so the commands behind it run as sudo would run them; the finished image is without sudo, too\n";

const document = (phases: Record<string, readonly string[]>) =>
  JSON.stringify({
    schemaVersion: 1.0,
    phases: Object.entries(phases).map(([name, commands]) => ({
      name,
      steps: [{ name: "Only", action: "ExecuteBash", inputs: { commands } }],
    })),
  });

const engines = await inspectEngines();
for (const engine of ["buildah", "podman"] as const) {
  const report = engines.find((known) => known.engine === engine);
  if (report?.usable === true) describeWithoutSudo(engine);
  else describe(`an image without sudo, with ${engine}`, () => test.skip(`skipped: ${engine} ${report?.finding}`, () => undefined));
}

function describeWithoutSudo(engine: string): void {
  describe(`an image without sudo, with ${engine}`, () => {
    const parent = `localhost/imagewright-test/without-sudo:${engine}-${process.pid}`;
    const name = `without-sudo-${engine}-${process.pid}`;
    let folder: string;
    let image: { readonly remove: () => Promise<void> };

    beforeAll(async () => {
      const { host } = await chooseBuildHost({ preferred: engine, stateFolder: await mkdtemp(join(tmpdir(), "imagewright-state-")) });
      await importSmallImage(host, parent);
      image = { remove: () => host.removeImage(parent) };
    });
    afterAll(() => image.remove());
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "imagewright-build-"));
    });
    afterEach(async () => {
      for (const tag of imagesIn(engine, name)) spawnSync(engine, ["rmi", "--force", tag]);
      await rm(folder, { recursive: true, force: true });
    });

    const run = async (text: string): Promise<IbRun> => {
      await writeFile(join(folder, "a.yaml"), text);
      return ib(["component", "run", "a.yaml", "--in", parent, "--engine", engine], { folder });
    };
    const build = async (text: string): Promise<IbRun> => {
      await writeFile(join(folder, "a.yaml"), text);
      const recipe = { name, semanticVersion: "1.0.0", parentImage: parent, components: [{ document: "a.yaml" }] };
      await writeFile(join(folder, "recipe.json"), JSON.stringify(recipe));
      return ib(["build", "recipe.json", "--engine", engine], { folder });
    };
    const count = (text: string, part: string) => text.split(part).length - 1;

    test("commands behind sudo run, in the test container too; it is said once, and nothing of it is in the image", async () => {
      const { code, stderr } = await build(
        document({
          build: [
            "set -e",
            "sudo mkdir -p /opt/app",
            'sudo -E A="a b" sh -c \'echo "$A $HOME" > /opt/app/made\'',
            "sudo -n -u root -- true",
          ],
          validate: ["test \"$(cat /opt/app/made)\" = 'a b /root'"],
          test: ["sudo test -d /opt/app && test ! -e /usr/bin/sudo && test ! -e /bin/sudo"],
        }),
      );
      expect([code, count(stderr, NOTICE)]).toEqual([0, 1]);
      const names = await namesInLayers(join(folder, "home", "images", name, "1.0.0", "1", "oci"));
      expect([names.includes("opt/app/made"), names.includes("sudo"), names.includes("stand-ins")]).toEqual([true, false, false]);
    });
    // the contract test of build hosts covers the rest for this engine
    if (engine === "podman") return;

    test("a document that does not call it is told nothing", async () => {
      const { code, stderr } = await run(document({ build: ["echo no pseudo program"] }));
      expect([code, count(stderr, NOTICE)]).toEqual([0, 0]);
    });

    test("what it does not take is an error with the reason", async () => {
      const { code, stderr } = await run(document({ build: ["sudo -e /etc/hosts"] }));
      expect(code).toBe(1);
      expect(stderr).toContain("| sudo: unknown option -e; this image has no sudo, and what stands in for it takes -u USER, ");
    });

    test("a sudo that a step installs is taken from then on, and is in the image", async () => {
      const { code, stderr } = await build(
        document({
          build: [
            "set -e",
            "mkdir -p /usr/bin",
            "sudo cp /bin/env /usr/bin/sudo",
            "hash -r",
            'test "$(command -v sudo)" = /usr/bin/sudo',
            'test "$(sudo bash -c \'echo "${HOME-none}"\')" = none',
          ],
          test: ['/usr/bin/sudo true && ! grep -q stand-ins <<< "$PATH"'],
        }),
      );
      expect([code, count(stderr, NOTICE)]).toEqual([0, 1]);
      expect(await namesInLayers(join(folder, "home", "images", name, "1.0.0", "1", "oci"))).toContain("usr/bin/sudo");
    });
  });
}

/** The names in the last layer of a layout with one image. */
async function namesInLayers(layout: string): Promise<string> {
  const blob = async (digest: string) => JSON.parse(await readFile(join(layout, "blobs", ...digest.split(":")), "utf8")) as Manifest;
  const index = JSON.parse(await readFile(join(layout, "index.json"), "utf8")) as { manifests: { digest: string }[] };
  expect(await readdir(layout)).toContain("blobs");
  const { layers } = await blob(index.manifests[0]?.digest ?? "");
  const listed = spawnSync("tar", ["--list", "--file", join(layout, "blobs", ...(layers.at(-1)?.digest ?? "").split(":"))], {
    encoding: "utf8",
  });
  expect(listed.status).toBe(0);
  return listed.stdout;
}

interface Manifest {
  readonly layers: readonly { readonly digest: string }[];
}
