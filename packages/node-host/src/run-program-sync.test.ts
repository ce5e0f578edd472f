import { expect, test } from "@jest/globals";
import { runProgramSync } from "./run-program-sync.js";

const environment = { PATH: "/usr/bin:/bin", GREETING: "hello" };
const run = (file: string, parameters: readonly string[], input = "") =>
  runProgramSync({ file, arguments: parameters, environment, input });

test.each([
  ["echo $GREETING $HOME; echo problem >&2; exit 3", { kind: "exited", code: 3, stdout: "hello\n", stderr: "problem\n" }],
  ["cat; printf '\\377'", { kind: "exited", code: 0, stdout: "caf\u00e9\u00ff", stderr: "" }],
  ["echo before; kill -TERM $$", { kind: "killed", signal: "SIGTERM", stdout: "before\n", stderr: "" }],
])("%s", (script, expected) => expect(run("sh", ["-c", script], "caf\u00e9")).toEqual(expected));

test("no shell reads the arguments", () => {
  expect(run("printf", ["%s|", "$HOME", "a b", ";id", "*"]).stdout).toBe("$HOME|a b|;id|*|");
});

test("a program that cannot be started is data", () => {
  const nothing = { kind: "not-started", stdout: "", stderr: "" };
  expect(run("no-such-program", [])).toEqual({ ...nothing, reason: 'the program "no-such-program" was not found on the PATH' });
  expect(run("/etc/passwd", [])).toEqual({ ...nothing, reason: 'the program "/etc/passwd" cannot be run: permission denied' });
  expect(run("true", ["x".repeat(3_000_000)])).toEqual({ ...nothing, reason: 'the arguments of "true" are too long' });
  expect(run("true", ["a\0b"])).toMatchObject({ ...nothing, reason: expect.stringMatching(/null byte/) });
});
