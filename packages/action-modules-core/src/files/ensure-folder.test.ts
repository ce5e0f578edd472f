import { existsSync } from "node:fs";
import * as files from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ensureFolder } from "./ensure-folder.js";

test("makes the parent folders, also for paths with . and ..", () =>
  withTemporaryFolder(async (folder) => {
    for (const path of ["a/b/c/", "d//e", "f/../g"]) await ensureFolder(files, `${folder}/${path}`);
    expect((await files.readdir(folder, { recursive: true })).sort()).toEqual(["a", "a/b", "a/b/c", "d", "d/e", "f", "g"]);
  }));

test("many may ask for the same folder at once", () =>
  withTemporaryFolder(async (folder) => {
    await Promise.all(Array.from({ length: 20 }, () => ensureFolder(files, join(folder, "a/b/c"))));
    expect(await files.readdir(join(folder, "a/b"))).toEqual(["c"]);
  }));

const withProc = existsSync("/proc/self") ? test : test.skip;

withProc("a system's own folder in which none can be made is an error (needs /proc)", async () => {
  await expect(ensureFolder(files, "/proc/imagewright/a/b")).rejects.toThrow(
    /^cannot create folder "\/proc\/imagewright": (no such file or folder|permission denied)$/,
  );
});
