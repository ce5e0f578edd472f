import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { ActionContext } from "@imagewright/action-contract";
import { runAction, withTemporaryFolder, type ActionRun } from "@imagewright/test-kit";
import { executeBash } from "./index.js";

function bash(commands: readonly string[], context: Partial<ActionContext> = {}): Promise<ActionRun> {
  return withTemporaryFolder((folder) => runAction(executeBash, { commands }, { workingDirectory: folder, ...context }));
}

describe("chapter 15: ExecuteBash", () => {
  test("the commands are the lines of one script", async () => {
    const { result } = await bash(["name=world", "if true; then", '  echo "hello $name"', "fi", "cd /", "pwd"]);
    expect(result).toEqual({ status: "succeeded", exitCode: 0, outputs: { stdout: "hello world\n/" } });
  });

  test("nothing is put before the first command, so line numbers in messages are the document's", async () => {
    const { stderr } = await bash(["true", "no_such_command_here"]);
    expect(stderr).toMatch(/^\/proc\/\d+\/fd\/\d+: line 2: no_such_command_here: command not found\n$/);
  });

  test("a command that fails before the last one does not fail the step", async () => {
    expect((await bash(["false", "echo still here"])).result).toEqual({
      status: "succeeded",
      exitCode: 0,
      outputs: { stdout: "still here" },
    });
  });

  test("a missing command that the script survives is a warning with its place; each once", async () => {
    const commands = [
      "set +e",
      "true\nno_such_command 1\ntrue",
      "for i in 1 2; do no_such_command $i; done",
      "bash -c other_command; true",
      "echo done",
    ];
    expect((await bash(commands)).result).toEqual({
      ...{ status: "succeeded", exitCode: 0, outputs: { stdout: "done" } },
      warnings: [
        ...[
          { path: ["commands", 1], line: 1 },
          { path: ["commands", 2], line: 0 },
        ].map((place) => ({
          message: '"no_such_command" was not found, and the script went on without it',
          hints: ['install "no_such_command" in an earlier step, or give its full path'],
          place,
        })),
        {
          message: '"other_command" was not found, and the script went on without it',
          hints: ['install "other_command" in an earlier step, or give its full path'],
          place: { path: ["commands", 3], line: 0 },
        },
      ],
    });
  });

  test("a missing command whose message goes elsewhere, and one that is only looked for, are no warning", async () => {
    const commands = [
      "no_such_command 2> /dev/null || true",
      "command -v no_such_command || true",
      "type no_such_command > /dev/null 2>&1 || true",
    ];
    expect((await bash(commands)).result).toEqual({ status: "succeeded", exitCode: 0, outputs: { stdout: "" } });
  });

  test("the output of all programs together may lead to the place", async () => {
    const { result } = await bash(["exec > >(cat) 2>&1", "no_such_command", "echo done"]);
    expect(result).toMatchObject({ warnings: [{ place: { path: ["commands", 1], line: 0 } }] });
  });

  test("sudo that refuses a command in the middle is a warning", async () => {
    const { result } = await bash(["echo 'sudo: a password is required' >&2", "echo done"]);
    expect(result).toMatchObject({
      warnings: [{ message: "sudo refused a command, and the script went on without it: a password is required", hints: [] }],
    });
  });

  test.each([
    [
      "the script exits with a code other than 0 and 194",
      ["echo partly", "exit 3"],
      { status: "failed", reason: "the command exited with code 3", hints: [], exitCode: 3, outputs: { stdout: "partly" } },
    ],
    [
      "a command fails after `set -e`",
      ["set -e", "false", "echo never"],
      { status: "failed", reason: "the command exited with code 1", hints: [], exitCode: 1, outputs: { stdout: "" } },
    ],
    [
      "the last command does not exist",
      ["no_such_command"],
      {
        status: "failed",
        reason: "the command exited with code 127",
        hints: ['install "no_such_command" in an earlier step, or give its full path'],
        exitCode: 127,
        outputs: { stdout: "" },
      },
    ],
    [
      "exit code 194 asks for a restart",
      ["exit 194"],
      { status: "reboot", resume: "same-step", delaySeconds: 0, exitCode: 194, outputs: { stdout: "" } },
    ],
    [
      "the script is not bash",
      ["if"],
      { status: "failed", reason: "the command exited with code 2", hints: [], exitCode: 2, outputs: { stdout: "" } },
    ],
  ])("%s", async (_name, commands, expected) => {
    expect((await bash(commands)).result).toEqual(expected);
  });

  test("a script may be longer than the limit for process arguments", async () => {
    const { result } = await bash([`text='${"x".repeat(300_000)}'`, "echo ${#text}"]);
    expect(result).toMatchObject({ status: "succeeded", outputs: { stdout: "300000" } });
  });

  test("only its owner can read the script, $0 is a path to it, and it has no name in a folder", async () => {
    const { result } = await bash(['stat -L -c %a "$0"', 'tail -n 1 "$0"', "ls -A"]);
    expect(result).toEqual({ status: "succeeded", exitCode: 0, outputs: { stdout: "700\nls -A" } });
  });

  test("a script of several MiB runs to its end", async () => {
    const line = `: ${"x".repeat(1_000)}`;
    const { result } = await bash([...Array.from({ length: 5_000 }, () => line), "echo end"]);
    expect(result).toMatchObject({ status: "succeeded", outputs: { stdout: "end" } });
  });

  test("a timeout ends everything the step has started, daemons included", async () => {
    await withTemporaryFolder(async (folder) => {
      const controller = new AbortController();
      const commands = [
        "setsid -f bash -c 'echo $$ > daemon; sleep 1000'",
        "until [ -s daemon ]; do sleep 0.01; done",
        "echo ready",
        "sleep 1000",
      ];
      const context = { workingDirectory: folder, signal: controller.signal, output: () => controller.abort() };
      const { result } = await runAction(executeBash, { commands }, context);
      expect(result).toEqual({ status: "failed", reason: "the command was stopped", outputs: { stdout: "ready" } });
      const daemon = (await readFile(join(folder, "daemon"), "utf8")).trim();
      // a killed process may take a moment to end, and is a zombie without a command line until its parent reaps it
      const isThere = async () => (await readFile(`/proc/${daemon}/cmdline`, "utf8").catch(() => "")) !== "";
      // jest's limit ends this if it never does
      while (await isThere()) await new Promise((resolve) => setTimeout(resolve, 20));
    });
  });

  test("a child that keeps the output open does not delay the step", async () => {
    const { result } = await bash(["sleep 1000 &", "echo $!"]);
    process.kill(Number(result.outputs?.["stdout"])); // it continues
    expect(result).toEqual({ status: "succeeded", exitCode: 0, outputs: { stdout: expect.stringMatching(/^\d+$/) } });
  });

  test("the script gets the given environment", async () => {
    const { result } = await bash(['echo "$WORKING_DIRECTORY" "${HOME-unset}"'], {
      environment: { PATH: "/usr/bin:/bin", WORKING_DIRECTORY: "/work" },
    });
    expect(result).toMatchObject({ outputs: { stdout: "/work unset" } });
  });

  test("steps leave nothing in the working directory", async () => {
    await withTemporaryFolder(async (folder) => {
      await withTemporaryFolder((temporaryDirectory) =>
        runAction(executeBash, { commands: ["true"] }, { workingDirectory: folder, temporaryDirectory }),
      );
      expect(await readdir(folder)).toEqual([]);
    });
  });
});
