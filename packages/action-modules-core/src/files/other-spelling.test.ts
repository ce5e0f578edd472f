import * as files from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { renameEntry } from "./other-spelling.js";

test("a rename by the case in a folder that may not be listed has not failed", () =>
  withTemporaryFolder(async (folder) => {
    await files.writeFile(join(folder, "a"), "");
    const readdir = () => Promise.reject(Object.assign(new Error("EACCES"), { code: "EACCES" }));
    await renameEntry(join(folder, "a"), join(folder, "A"), { files: { ...files, readdir }, platform: "linux" });
    expect(await files.readdir(folder)).toEqual(["A"]);
  }));
