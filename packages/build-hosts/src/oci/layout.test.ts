import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readTree, withTemporaryFolder } from "@imagewright/test-kit";
import { layoutFromDirectory } from "./layout-from-directory.js";
import { layoutDigest } from "./layout.js";

const tagged = (tag: string) => ({ digest: `sha256:${tag}`, annotations: { "org.opencontainers.image.ref.name": tag } });

test.each([
  ["no index", undefined, undefined, "it has no index.json"],
  ["an index that is not JSON", "{", undefined, "its index.json has no list of manifests"],
  ["an index without a list", "{}", undefined, "its index.json has no list of manifests"],
  ["an empty list", '{"manifests":[]}', undefined, "it lists 0 images; expected one"],
  ["two images", JSON.stringify({ manifests: [tagged("a"), tagged("b")] }), undefined, "it lists 2 images; expected one"],
  [
    "a tag that is not there",
    JSON.stringify({ manifests: [tagged("a"), tagged("b")] }),
    "c",
    '0 of its images have the tag "c"; tags: "a" or "b"',
  ],
])("a layout with %s is rejected", async (_, index, tag, reason) => {
  await withTemporaryFolder(async (folder) => {
    if (index !== undefined) await writeFile(join(folder, "index.json"), index);
    await expect(layoutDigest(folder, tag)).rejects.toMatchObject({
      code: "build-hosts/layout-invalid",
      message: `"${folder}" is not an OCI image layout: ${reason}`,
    });
  });
});

test("a tag picks one of many images", async () => {
  await withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "index.json"), JSON.stringify({ manifests: [tagged("a"), tagged("b")] }));
    expect(await layoutDigest(folder, "b")).toBe("sha256:b");
  });
});

test("a pushed directory becomes a layout", async () => {
  await withTemporaryFolder(async (folder) => {
    const blob = createHash("sha256").update("blob").digest("hex");
    const manifest = JSON.stringify({ mediaType: "application/vnd.oci.image.manifest.v1+json" });
    const digest = createHash("sha256").update(manifest).digest("hex");
    for (const [name, text] of Object.entries({ [blob]: "blob", "manifest.json": manifest, version: "Directory Transport Version: 1.1\n" }))
      await writeFile(join(folder, name), text);
    await layoutFromDirectory(folder);
    expect([...(await readTree(folder)).keys()].sort()).toEqual(
      ["blobs", "blobs/sha256", `blobs/sha256/${blob}`, `blobs/sha256/${digest}`, "index.json", "oci-layout"].sort(),
    );
    expect(await layoutDigest(folder, "latest")).toBe(`sha256:${digest}`);
    expect(JSON.parse(await readFile(join(folder, "index.json"), "utf8"))).toMatchObject({
      schemaVersion: 2,
      manifests: [{ size: manifest.length }],
    });
  });
});
