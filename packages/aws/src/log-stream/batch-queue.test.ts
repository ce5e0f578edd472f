import { readdir } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { BatchQueue } from "./batch-queue.js";

const batch = (message: string) => [{ timestamp: 1, message }];

test("batches come out in their order, and at most four are in memory", async () => {
  await withTemporaryFolder(async (folder) => {
    const queue = new BatchQueue(folder);
    const names = Array.from({ length: 40 }, (_, index) => `batch ${index} \u0000 é 😀`);
    const taken: (string | undefined)[] = [];
    for (const [index, name] of names.entries()) {
      queue.push(batch(name));
      expect(queue.inMemory).toBeLessThanOrEqual(4);
      if (index % 3 === 0) taken.push((await queue.take())?.[0]?.message);
    }
    expect(queue.length).toBe(26);
    while (queue.length > 0) taken.push((await queue.take())?.[0]?.message);
    expect(taken).toEqual(names);
    expect(await queue.take()).toBeUndefined();
    queue.push(batch("again"));
    expect(queue.inMemory).toBe(1);
    queue.close();
  });
});

// Windows cannot remove the name of an open file
(process.platform === "win32" ? test.skip : test)("what is on disk has no name, so that nothing is left behind", async () => {
  await withTemporaryFolder(async (folder) => {
    const queue = new BatchQueue(folder);
    for (let index = 0; index < 10; index++) queue.push(batch("x".repeat(100_000)));
    expect(queue.inMemory).toBe(4);
    expect(await readdir(folder)).toEqual([]);
    queue.close();
    expect(queue.length).toBe(0);
  });
});

test("a queue that was cleared starts anew", async () => {
  await withTemporaryFolder(async (folder) => {
    const queue = new BatchQueue(folder);
    for (let index = 0; index < 10; index++) queue.push(batch(`old ${index}`));
    queue.clear();
    for (let index = 0; index < 6; index++) queue.push(batch(`new ${index}`));
    const taken: (string | undefined)[] = [];
    while (queue.length > 0) taken.push((await queue.take())?.[0]?.message);
    expect(taken).toEqual(["new 0", "new 1", "new 2", "new 3", "new 4", "new 5"]);
    queue.close();
  });
});
