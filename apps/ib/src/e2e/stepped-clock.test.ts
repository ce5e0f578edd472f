// A wall clock that is set while the real program runs, by libfaketime in the program and in its steps; the monotonic clock goes on.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { ib } from "./ib.js";

const LIBRARY = `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/faketime/libfaketime.so.1`;
const problem = existsSync(LIBRARY) ? undefined : "faketime is not installed";

(problem === undefined ? test : test.skip).each([
  ["an hour back", "-1h"],
  ["a day on", "+24h"],
])(`durations of a run whose wall clock is set %s${problem === undefined ? "" : ` (skipped: ${problem})`}`, (_, offset) =>
  withTemporaryFolder(async (folder) => {
    const commands = JSON.stringify(["date +%s > before", `echo ${offset} > offset`, "date +%s > after", "sleep 0.2"]);
    await writeFile(
      join(folder, "a.yaml"),
      `schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: S, action: ExecuteBash, inputs: { commands: ${commands} } }] }]\n`,
    );
    await writeFile(join(folder, "offset"), "+0");
    const clock = { LD_PRELOAD: LIBRARY, FAKETIME_TIMESTAMP_FILE: join(folder, "offset"), FAKETIME_NO_CACHE: "1" };
    const { code, stderr } = await ib(["component", "run", "a.yaml"], {
      ...{ folder, environment: { ...clock, FAKETIME_DONT_FAKE_MONOTONIC: "1" } },
    });
    const [before, after] = await Promise.all(["before", "after"].map(async (name) => Number(await readFile(join(folder, name), "utf8"))));
    expect(Math.abs((after ?? 0) - (before ?? 0))).toBeGreaterThan(3000);
    const [, seconds] = /^ {4}S ExecuteBash +ok (\d+\.\d) s$/m.exec(stderr) ?? [];
    expect(code).toBe(0);
    expect(Number(seconds)).toBeGreaterThanOrEqual(0.2);
    expect(Number(seconds)).toBeLessThan(3000);
  }),
);
