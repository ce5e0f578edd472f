import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import type { RunEvent } from "@imagewright/document-engine";
import { LogFile } from "./log-file.js";
import type { LogFolder } from "./log-folder.js";
import { RunLogs } from "./run-logs.js";

const PLACE = { time: 0, depth: 0, document: "a.yml", phase: "build", step: "Say", key: "0/build/Say" };
const STARTED: RunEvent = { ...PLACE, type: "step-started", action: "ExecuteBash" };
const ENDED: RunEvent = { ...PLACE, type: "attempt-finished", attempt: 1, exitCode: 0, failureMessage: "", again: false };

function printed(text: string): Extract<RunEvent, { type: "step-output" }> {
  return { ...PLACE, type: "step-output", stream: "stdout", chunk: Buffer.from(text) };
}

/** A log folder whose logs are the files that these paths name. */
function folderWith(path: (name: string) => string): LogFolder {
  return { openLog: (name: string) => new LogFile(openSync(path(name), "w"), path(name)) } as LogFolder;
}

function withoutTimes(text: string): string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/^\S+ \S+ /, ""));
}

test("events and output are in the log in order, although the memory of the output is used again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "imagewright-test-"));
  try {
    const logs = new RunLogs(
      folderWith((name) => join(folder, name)),
      {},
    );
    const output = printed("first\n");
    logs.take(STARTED);
    logs.take(output);
    output.chunk.fill(120);
    logs.take(ENDED);
    await sleep(0);
    logs.take(STARTED);
    logs.close();
    expect(withoutTimes(readFileSync(join(folder, "console.log"), "utf8"))).toEqual([
      "Info Step Say",
      "Info Stdout: first",
      "Info Command execution completed successfully",
      "Info ExitCode 0",
      "Info Step Say",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what is shown is passed on with its event", () => {
  const shown: string[] = [];
  const logs = new RunLogs(
    folderWith(() => "/dev/null"),
    { onConsole: (bytes) => shown.push(Buffer.from(bytes).toString()), onEvent: ({ type }) => shown.push(type) },
  );
  logs.take(STARTED);
  expect(shown).toEqual([expect.stringContaining("Step Say\n"), "step-started"]);
  logs.close();
});

test("a run whose log cannot be written ends with an event after that, and its end says it again", async () => {
  const logs = new RunLogs(
    folderWith(() => "/dev/full"),
    {},
  );
  const full = `the log "/dev/full" cannot be written: no space left on the disk`;
  const takeMany = async () => {
    for (let event = 0; event < 1_000; event++) {
      logs.take(STARTED);
      await sleep(1);
    }
  };
  await expect(takeMany()).rejects.toThrow(full);
  expect(() => logs.close()).toThrow(full);
});
