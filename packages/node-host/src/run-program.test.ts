import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { findProgram } from "./find-program.js";
import { identifyProcess } from "./process-identity.js";
import type { Program } from "./program.js";
import { runProgram } from "./run-program.js";

const PATH = "/usr/bin:/bin";
const shell = (script: string, more: Partial<Program> = {}) =>
  runProgram({ file: "sh", arguments: ["-c", script], environment: { PATH }, ...more });

test.each([
  ["echo out; echo problem >&2; exit 3", { kind: "exited", code: 3, stdout: "out\n", stderr: "problem\n" }],
  ["kill -TERM $$", { kind: "killed", signal: "SIGTERM", stdout: "", stderr: "" }],
  ["cat; pwd", { kind: "exited", code: 0, stdout: `${process.cwd()}\n`, stderr: "" }],
])("%s", async (script, expected) => expect(await shell(script)).toEqual(expected));

test("no shell reads the arguments", async () => {
  const ran = await runProgram({ file: "printf", arguments: ["%s|", "$HOME", "a b", ";id", "*"], environment: { PATH } });
  expect(ran.stdout).toBe("$HOME|a b|;id|*|");
});

test("a program that is not there is data", async () => {
  expect(await runProgram({ file: "no-such-program", arguments: [], environment: { PATH } })).toEqual({
    kind: "not-started",
    reason: 'the program "no-such-program" was not found on the PATH',
    isNotFound: true,
    stdout: "",
    stderr: "",
  });
});

test("a timeout and an abort end the program with what has left its group, and say which it was", async () => {
  const daemon = "setsid sleep 600 & echo $!; wait";
  let timedOut = await shell(daemon, { timeoutMilliseconds: 200 });
  // on a busy machine the time may be over before the shell has started its child
  for (let limit = 400; timedOut.stdout === ""; limit *= 2) timedOut = await shell(daemon, { timeoutMilliseconds: limit });
  expect(timedOut).toMatchObject({ kind: "timed-out", stderr: "" });
  await hasEnded(Number(timedOut.stdout));
  const controller = new AbortController();
  const aborted = await shell(daemon, { signal: controller.signal, timeoutMilliseconds: 60_000, onOutput: () => controller.abort() });
  expect(aborted.kind).toBe("aborted");
  await hasEnded(Number(aborted.stdout));
});

test("a program is found on the PATH, then in the folders for administrators", async () => {
  expect(await findProgram("sh", "/nowhere:/bin:/usr/bin")).toBe("/bin/sh");
  expect(await findProgram("useradd", "")).toBe("/usr/sbin/useradd");
  expect(await findProgram("no-such-program", PATH)).toBeUndefined();
});

async function hasEnded(pid: number): Promise<void> {
  expect(pid).toBeGreaterThan(1);
  // jest's own limit ends this where the process never does
  while ((await identifyProcess(pid)) !== undefined) await sleep(20);
}
