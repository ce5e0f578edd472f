import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ContainerHost } from "../build-host.js";
import { inspectEngine } from "../choose/inspect-engines.js";
import { importTestImage, testImageProblem } from "../contract/test-image.js";
import { EngineHost } from "../engines/container-host.js";
import { Engine } from "../engines/engine.js";
import { chooseBuildHost, resolveParentImage } from "../index.js";
import { ResourceRecords } from "../records/resource-records.js";
import { BuildahDialect } from "./buildah-dialect.js";

const report = await inspectEngine("buildah");
const problem = report.usable ? testImageProblem() : `buildah ${report.finding}`;

const suite = () => {
  const image = `localhost/imagewright-test/buildah:${process.pid}`;
  let host: ContainerHost;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "imagewright-buildah-"));
    ({ host } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(folder, "state") }));
    await importTestImage(host, image);
  });
  afterAll(async () => {
    await host.removeImage(image);
    await rm(folder, { recursive: true, force: true });
  });

  const parent = (reference: string, pull = false) => resolveParentImage({ host, reference, pull });

  test.each([
    [
      "mmdebstrap:Book worm",
      'no parent image "mmdebstrap:Book worm": "Book worm" is not the name of a Debian suite',
      "write it as in mmdebstrap:bookworm",
    ],
    [
      "oci:/nowhere",
      'no parent image "oci:/nowhere": there is no OCI image layout in "/nowhere"',
      "give the folder that contains index.json and blobs",
    ],
    [
      "oci:/nowhere:tag",
      'no parent image "oci:/nowhere:tag": there is no OCI image layout in "/nowhere"',
      "give the folder that contains index.json and blobs",
    ],
    [
      "localhost/nowhere:1",
      'no parent image "localhost/nowhere:1": buildah does not have it, and names that start with localhost/ are never pulled',
      "list the images with: buildah images",
    ],
  ])("parent image %s is missing", async (reference, message, hint) => {
    await expect(parent(reference)).rejects.toMatchObject({ code: "build-hosts/parent-image-missing", message, hints: [hint] });
  });

  test("an image of that name is taken from the store, even with pull", async () => {
    expect(await parent(image)).toMatchObject({ origin: "cached", image: { reference: image } });
    expect((await parent(image, true)).origin).toBe("cached");
  });

  test("an exported layout is a parent image, and adds one name to the store", async () => {
    const layout = join(folder, "layout");
    const { digest } = await host.exportImage(image, layout);
    const untagged = await parent(`oci:${layout}`);
    const tagged = await parent(`oci:${layout}:latest`);
    try {
      expect(untagged).toMatchObject({
        origin: "imported",
        image: { digest, reference: `localhost/imagewright/layout:${digest.slice(7, 23)}` },
      });
      expect(tagged).toEqual(untagged);
      expect(names().filter((name) => name.includes("imagewright-layout-"))).toEqual([]);
    } finally {
      await host.removeImage(untagged.image.reference);
    }
  });

  test("an aborted launch leaves nothing behind", async () => {
    const controller = new AbortController();
    const launching = host.launch({ image, signal: controller.signal });
    // the record is written just before the engine starts
    while ((await readdir(join(folder, "state", "started")).catch(() => [])).length === 0) await new Promise(setImmediate);
    controller.abort(new Error("enough"));
    await expect(launching).rejects.toThrow("enough");
    expect(await readdir(join(folder, "state", "started"))).toEqual([]);
  });

  test("copying a folder does not write through links in the container", async () => {
    const machine = await host.launch({ image });
    try {
      const outside = join(folder, "outside");
      await writeFile(outside, "as it was");
      await machine.run({ arguments: ["sh", "-c", `mkdir /place; ln -s ${outside} /place/file`] });
      await mkdir(join(folder, "source"));
      await writeFile(join(folder, "source", "file"), "new");
      await symlink("source", join(folder, "link to source"));
      await machine.copyIn(join(folder, "link to source"), "/place");
      expect(await readFile(outside, "utf8")).toBe("as it was");
      await machine.copyOut("/place", join(folder, "back"));
      expect(await readFile(join(folder, "back", "file"), "utf8")).toBe("new");
    } finally {
      await machine.terminate();
    }
  });

  test("a failed copy keeps the existing files", async () => {
    const machine = await host.launch({ image });
    try {
      const target = join(folder, "target");
      await mkdir(target);
      await writeFile(join(target, "kept"), "");
      // a file does not replace a folder
      await expect(machine.copyOut("/etc/passwd", target)).rejects.toMatchObject({ code: "build-hosts/engine-failed" });
      expect(await readdir(target)).toEqual(["kept"]);
    } finally {
      await machine.terminate();
    }
  });

  test("a full disk is reported as such", async () => {
    await withSmallStore(folder, async (small, clean) => {
      await importTestImage(small, "localhost/small:1");
      const machine = await small.launch({ image: "localhost/small:1" });
      await machine.run({ arguments: ["dd", "if=/dev/zero", "of=/large", "bs=1M", "count=20"] });
      await expect(machine.commit()).rejects.toMatchObject({
        code: "build-hosts/disk-full",
        message: "no space left on the disk: buildah could not commit the container",
      });
      await writeFile(join(folder, "huge"), Buffer.alloc(40 << 20));
      await expect(machine.copyIn(join(folder, "huge"), "/huge")).rejects.toMatchObject({
        ...{
          code: "build-hosts/disk-full",
          message: `no space left on the disk: buildah could not copy "${join(folder, "huge")}" into the container`,
        },
      });
      await clean();
    });
  });
};

if (problem === undefined) describe("buildah", suite);
else describe("buildah", () => test.skip(`skipped: ${problem}`, () => undefined));

/** A host whose store is a file system of 40 MB. */
async function withSmallStore(folder: string, body: (host: ContainerHost, clean: () => Promise<void>) => Promise<void>): Promise<void> {
  const disk = join(folder, "disk");
  await mkdir(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=40m", "tmpfs", disk]);
  try {
    const conf = join(folder, "storage.conf");
    await writeFile(conf, `[storage]\ndriver = "overlay"\ngraphroot = "${disk}/graph"\nrunroot = "${folder}/run"\n`);
    const environment = { CONTAINERS_STORAGE_CONF: conf, TMPDIR: disk };
    const clean = async () =>
      void execFileSync("buildah", ["umount", "--all"], { env: { ...process.env, ...environment }, stdio: "ignore" });
    await body(
      new EngineHost(new BuildahDialect(new Engine("buildah", [], environment)), new ResourceRecords(join(folder, "small"))),
      clean,
    );
  } finally {
    execFileSync("umount", ["--recursive", "--lazy", disk]);
  }
}

function names(): string[] {
  return execFileSync("buildah", ["images", "--format", "{{.Name}}:{{.Tag}}"], { encoding: "utf8" }).split("\n");
}
