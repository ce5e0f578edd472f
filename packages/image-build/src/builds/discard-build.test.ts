import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { ContainerHost } from "@imagewright/build-hosts";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { ImageStore } from "../store/image-store.js";
import type { ImageManifest } from "../store/manifest.js";
import { readBuildEnd, writeBuildEnd } from "./build-end.js";
import { BuildFolders } from "./build-folders.js";
import { discardBuild, endAbandoned } from "./discard-build.js";
import { holdBuild } from "./held-build.js";

/** A host on which nothing is left. */
const host = { removeOrphans: () => Promise.resolve([]) } as unknown as ContainerHost;

test.each([
  { end: { status: "succeeded", name: "web", version: "1.0.0", buildVersion: 3 } as const, code: "image-build/build-ended", stays: true },
  { end: { status: "cancelled" } as const, code: undefined, stays: false },
])("a build that was killed after its end was recorded as $end.status, while it removed its files", ({ end, code, stays }) =>
  withTemporaryFolder(async (root) => {
    const folders = new BuildFolders({ dataFolder: root, stateFolder: join(root, "state") });
    const id = "b-20261128-000001";
    const folder = folders.folderOf(id);
    await mkdir(join(folder, "logs"), { recursive: true });
    // build.json is the last to go; which number the build had is gone
    await writeFile(join(folder, "build.json"), "");
    writeBuildEnd(folder, { ...end, endedAt: "2026-11-28T12:00:00.000Z" });
    const discarded = discardBuild(await holdBuild(folders, id), { host, store: new ImageStore(root) });
    expect(
      await discarded.then(
        () => undefined,
        (thrown: { code: string }) => thrown.code,
      ),
    ).toBe(code);
    expect([existsSync(join(folder, "logs")), existsSync(join(folder, "build.json"))]).toEqual([stays, false]);
  }),
);

test("a failed build whose machine is kept cannot be resumed, and the error says what can be done", () =>
  withTemporaryFolder(async (root) => {
    const folders = new BuildFolders({ dataFolder: root, stateFolder: join(root, "state") });
    const id = "b-20261128-000001";
    await mkdir(folders.folderOf(id), { recursive: true });
    writeBuildEnd(folders.folderOf(id), { status: "failed", reason: "no space left", endedAt: "2026-11-28T12:00:00.000Z" });
    await expect(holdBuild(folders, id)).rejects.toMatchObject({ code: "image-build/build-ended" });
    await writeFile(join(folders.folderOf(id), "kept.json"), "{}");
    await expect(holdBuild(folders, id)).rejects.toMatchObject({
      ...{ code: "image-build/build-kept", message: `build "${id}" cannot be resumed: it has failed: no space left` },
      hints: [`its container is kept; remove it with: ib build discard ${id}`],
    });
  }));

test("a build that was killed right after it had published its image, and that nobody has resumed in time, has succeeded", () =>
  withTemporaryFolder(async (root) => {
    const folders = new BuildFolders({ dataFolder: root, stateFolder: join(root, "state") });
    const store = new ImageStore(root);
    const id = "b-20261128-000001";
    const workFolder = folders.folderOf(id);
    await mkdir(join(workFolder, "oci"), { recursive: true });
    await writeFile(join(workFolder, "build.json"), "");
    const reservation = await store.reserve({ name: "web", version: "1.0.0", build: id, usedElsewhere: 0, workFolder });
    const manifest = { build: id, name: "web", version: "1.0.0", buildVersion: 1 } as ImageManifest;
    await store.publish(reservation, join(workFolder, "oci"), manifest);
    expect(await endAbandoned(await holdBuild(folders, id), { host, store })).toEqual([]);
    expect(readBuildEnd(workFolder)).toMatchObject({ status: "succeeded", name: "web", buildVersion: 1 });
    expect([existsSync(join(workFolder, "build.json")), await store.find("web", "1.0.0", 1)]).toEqual([false, manifest]);
  }));
