import { existsSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { readProcesses, readProcessesWithPs } from "./process-table.js";

const self = (rows: Awaited<ReturnType<typeof readProcesses>>) => rows.find(({ pid }) => pid === process.pid);

test("the table contains this process with its parent", async () => {
  expect(self(await readProcesses())).toMatchObject({ pid: process.pid, parent: process.ppid });
});

test("the same with ps, for systems without /proc", async () => {
  expect(self(await readProcessesWithPs())).toEqual({
    ...{ pid: process.pid, parent: process.ppid, startTime: "", session: undefined, environment: [] },
  });
});

(existsSync("/proc/self/environ") ? test : test.skip)("/proc shows the environment and the session (needs /proc)", async () => {
  const row = self(await readProcesses());
  expect([row?.environment.some((variable) => variable.startsWith("PATH=")), Number.isInteger(row?.session)]).toEqual([true, true]);
});
