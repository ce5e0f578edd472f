import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { runAction, withTemporaryFolder } from "@imagewright/test-kit";
import { executeBinary } from "./index.js";

describe("chapter 15: ExecuteBinary", () => {
  test("finds a bare name on the PATH and passes arguments on untouched", async () => {
    const { result, stdout } = await runAction(
      executeBinary,
      { path: "printf", arguments: ["%s|", "*", "$HOME", "a b", ""] },
      { workingDirectory: "/" },
    );
    expect(result).toEqual({ status: "succeeded", exitCode: 0, outputs: { stdout: "*|$HOME|a b||" } });
    expect(stdout).toBe("*|$HOME|a b||");
  });

  test("runs a relative path from the working directory", async () => {
    await withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "tool"), "#!/bin/sh\npwd\n");
      await chmod(join(folder, "tool"), 0o755);
      const { result } = await runAction(executeBinary, { path: "./tool" }, { workingDirectory: folder });
      expect(result).toEqual({ status: "succeeded", exitCode: 0, outputs: { stdout: folder } });
    });
  });

  test.each([
    [
      "the program exits with a code other than 0 and 194",
      ["-c", "echo partly; exit 3"],
      { status: "failed", reason: "the command exited with code 3", hints: [], exitCode: 3, outputs: { stdout: "partly" } },
    ],
    [
      "exit code 194 asks for a restart",
      ["-c", "exit 194"],
      { status: "reboot", resume: "same-step", delaySeconds: 0, exitCode: 194, outputs: { stdout: "" } },
    ],
    [
      "a signal ends the program",
      ["-c", "kill -TERM $$"],
      { status: "failed", reason: "the command was killed by SIGTERM", outputs: { stdout: "" } },
    ],
  ])("%s", async (_, parameters, expected) => {
    expect((await runAction(executeBinary, { path: "sh", arguments: parameters }, { workingDirectory: "/" })).result).toEqual(expected);
  });

  test("there is no such program", async () => {
    const { result } = await runAction(executeBinary, { path: "no-such-tool" }, { workingDirectory: "/" });
    expect(result).toEqual({
      ...{ status: "failed", reason: 'the program "no-such-tool" was not found on the PATH' },
      hints: ['install "no-such-tool" in an earlier step, or give its full path'],
    });
    const path = await runAction(executeBinary, { path: "/no/such-tool" }, { workingDirectory: "/" });
    expect(path.result).toEqual({ status: "failed", reason: 'the program "/no/such-tool" was not found' });
  });

  test("standard error is logged but is no output", async () => {
    const { result, stderr } = await runAction(
      executeBinary,
      { path: "sh", arguments: ["-c", "echo problem >&2"] },
      { workingDirectory: "/" },
    );
    expect(result).toEqual({ status: "succeeded", exitCode: 0, outputs: { stdout: "" } });
    expect(stderr).toBe("problem\n");
  });

  test("output that is not text reaches the log byte for byte; in the output, invalid UTF-8 is replaced", async () => {
    const pieces: Uint8Array[] = [];
    const output = (_: string, chunk: Uint8Array) => pieces.push(Uint8Array.from(chunk));
    const { result } = await runAction(
      executeBinary,
      { path: "printf", arguments: ["\\377\\000a\\r\\n"] },
      { workingDirectory: "/", output },
    );
    expect([...Buffer.concat(pieces)]).toEqual([255, 0, 97, 13, 10]);
    expect(result).toEqual({ status: "succeeded", exitCode: 0, outputs: { stdout: "\ufffd\0a" } });
  });

  test("a large output is not cut inside a character", async () => {
    const script = "printf a; yes \u00e9 | tr -d '\\n' | head -c 1500000";
    const { result } = await runAction(
      executeBinary,
      { path: "bash", arguments: ["-c", script] },
      { workingDirectory: "/", output: () => undefined },
    );
    expect(result).toMatchObject({ outputs: { stdout: { kept: `a${"\u00e9".repeat(512 * 1024 - 1)}…`, totalBytes: 1_500_001 } } });
  });

  test("for a very large output the beginning and the size are kept", async () => {
    const { result } = await runAction(
      executeBinary,
      { path: "head", arguments: ["-c", "1500000", "/dev/zero"] },
      { workingDirectory: "/", output: () => undefined },
    );
    expect(result).toEqual({
      status: "succeeded",
      exitCode: 0,
      outputs: { stdout: { kept: `${"\0".repeat(1024 * 1024)}…`, totalBytes: 1_500_000 } },
    });
  });
});
