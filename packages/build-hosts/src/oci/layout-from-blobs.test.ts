import { createHash } from "node:crypto";
import { mkdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readTree, withTemporaryFolder } from "@imagewright/test-kit";
import { layoutFromBlobs } from "./layout-from-blobs.js";
import { layoutDigest } from "./layout.js";

const hexOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** An image of two layers: the parent's is in a similar layout, and what is new in a folder of our own, as buildah leaves it. */
async function withImage(body: (image: { folder: string; own: string; similar: string; digest: string }) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (root) => {
    const [own, similar, folder] = ["own", "similar", "layout"].map((name) => join(root, name)) as [string, string, string];
    await mkdir(own);
    await mkdir(join(similar, "blobs", "sha256"), { recursive: true });
    const part = (text: string) => ({ digest: `sha256:${hexOf(text)}` });
    const mediaType = "application/vnd.oci.image.manifest.v1+json";
    const manifest = JSON.stringify({ mediaType, config: part("config"), layers: [part("parent"), part("new"), part("parent")] });
    await writeFile(join(similar, "blobs", "sha256", hexOf("parent")), "parent");
    await writeFile(join(own, `sha256:${hexOf("new")}`), "new", { mode: 0o600 });
    await writeFile(join(own, `sha256:${hexOf("config")}.config`), "config", { mode: 0o600 });
    await writeFile(join(own, `sha256:${hexOf(manifest)}`), manifest, { mode: 0o600 });
    await body({ folder, own, similar, digest: `sha256:${hexOf(manifest)}` });
  });
}

test("a layout is put together from blobs of both places, and stays when they are gone", () =>
  withImage(async ({ folder, own, similar, digest }) => {
    expect(await layoutFromBlobs(digest, folder, { own, similar })).toBe(true);
    for (const place of [own, similar]) await rm(place, { recursive: true });
    expect(await layoutDigest(folder, "latest")).toBe(digest);
    const names = ["parent", "new", "config"].map(hexOf);
    const blobs = [...names, digest.slice("sha256:".length)].map((name) => `blobs/sha256/${name}`);
    expect([...(await readTree(folder)).keys()].sort()).toEqual(["blobs", "blobs/sha256", ...blobs, "index.json", "oci-layout"].sort());
    expect(await Promise.all(names.map((name) => readFile(join(folder, "blobs", "sha256", name), "utf8")))).toEqual([
      "parent",
      "new",
      "config",
    ]);
    for (const path of blobs) expect((await stat(join(folder, path))).mode & 0o777).toBe(0o644);
  }));

test("blobs of a similar layout are copied: a change of one layout is none of the other", () =>
  withImage(async ({ folder, own, similar, digest }) => {
    await layoutFromBlobs(digest, folder, { own, similar });
    await writeFile(join(similar, "blobs", "sha256", hexOf("parent")), "changed");
    expect(await readFile(join(folder, "blobs", "sha256", hexOf("parent")), "utf8")).toBe("parent");
  }));

const parentOf = (similar: string) => join(similar, "blobs", "sha256", hexOf("parent"));

test.each<[string, (places: { own: string; similar: string }) => Promise<void>]>([
  ["there is no manifest", ({ own }) => rm(own, { recursive: true })],
  ["a layer is missing", ({ similar }) => rm(similar, { recursive: true })],
  ["a layer of the similar layout is damaged", ({ similar }) => writeFile(parentOf(similar), "perent")],
  ["a new layer is damaged", ({ own }) => writeFile(join(own, `sha256:${hexOf("new")}`), "now")],
  [
    "a layer is a link",
    async ({ own, similar }) => {
      await rm(parentOf(similar));
      await symlink(join(own, "elsewhere"), parentOf(similar));
      await writeFile(join(own, "elsewhere"), "parent");
    },
  ],
])("nothing is left where %s", (_, spoil) =>
  withImage(async ({ folder, own, similar, digest }) => {
    await spoil({ own, similar });
    expect(await layoutFromBlobs(digest, folder, { own, similar })).toBe(false);
    expect(await stat(folder).catch(() => "gone")).toBe("gone");
  }),
);

test("an aborted signal ends it with its reason", () =>
  withImage(async ({ folder, own, similar, digest }) => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(layoutFromBlobs(digest, folder, { own, similar, signal })).rejects.toThrow("enough");
    expect(await stat(folder).catch(() => "gone")).toBe("gone");
  }));
