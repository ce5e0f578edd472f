import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ib } from "./ib.js";

test.each([
  ["a file", "file", "F/file is not a folder"],
  ["below a file", "file/deep/home", "F/file is not a folder"],
  ["below a folder that not even root can write to", "/proc/sys/home", "/proc/sys cannot be written to"],
])("images cannot be built if the data folder is %s", (_what, home, finding) =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "file"), "");
    const { code, stdout } = await ib(["doctor", "--json"], {
      folder,
      environment: { IMAGEWRIGHT_HOME: home.startsWith("/") ? home : join(folder, home) },
    });
    const { usable, tools } = JSON.parse(stdout.replaceAll(folder, "F")) as { usable: boolean; tools: readonly { name: string }[] };
    expect([code, usable]).toEqual([1, false]);
    const fix = "name a folder that you may write to with --data-dir or IMAGEWRIGHT_HOME";
    expect(tools.find(({ name }) => name === "disk")).toEqual({
      name: "disk",
      usable: false,
      required: true,
      finding: `images cannot be kept: ${finding}; the data folder is ${home.startsWith("/") ? home : `F/${home}`} (from IMAGEWRIGHT_HOME)`,
      fix,
    });
  }),
);
