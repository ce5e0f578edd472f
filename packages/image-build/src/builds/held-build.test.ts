import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import type { BuildPlan } from "../plan/build-plan.js";
import { BuildFolders } from "./build-folders.js";
import { holdBuild, startBuild } from "./held-build.js";

test("a build that was killed before it was known as an owner is one as soon as another process has it: no other removes its machine", () =>
  withTemporaryFolder(async (root) => {
    const folders = new BuildFolders({ dataFolder: root, stateFolder: join(root, "state") });
    const started = await startBuild(folders, {} as BuildPlan, { host: "buildah", pull: false, numbering: "at-end" });
    await started.lease.release();
    await rm(join(root, "state", "owners", started.id));
    expect(folders.isOwner(started.id)).toBe(false);
    const { lease } = await holdBuild(folders, started.id);
    expect(folders.isOwner(started.id)).toBe(true);
    await lease.release();
  }));
