import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { BuildLogFile } from "./build-log-file.js";
import { LogPump } from "./log-pump.js";
import { withinTime } from "./within-time.js";

const draft = (text: string) => ({ at: new Date(0), stream: "stdout", text }) as const;

async function withFile(body: (file: BuildLogFile) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const file = await BuildLogFile.open(join(folder, "log"));
    await body(file);
    file.close();
  });
}

test("what is said is passed on in order, one part at a time, while it is said", () =>
  withFile(async (file) => {
    const passed: number[] = [];
    let atOnce = 0;
    const pump = new LogPump(file.reader(), async (lines) => {
      expect((atOnce += 1)).toBe(1);
      await sleep(1);
      passed.push(...lines.map(({ number }) => number));
      atOnce -= 1;
    });
    for (let number = 1; number <= 2000; number += 1) {
      file.say("one", [draft("x".repeat(200))]);
      pump.wake();
      if (number === 1000) while (passed.length === 0) await sleep(10);
    }
    await pump.flush();
    expect(passed).toEqual(Array.from({ length: 2000 }, (_, index) => index + 1));
    pump.close();
  }));

test("what cannot be passed on ends it, and is told whoever waits for it", () =>
  withFile(async (file) => {
    let calls = 0;
    const pump = new LogPump(file.reader(), () => Promise.reject(new Error(`call ${(calls += 1)}`)));
    file.say("one", [draft("first")]);
    await expect(pump.flush()).rejects.toThrow("call 1");
    file.say("one", [draft("second")]);
    await expect(pump.flush()).rejects.toThrow("call 1");
  }));

test("work that takes too long is not waited for", async () => {
  expect(await withinTime(10, new Promise(() => undefined))).toBe(false);
  expect(await withinTime(10_000, Promise.resolve("done"))).toBe(true);
  await expect(withinTime(10_000, Promise.reject(new Error("no")))).rejects.toThrow("no");
});
