import { watch } from "node:fs";
import { chmod, mkdir, readdir, readFile, rename, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { folderName } from "./folder-name.js";
import { ImageStore, type Reservation } from "./image-store.js";
import type { ImageManifest } from "./manifest.js";
import { writeStateFile } from "./state-file.js";

const manifest = (build: string, { buildVersion, folder }: Reservation) =>
  ({ name: "Web server", version: "1.0.0", build, buildVersion, ociLayout: join(folder, "oci") }) as ImageManifest;

const reserve = (store: ImageStore, build: string, usedElsewhere = 0) =>
  store.reserve({ name: "Web server", version: "1.0.0", build, usedElsewhere, workFolder: join(store.root, "builds", build) });

async function layoutOf(store: ImageStore, build: string): Promise<string> {
  const layout = join(store.root, "builds", build, "oci");
  await mkdir(layout, { recursive: true });
  await writeFile(join(layout, "content"), build);
  return layout;
}

async function keepOne(store: ImageStore, build: string): Promise<ImageManifest> {
  const layout = await layoutOf(store, build);
  const reservation = await reserve(store, build);
  return store.publish(reservation, layout, manifest(build, reservation));
}

const folderOf = (root: string) => join(root, "images", "web-server", "1.0.0");

test("IMG-011: builds are numbered 1, 2, 3 and found by number; their folders have the layout and the manifest", () =>
  withTemporaryFolder(async (root) => {
    const store = new ImageStore(root);
    for (const number of [1, 2, 3]) expect(await keepOne(store, `b-${number}`)).toMatchObject({ buildVersion: number });
    const folder = join(folderOf(root), "3");
    const third = manifest("b-3", { build: "b-3", buildVersion: 3, folder });
    expect(await readdir(folder)).toEqual(["image.json", "oci"]);
    expect(JSON.parse(await readFile(join(folder, "image.json"), "utf8"))).toEqual(third);
    expect(await readFile(join(folder, "oci", "content"), "utf8")).toBe("b-3");
    expect(await store.find("Web server", "1.0.0", 3)).toEqual(third);
    expect(await store.find("Web server", "1.0.0", 4)).toBeUndefined();
  }));

test.each([
  ["the latest in the store", 0, 11],
  ["the latest in the engine", 14, 15],
])("the number is above %s, and other names in the folder are ignored", (_, usedElsewhere, expected) =>
  withTemporaryFolder(async (root) => {
    for (const name of ["9", "10", "x11", "12.old"]) {
      await mkdir(join(folderOf(root), name), { recursive: true });
      await writeFile(join(folderOf(root), name, "image.json"), "{}");
    }
    expect((await reserve(new ImageStore(root), "b-1", usedElsewhere)).buildVersion).toBe(expected);
  }),
);

test("a store in which others can replace what is there is refused", () =>
  withTemporaryFolder(async (root) => {
    const parent = folderOf(root);
    await mkdir(parent, { recursive: true });
    await chmod(parent, 0o777);
    await expect(reserve(new ImageStore(root), "b-1")).rejects.toMatchObject({
      code: "node-host/path-refused",
      message: `"${join(parent, "1")}" is refused: "${parent}" is above it, and others than its owner can replace what is in it`,
    });
  }));

test("a reserved number has no image; reserving again gives the same; another build gets the next", () =>
  withTemporaryFolder(async (root) => {
    const store = new ImageStore(root);
    const first = await reserve(store, "b-1");
    expect(await reserve(new ImageStore(root), "b-1", 7)).toEqual(first);
    expect(await store.reservationOf(join(root, "builds", "b-1"), "b-1")).toEqual(first);
    expect(await store.find("Web server", "1.0.0", 1)).toBeUndefined();
    expect((await reserve(store, "b-2")).buildVersion).toBe(2);
  }));

test("builds that end at the same time get different numbers, with their own content", () =>
  withTemporaryFolder(async (root) => {
    const store = new ImageStore(root);
    const kept = await Promise.all(Array.from({ length: 8 }, (_, index) => keepOne(store, `b-${index}`)));
    expect(kept.map(({ buildVersion }) => buildVersion).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const { build, ociLayout } of kept) expect(await readFile(join(ociLayout, "content"), "utf8")).toBe(build);
  }));

test("publishing may be repeated from wherever it was killed", () =>
  withTemporaryFolder(async (root) => {
    const store = new ImageStore(root);
    const layout = await layoutOf(store, "b-1");
    const reservation = await reserve(store, "b-1");
    const before = { tag: "localhost/web-server:1.0.0-1", image: "abc" };
    await store.intend(reservation, before);
    expect(store.intentOf(reservation)).toEqual(before);
    // killed after the layout was moved
    await rename(layout, join(reservation.folder, "oci"));
    const expected = manifest("b-1", reservation);
    expect(await store.publish(reservation, layout, expected)).toEqual(expected);
    // killed after the manifest was written: it stays as it is
    await writeFile(join(reservation.folder, "reserved.json"), JSON.stringify({ build: "b-1" }));
    expect(await store.publish(reservation, layout, { ...expected, elapsedSeconds: 99 })).toEqual(expected);
    expect(await readdir(reservation.folder)).toEqual(["image.json", "oci"]);
    expect(await store.reservationOf(join(root, "builds", "b-1"), "b-1")).toBeUndefined();
  }));

test("a released number is free again, or stays that of a failed build; that of another build is not touched", () =>
  withTemporaryFolder(async (root) => {
    const store = new ImageStore(root);
    const first = await reserve(store, "b-1");
    await store.release({ ...first, build: "b-2" }, { keepNumber: false });
    await store.release(first, { keepNumber: false });
    await store.release(first, { keepNumber: false });
    expect(await readdir(folderOf(root))).toEqual([]);
    await store.release(await reserve(store, "b-2"), { keepNumber: true });
    expect(await readdir(join(folderOf(root), "1"))).toEqual(["failed.json"]);
    const third = await keepOne(store, "b-3");
    expect(third.buildVersion).toBe(2);
    await store.release({ build: "b-3", buildVersion: 2, folder: join(folderOf(root), "2") }, { keepNumber: false });
    expect(await store.find("Web server", "1.0.0", 2)).toEqual(third);
  }));

test("a number is given back in one go, and what a killed process has left of it is removed with the next number", () =>
  withTemporaryFolder(async (root) => {
    const store = new ImageStore(root);
    const first = await reserve(store, "b-1");
    const moved = new Promise<string>((resolve) => {
      const watcher = watch(folderOf(root), (_, name) => {
        if (name?.startsWith(".removed~") !== true) return;
        watcher.close();
        resolve(name);
      });
    });
    await store.release(first, { keepNumber: false });
    await mkdir(join(folderOf(root), await moved));
    expect(await reserve(store, "b-2")).toMatchObject({ buildVersion: 1 });
    expect(await readdir(folderOf(root))).toEqual(["1"]);
  }));

test("a folder that cannot be written is an error with a hint", () =>
  withTemporaryFolder(async (root) => {
    await writeFile(join(root, "images"), "");
    const path = folderOf(root);
    await expect(reserve(new ImageStore(root), "b-1")).rejects.toMatchObject({
      ...{
        code: "image-build/store-not-writable",
        message: `the image store ${JSON.stringify(path)} cannot be written: ENOTDIR: not a directory, mkdir '${path}'`,
      },
      hints: ["set the environment variable IMAGEWRIGHT_HOME to another folder"],
    });
  }));

test.each([
  ["Web Server", "web-server"],
  ["a_B-3", "a-b-3"],
  ["_web__", "web"],
  ["---", "image"],
])("%j is %j in paths", (name, expected) => expect(folderName(name)).toBe(expected));

test("the latest layout of a name is that of the image that was published last, in whatever version", () =>
  withTemporaryFolder(async (root) => {
    const store = new ImageStore(root);
    expect(await store.latestLayout("Web server")).toBeUndefined();
    const first = await keepOne(store, "b-1");
    await utimes(join(folderOf(root), "1", "image.json"), new Date(), new Date(Date.now() - 60_000));
    expect(await store.latestLayout("Web server")).toBe(first.ociLayout);
    const other = await store.reserve({
      ...{ name: "Web server", version: "0.9.0", build: "b-2", usedElsewhere: 0, workFolder: join(root, "builds", "b-2") },
    });
    expect(await store.latestLayout("Web server")).toBe(first.ociLayout);
    await store.publish(other, await layoutOf(store, "b-2"), manifest("b-2", other));
    expect(await store.latestLayout("Web server")).toBe(store.layoutFolder(other));
    expect(await store.latestLayout("Web")).toBeUndefined();
  }));

test.each<[string, (folder: string, other: string) => object]>([
  ["a folder outside of the store", (_, other) => ({ build: "b-1", buildVersion: 1, folder: other })],
  ["a folder above the numbers", (folder) => ({ build: "b-1", buildVersion: 1, folder: join(folder, "..") })],
  ["a path that leads out", (folder) => ({ build: "b-1", buildVersion: 1, folder: `${folder}/../../../../../other` })],
  ["no folder", () => ({ build: "b-1", buildVersion: 1 })],
])("a number.json of something else gives a build no reservation, so nothing is removed: %s", (_name, contentOf) =>
  withTemporaryFolder(async (root) => {
    const store = new ImageStore(join(root, "store"));
    const other = join(root, "other");
    await mkdir(other);
    writeStateFile(join(other, "reserved.json"), { build: "b-1" });
    const { folder } = await reserve(store, "b-1");
    const work = join(store.root, "builds", "b-1");
    writeStateFile(join(work, "number.json"), contentOf(folder, other));
    expect(await store.reservationOf(work, "b-1")).toBeUndefined();
    expect(await store.publishedBy(work, "b-1")).toBeUndefined();
  }),
);

test("with a damaged number.json the store is searched for what the build has reserved or published, and for nothing else", () =>
  withTemporaryFolder(async (root) => {
    const store = new ImageStore(root);
    const [first, second] = [await reserve(store, "b-1"), await reserve(store, "b-2")];
    const work = join(root, "builds", "b-2");
    for (const text of ["{", (await readFile(join(work, "number.json"), "utf8")).replace('"buildVersion":2', '"buildVersion":1')]) {
      await writeFile(join(work, "number.json"), text);
      expect(await store.reservationOf(work, "b-2")).toEqual(second);
    }
    expect(await reserve(store, "b-2")).toEqual(second);
    const published = await store.publish(second, await layoutOf(store, "b-2"), manifest("b-2", second));
    expect(await store.publishedBy(work, "b-2")).toEqual(published);
    expect(await store.reservationOf(work, "b-2")).toBeUndefined();
    expect(await store.reservationOf(join(root, "builds", "b-1"), "b-1")).toEqual(first);
  }));
