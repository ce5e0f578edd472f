import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readTree, treeDifference, withTemporaryFolder } from "./index.js";

test("a tree difference lists what was added, removed and changed", async () => {
  await withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "kept"), "same", { mode: 0o644 });
    await writeFile(join(folder, "changed"), "old", { mode: 0o644 });
    const before = await readTree(folder);
    await chmod(join(folder, "changed"), 0o600);
    await mkdir(join(folder, "new"), { mode: 0o755 });
    await symlink("kept", join(folder, "new", "link"));
    const owner = `${process.getuid?.()}:${process.getgid?.()}`;
    expect(treeDifference(before, await readTree(folder))).toEqual([
      `- changed file 0644 ${owner} "old"`,
      `+ changed file 0600 ${owner} "old"`,
      `+ new folder 0755 ${owner}`,
      "+ new/link link to kept",
    ]);
    expect(treeDifference(before, before)).toEqual([]);
  });
});
