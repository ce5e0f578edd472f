import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { discard, folderName, ImageStore } from "./image-store.js";
import type { ImageManifest } from "./manifest.js";

const manifest = (buildVersion: number, ociLayout: string) =>
  ({ name: "Web server", version: "1.0.0", buildVersion, ociLayout }) as ImageManifest;

async function keepOne(store: ImageStore): Promise<ImageManifest> {
  const staged = await store.stage();
  await writeFile(join(staged, "content"), staged);
  return store.keep(staged, "Web server", "1.0.0", (number, folder) => manifest(number, folder));
}

test("builds are numbered 1, 2, 3 and found by number", () =>
  withTemporaryFolder(async (root) => {
    const store = new ImageStore(root);
    const folder = join(root, "images", "web-server", "1.0.0");
    for (const number of [1, 2, 3]) expect(await keepOne(store)).toEqual(manifest(number, join(folder, String(number))));
    expect(JSON.parse(await readFile(join(folder, "2", "image.json"), "utf8"))).toEqual(manifest(2, join(folder, "2")));
    expect(await store.find("Web server", "1.0.0", 3)).toEqual(manifest(3, join(folder, "3")));
    expect(await store.find("Web server", "1.0.0", 4)).toBeUndefined();
    expect(await readdir(join(root, "staging"))).toEqual([]);
  }));

test("a number below the latest is not reused, and other names in the folder are ignored", () =>
  withTemporaryFolder(async (root) => {
    for (const name of ["9", "10", "x11", "12.old"]) await mkdir(join(root, "images", "web-server", "1.0.0", name), { recursive: true });
    expect((await keepOne(new ImageStore(root))).buildVersion).toBe(11);
  }));

test("builds that end at the same time get different numbers, with their own content", () =>
  withTemporaryFolder(async (root) => {
    const kept = await Promise.all(Array.from({ length: 8 }, () => keepOne(new ImageStore(root))));
    expect(kept.map(({ buildVersion }) => buildVersion).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const contents = await Promise.all(kept.map(({ ociLayout }) => readFile(join(ociLayout, "content"), "utf8")));
    expect(new Set(contents).size).toBe(8);
    for (const one of kept) expect(JSON.parse(await readFile(join(one.ociLayout, "image.json"), "utf8"))).toEqual(one);
  }));

test("a discarded build leaves nothing behind and uses no number; a kept one stays", () =>
  withTemporaryFolder(async (root) => {
    const store = new ImageStore(root);
    const staged = await store.stage();
    await writeFile(join(staged, "content"), "half");
    await discard(staged);
    expect(await readdir(join(root, "staging"))).toEqual([]);
    const next = await store.stage();
    const { buildVersion, ociLayout } = await store.keep(next, "web", "1.0.0", manifest);
    await discard(next);
    expect([buildVersion, await readdir(ociLayout)]).toEqual([1, ["image.json"]]);
  }));

test("a folder that cannot be written is an error with a hint", () =>
  withTemporaryFolder(async (root) => {
    await writeFile(join(root, "file"), "");
    const path = join(root, "file", "staging");
    await expect(new ImageStore(join(root, "file")).stage()).rejects.toMatchObject({
      ...{
        code: "image-build/store-not-writable",
        message: `the image store ${JSON.stringify(path)} cannot be written: ENOTDIR: not a directory, mkdir '${path}'`,
      },
      hints: ["set the environment variable IMAGEWRIGHT_HOME to another folder"],
    });
    const store = new ImageStore(root);
    await writeFile(join(root, "images"), "");
    await expect(store.keep(await store.stage(), "web", "1.0.0", manifest)).rejects.toMatchObject({
      code: "image-build/store-not-writable",
    });
  }));

test.each([
  ["Web Server", "web-server"],
  ["a_B-3", "a-b-3"],
  ["_web__", "web"],
  ["---", "image"],
])("%j is %j in paths", (name, expected) => expect(folderName(name)).toBe(expected));
