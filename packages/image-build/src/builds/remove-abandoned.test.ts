import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { ContainerHost } from "@imagewright/build-hosts";
import { withTemporaryFolder } from "@imagewright/test-kit";
import type { BuildPlan } from "../plan/build-plan.js";
import { ImageStore } from "../store/image-store.js";
import { BuildFolders } from "./build-folders.js";
import { startBuild } from "./held-build.js";
import { removeAbandoned } from "./remove-abandoned.js";

/** A host on which nothing is left. */
const host = { name: "buildah", removeOrphans: () => Promise.resolve([]) } as unknown as ContainerHost;

test.each([
  ["in which nothing waits", false, 3, 0],
  ["with a damaged record of a step that waits", true, 3, 1],
  ["with a damaged record, after the longest time that a step waits", true, 9, 0],
])("of builds %s, after some days, those that can be resumed stay", (_, waits, days, stay) =>
  withTemporaryFolder(async (root) => {
    const folders = new BuildFolders({ dataFolder: root, stateFolder: join(root, "state") });
    const build = await startBuild(folders, {} as BuildPlan, { host: "buildah", pull: false, numbering: "at-end" });
    await build.lease.release();
    if (waits) {
      await mkdir(join(build.folder, "waits"));
      await writeFile(join(build.folder, "waits", "step-1.json"), "{}");
    }
    const now = new Date(Date.now() + days * 24 * 3_600_000);
    const { resumable } = await removeAbandoned(folders, { host, store: new ImageStore(root), now });
    expect(resumable.length).toBe(stay);
  }),
);
