import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { endMarkedProcesses, identifyProcess, inheritedEnvironment, presentMarks, withMark } from "./index.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "imagewright-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Starts a script as a step is, in a session of its own, and returns the process ids that it writes to files. */
async function start(script: string, mark: string, names: readonly string[]): Promise<number[]> {
  const environment = withMark(inheritedEnvironment(), mark);
  spawn("bash", ["-c", script], { cwd: folder, env: environment, stdio: "ignore", detached: true }).unref();
  return Promise.all(names.map(pidIn));
}

async function pidIn(name: string): Promise<number> {
  for (;;) {
    const text = await readFile(join(folder, name), "utf8").catch(() => "");
    if (text.endsWith("\n")) return Number(text);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function running(pids: readonly number[]): Promise<number[]> {
  const found = await Promise.all(pids.map(identifyProcess));
  return found.flatMap((identity) => identity?.pid ?? []);
}

(existsSync("/proc/self/environ") ? describe : describe.skip)("what a command has left running (needs /proc)", () => {
  test.each([
    ["the command itself", "echo $$ > one; exec sleep 1000", ["one"]],
    ["its background children after its end", "(echo $BASHPID > one; exec sleep 1000) & exit", ["one"]],
    ["a daemon in a session of its own", "setsid -f bash -c 'echo $$ > one; exec sleep 1000'; exit", ["one"]],
    ["a daemon that forked twice", "(setsid bash -c '(bash -c \"echo \\$\\$ > one; exec sleep 1000\" &) ; exit' &) ; exit", ["one"]],
    [
      "a child that has cleared its environment, in the session",
      "env -i bash -c 'echo $$ > one; exec sleep 1000' & echo $$ > two; sleep 1000",
      ["one", "two"],
    ],
    ["one that does not listen to SIGTERM", "trap '' TERM; echo $$ > one; while :; do sleep 1; done", ["one"]],
    ["one that is stopped", "echo $$ > one; kill -STOP $$", ["one"]],
  ])("%s is ended", async (_name, script, names) => {
    const mark = randomUUID();
    const pids = await start(script, mark, names);
    expect((await presentMarks()).has(mark)).toBe(true);
    await endMarkedProcesses(mark);
    expect(await running(pids)).toEqual([]);
    expect((await presentMarks()).has(mark)).toBe(false);
  });

  test("processes with other marks go on, and those with an outer mark too", async () => {
    const [outer, inner, other] = [randomUUID(), randomUUID(), randomUUID()];
    const pids = [
      ...(await start("echo $$ > outer; exec sleep 1000", outer, ["outer"])),
      ...(await start("echo $$ > other; exec sleep 1000", other, ["other"])),
    ];
    const [ended = 0] = await start("echo $$ > inner; exec sleep 1000", `${outer}/${inner}`, ["inner"]);
    await endMarkedProcesses(inner);
    expect(await running([...pids, ended])).toEqual(pids);
    await endMarkedProcesses(outer);
    await endMarkedProcesses(other);
    expect(await running(pids)).toEqual([]);
  });

  test("nothing with the mark: nothing to wait for", async () => {
    await endMarkedProcesses(randomUUID());
  });

  test("the wait ends when the signal aborts", async () => {
    const mark = randomUUID();
    const [pid = 0] = await start("echo $$ > one; exec sleep 1000", mark, ["one"]);
    await expect(endMarkedProcesses(mark, AbortSignal.abort(new Error("timed out")))).rejects.toThrow("timed out");
    expect(await running([pid])).toEqual([pid]);
    await endMarkedProcesses(mark);
  });
});
