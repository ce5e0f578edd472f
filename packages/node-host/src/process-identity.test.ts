import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { uptime } from "node:os";
import { expect, jest, test } from "@jest/globals";
import { identifyProcess, isAlive, isBeforeSystemStart } from "./process-identity.js";
import { startTimeWithPs } from "./start-time-with-ps.js";

const withProc = existsSync("/proc/self/stat") ? test : test.skip;

withProc("a process is distinguished from a later one with the same id", async () => {
  const own = await identifyProcess(process.pid);
  expect(own).toEqual({ pid: process.pid, startTime: expect.stringMatching(/^\d+$/) });
  expect(await isAlive({ pid: process.pid, startTime: own?.startTime ?? "" })).toBe(true);
  expect(await isAlive({ pid: process.pid, startTime: "1" })).toBe(false);
});

test("an ended process is not alive", async () => {
  const child = spawn("sleep", ["600"]);
  await once(child, "spawn");
  const identity = (await identifyProcess(child.pid ?? 0)) ?? { pid: 0, startTime: "" };
  expect(await isAlive(identity)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "close");
  expect(await isAlive(identity)).toBe(false);
});

test("one whose start was not known is alive as long as a process has its id", async () => {
  expect(await isAlive({ pid: process.pid, startTime: "" })).toBe(true);
  expect(await isAlive({ pid: 2 ** 30, startTime: "" })).toBe(false);
});

test("without /proc, ps tells the start, in whatever language and time zone", async () => {
  const replaced = jest.replaceProperty(process, "env", { ...process.env, LC_ALL: "de_DE.UTF-8", TZ: "Asia/Tokyo" });
  const started = await startTimeWithPs(process.pid).finally(() => replaced.restore());
  expect(Math.abs((started ?? 0) - (performance.timeOrigin / 1000 + performance.now() / 1000 - process.uptime()))).toBeLessThan(5);
  expect(await startTimeWithPs(2 ** 30)).toBeUndefined();
});

test("what is older than the system", () => {
  const start = new Date().getTime() - uptime() * 1000;
  expect([isBeforeSystemStart(start - 5_000), isBeforeSystemStart(start + 5_000)]).toEqual([true, false]);
});
