import { execFileSync } from "node:child_process";
import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createNodeHost } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { evaluateCondition } from "./index.js";

const FOUR_GIB = 2 ** 32;
const MOST_KIB = 128 * 1024;

test("a file of more than 4 GiB is hashed to its last byte in little memory", async () => {
  await withTemporaryFolder(async (workingDirectory) => {
    const path = join(workingDirectory, "large");
    await writeFile(path, "start");
    await truncate(path, FOUR_GIB + 12_345); // sparse: it takes no space on the disk
    await writeFile(path, "end", { flag: "a" });
    const [fileSHA256Equals = ""] = execFileSync("sha256sum", [path], { encoding: "utf8" }).split(" ");
    const before = process.resourceUsage().maxRSS;
    const context = { host: createNodeHost(), workingDirectory, environment: {}, signal: new AbortController().signal };
    expect((await evaluateCondition({ fileSHA256Equals, path: "large" }, context)).value).toBe(true);
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(MOST_KIB);
  });
}, 600_000);
