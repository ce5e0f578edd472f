import { readdir } from "node:fs/promises";
import { describe, expect, test } from "@jest/globals";
import type { ActionContext } from "@imagewright/action-contract";
import { runAction, withTemporaryFolder, type ActionRun } from "@imagewright/test-kit";
import { executeBash } from "./index.js";

function bash(commands: readonly string[], context: Partial<ActionContext> = {}): Promise<ActionRun> {
  return withTemporaryFolder((folder) => runAction(executeBash, { commands }, { workingDirectory: folder, ...context }));
}

describe("chapter 15: ExecuteBash", () => {
  test("commands are the lines of one script", async () => {
    const { result } = await bash(["name=world", "if true; then", '  echo "hello $name"', "fi", "cd /", "pwd"]);
    expect(result).toEqual({ status: "succeeded", exitCode: 0, outputs: { stdout: "hello world\n/" } });
  });

  test("nothing is put before the first command, so line numbers in messages are the document's", async () => {
    const { stderr } = await bash(["true", "no_such_command_here"]);
    expect(stderr).toMatch(/script-\d+\.sh: line 2: no_such_command_here: command not found\n$/);
  });

  test("a command that fails on the way does not fail the step", async () => {
    expect((await bash(["false", "echo still here"])).result).toEqual({ status: "succeeded", exitCode: 0, outputs: { stdout: "still here" } });
  });

  test.each([
    [["echo partly", "exit 3"], { status: "failed", reason: "the command exited with code 3", hints: [], exitCode: 3, outputs: { stdout: "partly" } }],
    [["set -e", "false", "echo never"], { status: "failed", reason: "the command exited with code 1", hints: [], exitCode: 1, outputs: { stdout: "" } }],
    [["no_such_command"], { status: "failed", reason: "the command exited with code 127", hints: ["a program was not found; install it in an earlier step, or give its whole path"], exitCode: 127, outputs: { stdout: "" } }],
    [["exit 194"], { status: "reboot", resume: "same-step", delaySeconds: 0, exitCode: 194, outputs: { stdout: "" } }],
    [["if"], { status: "failed", reason: "the command exited with code 2", hints: [], exitCode: 2, outputs: { stdout: "" } }],
  ])("%j", async (commands, expected) => {
    expect((await bash(commands)).result).toEqual(expected);
  });

  test("a script may be longer than the arguments of a process may be", async () => {
    const { result } = await bash([`text='${"x".repeat(300_000)}'`, "echo ${#text}"]);
    expect(result).toMatchObject({ status: "succeeded", outputs: { stdout: "300000" } });
  });

  test("the script is for its owner's eyes only, and $0 names it", async () => {
    const { result } = await bash(['stat -c %a "$0"', 'basename "$0"']);
    expect(result).toMatchObject({ outputs: { stdout: expect.stringMatching(/^700\nscript-\d+\.sh$/) } });
  });

  test("the environment is the given one", async () => {
    const { result } = await bash(['echo "$WORKING_DIRECTORY" "${HOME-unset}"'], { environment: { PATH: "/usr/bin:/bin", WORKING_DIRECTORY: "/work" } });
    expect(result).toMatchObject({ outputs: { stdout: "/work unset" } });
  });

  test("steps leave nothing in the working directory", async () => {
    await withTemporaryFolder(async (folder) => {
      await withTemporaryFolder((temporaryDirectory) => runAction(executeBash, { commands: ["true"] }, { workingDirectory: folder, temporaryDirectory }));
      expect(await readdir(folder)).toEqual([]);
    });
  });
});
