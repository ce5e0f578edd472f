import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as turnOfLoop } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { scratchOwner } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { exclusively } from "./exclusively.js";

// higher than any process id of Linux
const DEAD = "4194305-1";

test("bodies run one after the other, and each of them", async () => {
  await withTemporaryFolder(async (folder) => {
    let running = 0;
    let most = 0;
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        exclusively(folder, async () => {
          most = Math.max(most, ++running);
          await turnOfLoop();
          running--;
          return index;
        }),
      ),
    );
    expect([most, results]).toEqual([1, Array.from({ length: 20 }, (_, index) => index)]);
    expect(readdirSync(folder)).toEqual(["20"]);
  });
});

test("a body that throws ends its turn", async () => {
  await withTemporaryFolder(async (folder) => {
    await expect(exclusively(folder, async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await exclusively(folder, async () => "yes")).toBe("yes");
  });
});

test("the turn of a killed process is over, and of many who wait for that, one after the other follows", async () => {
  await withTemporaryFolder(async (folder) => {
    const dead = `${DEAD}-${(await scratchOwner()).split("-").slice(2).join("-")}`;
    writeFileSync(join(folder, "7"), `${dead}.abc\n3`);
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((number) => exclusively(folder, async () => void order.push(number))));
    expect(order.sort()).toEqual([1, 2, 3]);
    expect(readdirSync(folder)).toEqual(["10"]);
    expect(readFileSync(join(folder, "10"), "utf8")).toBe("");
  });
});
