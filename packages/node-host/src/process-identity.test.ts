import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { identifyProcess, isAlive } from "./process-identity.js";

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
