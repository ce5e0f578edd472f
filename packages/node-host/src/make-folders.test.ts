import { mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { makeFolders } from "./index.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "imagewright-test-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("makes what is missing, twice", async () => {
  await makeFolders(join(folder, "a/b/c"), 0o700);
  await makeFolders(join(folder, "a/b/c"));
  expect(((await stat(join(folder, "a/b"))).mode & 0o777).toString(8)).toBe("700");
});

test("a file in the place of a folder, and a link that leads nowhere", async () => {
  await writeFile(join(folder, "file"), "");
  await symlink("nowhere", join(folder, "link"));
  await expect(makeFolders(join(folder, "file"))).rejects.toMatchObject({ code: "EEXIST" });
  await expect(makeFolders(join(folder, "file/below"))).rejects.toMatchObject({ code: "ENOTDIR" });
  await expect(makeFolders(join(folder, "link/below"))).rejects.toMatchObject({ code: "EEXIST" });
});

(process.platform === "linux" ? test : test.skip)("ends if the system cannot make a folder (on Linux)", async () => {
  await expect(makeFolders("/proc/imagewright/logs")).rejects.toMatchObject({ code: "ENOENT" });
});
