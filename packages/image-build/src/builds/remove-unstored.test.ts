import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { ExecutionLease } from "@imagewright/durability";
import { BuildFolders } from "./build-folders.js";
import { leaseFolder } from "./held-build.js";
import { removeUnstored } from "./remove-unstored.js";

test("folders of builds that were never stored are removed, but not while their process may be about to", () =>
  withTemporaryFolder(async (root) => {
    const folders = new BuildFolders({ dataFolder: root, stateFolder: join(root, "state") });
    const make = async (number: number) => {
      const id = `b-20261128-00000${number}`;
      await mkdir(folders.folderOf(id), { recursive: true });
      return id;
    };
    const [old, , held, stored, ended] = [await make(1), await make(2), await make(3), await make(4), await make(5)];
    const lease = await ExecutionLease.acquire(leaseFolder(folders.folderOf(held)), held);
    await writeFile(join(folders.folderOf(stored), "build.json"), "");
    await writeFile(join(folders.folderOf(ended), "end.json"), "");
    const before = new Date(Date.now() - 120_000);
    for (const id of [old, held, stored, ended]) await utimes(folders.folderOf(id), before, before);
    await removeUnstored(folders);
    expect((await readdir(folders.root)).sort()).toEqual([2, 3, 4, 5].map((number) => `b-20261128-00000${number}`));
    await lease.release();
    await removeUnstored(folders);
    expect(await readdir(folders.root)).not.toContain(held);
  }));
