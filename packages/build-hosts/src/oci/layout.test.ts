import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readTree, withTemporaryFolder } from "@imagewright/test-kit";
import { layoutFromDirectory } from "./layout-from-directory.js";
import { layoutDigest, requireBlobs } from "./layout.js";

const digestOf = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const tagged = (tag: string) => ({ digest: digestOf(tag), annotations: { "org.opencontainers.image.ref.name": tag } });

test.each([
  ["no index", undefined, undefined, "it has no index.json"],
  ["an index that is not JSON", "{", undefined, "its index.json is not JSON of an object"],
  ["an index that is null", "null", undefined, "its index.json is not JSON of an object"],
  ["an entry that is null", '{"manifests":[null]}', undefined, "entry 1 of its index.json is no image with a digest"],
  ["an entry that is null, and a tag", '{"manifests":[null]}', "x", "entry 1 of its index.json is no image with a digest"],
  ["a digest that is a number", '{"manifests":[{"digest":1}]}', undefined, "entry 1 of its index.json is no image with a digest"],
  [
    "a digest that is a path",
    '{"manifests":[{"digest":"sha256:../../x"}]}',
    undefined,
    "entry 1 of its index.json is no image with a digest",
  ],
  [
    "an annotation that is a list",
    JSON.stringify({ manifests: [tagged("a"), { ...tagged("b"), annotations: { "org.opencontainers.image.ref.name": ["b"] } }] }),
    "b",
    "entry 2 of its index.json is no image with a digest",
  ],
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

test.each([
  ["a pipe", (path: string) => spawnSync("mkfifo", [path]), "index.json: it is not a file"],
  ["a link to a device", (path: string) => symlink("/dev/zero", path), "index.json: it is not a file"],
  [
    "too large",
    (path: string) => writeFile(path, "", { mode: 0o600 }).then(() => truncate(path, 5 << 20)),
    "index.json: it has more than 4194304 bytes",
  ],
])("an index that is %s is neither waited for nor read", (_, make, reason) =>
  withTemporaryFolder(async (folder) => {
    await make(join(folder, "index.json"));
    await expect(layoutDigest(folder)).rejects.toMatchObject({ message: `"${folder}" is not an OCI image layout: ${reason}` });
  }),
);

describe("the blobs of an image", () => {
  const CONFIG = digestOf("config");
  const LAYER = digestOf("layer");
  const manifest = (config: unknown, layers: unknown) => JSON.stringify({ config, layers });
  const pathOf = (digest: string) => `blobs/${digest.replace(":", "/")}`;

  test.each([
    ["not there", undefined, "x", `it has no ${pathOf(digestOf("manifest"))}`],
    ["a manifest with null", manifest(null, []), "x", `the manifest ${digestOf("manifest")} has no configuration or layers with digests`],
    ["without anything", "{}", "x", `the manifest ${digestOf("manifest")} has no configuration or layers with digests`],
    [
      "without a list",
      manifest({ digest: CONFIG }, 1),
      "x",
      `the manifest ${digestOf("manifest")} has no configuration or layers with digests`,
    ],
    [
      "a path",
      manifest({ digest: CONFIG }, [{ digest: "sha256:../../../etc/passwd" }]),
      "x",
      `the manifest ${digestOf("manifest")} has no configuration or layers with digests`,
    ],
    ["a layer that is missing", manifest({ digest: CONFIG }, [{ digest: LAYER }]), "none", `it has no file ${pathOf(LAYER)}`],
    ["a layer that is a pipe", manifest({ digest: CONFIG }, [{ digest: LAYER }]), "pipe", `it has no file ${pathOf(LAYER)}`],
    ["a layer that is a device", manifest({ digest: CONFIG }, [{ digest: LAYER }]), "device", `it has no file ${pathOf(LAYER)}`],
    ["whole", manifest({ digest: CONFIG }, [{ digest: LAYER }]), "file", undefined],
    ["whole, with links to files", manifest({ digest: CONFIG }, [{ digest: LAYER }]), "link", undefined],
  ])("%s", (_, text, layer, reason) =>
    withTemporaryFolder(async (folder) => {
      await mkdir(join(folder, "blobs", "sha256"), { recursive: true });
      if (text !== undefined) await writeFile(join(folder, pathOf(digestOf("manifest"))), text);
      await writeFile(join(folder, pathOf(CONFIG)), "config");
      const path = join(folder, pathOf(LAYER));
      if (layer === "pipe") spawnSync("mkfifo", [path]);
      if (layer === "device") await symlink("/dev/zero", path);
      if (layer === "link") await symlink(join(folder, pathOf(CONFIG)), path);
      if (layer === "file") await writeFile(path, "layer");
      const checked = requireBlobs(folder, digestOf("manifest"));
      if (reason === undefined) expect(await checked).toEqual([digestOf("manifest"), CONFIG, LAYER]);
      else await expect(checked).rejects.toMatchObject({ message: `"${folder}" is not an OCI image layout: ${reason}` });
    }),
  );
});

test("a tag picks one of many images", async () => {
  await withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "index.json"), JSON.stringify({ manifests: [tagged("a"), tagged("b")] }));
    expect(await layoutDigest(folder, "b")).toBe(digestOf("b"));
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
