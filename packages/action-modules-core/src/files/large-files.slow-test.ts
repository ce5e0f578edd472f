import { mkdir, open, readFile, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { runAction, withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { copyFile } from "../copy-file/index.js";
import { copyFolder } from "../copy-folder/index.js";
import { moveFile } from "../move-file/index.js";
import { moveFolder } from "../move-folder/index.js";
import { canMountDisk, withSmallDisk } from "../testing/small-disk.js";

const GIBIBYTE = 1024 ** 3;
const SIZE = 4 * GIBIBYTE;
const ISLANDS = [0, GIBIBYTE + 4321, 3 * GIBIBYTE, SIZE - 7];
// far more than the chunks in memory, far less than the file
const MOST_MEMORY = 256 * 1024 ** 2;
const MINUTES = 60_000;

describe("a sparse file of 4 GiB, in bounded memory", () => {
  const rows = [
    ["CopyFile", (folder: string) => runAction(copyFile, { source: "a/large", destination: "b/" }, { workingDirectory: folder })],
    ["CopyFile over a shorter file", overLarge],
    ["CopyFolder", (folder: string) => runAction(copyFolder, { source: "a", destination: "b" }, { workingDirectory: folder })],
  ] as const;

  test.each(rows)("%s", (_name, act) => withTemporaryFolder((folder) => checkLarge(folder, "b/large", () => act(folder))), 10 * MINUTES);

  (canMountDisk ? test : test.skip).each([
    [
      "MoveFile",
      "disk/large",
      (folder: string) => runAction(moveFile, { source: "a/large", destination: "disk/" }, { workingDirectory: folder }),
    ],
    [
      "MoveFolder",
      "disk/a/large",
      (folder: string) => runAction(moveFolder, { source: "a", destination: "disk/" }, { workingDirectory: folder }),
    ],
  ] as const)(
    "%s to another disk, which has space for its data only (needs root)",
    (_name, arrived, act) =>
      withTemporaryFolder((folder) =>
        withSmallDisk(folder, 8192, async () => {
          await checkLarge(folder, arrived, () => act(folder));
          await expect(stat(join(folder, "a/large"))).rejects.toMatchObject({ code: "ENOENT" });
        }),
      ),
    10 * MINUTES,
  );
});

async function overLarge(folder: string) {
  await mkdir(join(folder, "b"));
  await (await open(join(folder, "b/large"), "w")).close();
  await truncate(join(folder, "b/large"), 1000);
  return runAction(copyFile, { source: "a/large", destination: "b/" }, { workingDirectory: folder });
}

async function checkLarge(folder: string, arrived: string, act: () => ReturnType<typeof runAction>): Promise<void> {
  await mkdir(join(folder, "a"));
  await makeLarge(join(folder, "a/large"));
  const peak = await peakMemory(async () => {
    expect((await act()).result).toEqual({ status: "succeeded", changed: true });
  });
  expect(peak).toBeLessThan(MOST_MEMORY);
  await expectLarge(join(folder, arrived));
}

async function makeLarge(path: string): Promise<void> {
  const file = await open(path, "w");
  for (const at of ISLANDS) await file.write(`data ${at % 97}`.slice(0, 7).padEnd(7), at);
  await file.truncate(SIZE);
  await file.close();
}

async function expectLarge(path: string): Promise<void> {
  const { size, blocks } = await stat(path);
  expect(size).toBe(SIZE);
  expect(blocks * 512).toBeLessThan(1024 ** 2);
  const file = await open(path, "r");
  for (const at of ISLANDS)
    expect((await file.read(Buffer.alloc(7), 0, 7, at)).buffer.toString()).toBe(`data ${at % 97}`.slice(0, 7).padEnd(7));
  await file.close();
}

/** The peak memory growth of this process in bytes, sampled while the body runs. */
async function peakMemory(body: () => Promise<void>): Promise<number> {
  const before = await residentBytes();
  let peak = before;
  const timer = setInterval(() => void residentBytes().then((now) => (peak = Math.max(peak, now))), 20);
  try {
    await body();
  } finally {
    clearInterval(timer);
  }
  return peak - before;
}

async function residentBytes(): Promise<number> {
  return process.platform === "linux"
    ? Number(/VmRSS:\s+(\d+)/.exec(await readFile("/proc/self/status", "utf8"))?.[1]) * 1024
    : process.memoryUsage().rss;
}
