import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { addDockerManifest } from "./docker-archive.js";
import { layoutDigest } from "./layout.js";
import { writeSingleImage } from "./single-image.js";

const HERE = { os: "linux", architecture: process.arch === "x64" ? "amd64" : process.arch };

/** Makes a layout whose index has one entry; `list` says with which platforms that is a list of one image, else it is the image. */
async function makeLayout(root: string, list?: readonly object[]): Promise<{ layout: string; manifest: string; entry: string }> {
  const layout = join(root, "layout");
  await mkdir(join(layout, "blobs", "sha256"), { recursive: true });
  const blob = async (text: string) => {
    const digest = createHash("sha256").update(text).digest("hex");
    await writeFile(join(layout, "blobs", "sha256", digest), text);
    return { digest: `sha256:${digest}`, size: text.length };
  };
  const layer = await blob("layer");
  const image = await blob(JSON.stringify({ config: await blob("config"), layers: [layer, layer] }));
  const listed = list && (await blob(JSON.stringify({ manifests: list.map((platform) => ({ ...image, platform })) })));
  await writeFile(join(layout, "index.json"), JSON.stringify({ manifests: [listed ?? image] }));
  return { layout, manifest: image.digest, entry: (listed ?? image).digest };
}

/** The names in the archive that docker reads. */
async function archived(layout: string, root: string): Promise<string[]> {
  const single = join(root, "single");
  await mkdir(single);
  await writeSingleImage(layout, undefined, single);
  await addDockerManifest(single, "name:latest");
  const archive = join(root, "archive.tar");
  execFileSync("tar", ["--create", "--dereference", "--file", archive, "--directory", single, "."]);
  return execFileSync("tar", ["--list", "--file", archive], { encoding: "utf8" }).trim().split("\n").sort();
}

test("only the blobs of the image are read, whatever else the layout has", () =>
  withTemporaryFolder(async (root) => {
    const { layout } = await makeLayout(root);
    const secrets = join(root, "secrets");
    await mkdir(secrets);
    await writeFile(join(secrets, "key"), "secret");
    await symlink(secrets, join(layout, "blobs", "x"));
    await symlink(join(secrets, "key"), join(layout, "blobs", "sha256", "0".repeat(64)));
    const names = await archived(layout, root);
    expect(names.filter((name) => !name.endsWith("/"))).toEqual([
      ...Array.from({ length: 3 }, () => expect.stringMatching(/^\.\/blobs\/sha256\/[1-9a-f][0-9a-f]{63}$/) as unknown),
      ...["./index.json", "./manifest.json", "./oci-layout"],
    ]);
  }));

test("of a list of images for several platforms the one for this computer is taken", () =>
  withTemporaryFolder(async (root) => {
    const { layout, manifest, entry } = await makeLayout(root, [{ os: "windows", architecture: "amd64" }, HERE]);
    expect(await layoutDigest(layout)).toBe(entry);
    await archived(layout, root);
    expect(await layoutDigest(join(root, "single"))).toBe(manifest);
  }));

test("a list without an image for this computer is refused", () =>
  withTemporaryFolder(async (root) => {
    const { layout, entry } = await makeLayout(root, [{ os: "windows", architecture: "amd64" }, { os: "linux" }]);
    await expect(archived(layout, root)).rejects.toMatchObject({
      code: "build-hosts/layout-invalid",
      message: `"${layout}" is not an OCI image layout: the list ${entry} has no image for linux/${HERE.architecture}`,
    });
  }));
