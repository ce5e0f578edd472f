import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { removeEntryByEntry } from "./remove-entry-by-entry.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "imagewright-remove-"));
});
afterEach(() => rm(folder, { recursive: true }));

// Wine 8 has no junctions; Node gives them as links, which here lead to a folder as they do
test("a folder is removed with its content, and never what a link leads to", async () => {
  for (const path of ["kept", "gone/below"]) await mkdir(join(folder, path), { recursive: true });
  for (const path of ["kept/a.txt", "gone/below/b.txt"]) await writeFile(join(folder, path), "");
  await symlink(join(folder, "kept"), join(folder, "gone", "junction"), "junction");
  await symlink(join(folder, "nothing"), join(folder, "gone", "broken"));
  await removeEntryByEntry(join(folder, "gone"));
  await symlink(join(folder, "kept"), join(folder, "junction"), "junction");
  await removeEntryByEntry(join(folder, "junction"));
  expect([await readdir(folder), await readdir(join(folder, "kept"))]).toEqual([["kept"], ["a.txt"]]);
});

test("nothing there is no error", () => removeEntryByEntry(join(folder, "no", "a")));
