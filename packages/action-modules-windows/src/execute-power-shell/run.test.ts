import { runAction } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { FOR_POWER_SHELL, ON_WINDOWS, WindowsStandIn, type Answer } from "../testing/windows-stand-in.js";
import { executePowerShell } from "./index.js";

const POWER_SHELL = "D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";
const OPTIONS = ["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File"];

async function run(input: Parameters<typeof executePowerShell.run>[0], answer: Answer = {}, files: readonly string[] = []) {
  const windows = new WindowsStandIn(answer);
  for (const path of files) windows.files.set(path, "");
  const ran = await runAction(executePowerShell, input, { ...ON_WINDOWS, host: windows.host });
  return { ...ran, windows };
}

// there is no PowerShell here: what it is given is checked, and what it answers is the test's
describe("chapter 15: ExecutePowerShell", () => {
  test("the commands are the lines of one script, in UTF-8 with a byte-order mark, with nothing added", async () => {
    const { windows } = await run({ commands: ["$ErrorActionPreference = 'Stop'", "if ($true) {\n  'żółw 🐢'\n}"] });
    const [command] = windows.commands;
    const script = command?.arguments.at(-1) ?? "";
    expect(command).toEqual({
      ...{ file: POWER_SHELL, arguments: [...OPTIONS, script], workingDirectory: "C:\\work", environment: FOR_POWER_SHELL },
    });
    expect(script).toMatch(/^C:\\temp\\script-\d+\.ps1$/);
    expect([...windows.seen]).toEqual([[script, "\ufeff$ErrorActionPreference = 'Stop'\nif ($true) {\n  'żółw 🐢'\n}\n"]]);
    expect([...windows.files]).toEqual([]);
  });

  test("a file is run where it is", async () => {
    const { windows, result } = await run({ file: "scripts/set up.ps1" }, {}, ["C:\\work\\scripts\\set up.ps1"]);
    expect(windows.commands.map((command) => command.arguments)).toEqual([[...OPTIONS, "C:\\work\\scripts\\set up.ps1"]]);
    expect(result).toMatchObject({ status: "succeeded" });
  });

  test("a file that is not there", async () => {
    const { windows, result } = await run({ file: "C:\\no.ps1" });
    expect([result, windows.commands]).toEqual([
      { status: "failed", reason: 'cannot run script "C:\\\\no.ps1": no such file or folder' },
      [],
    ]);
  });

  test.each([
    ["0", { stdout: "done\r\n", stderr: "warning" }, { status: "succeeded", exitCode: 0, outputs: { stdout: "done" } }],
    ["3010", { exit: 3010 }, { status: "reboot", resume: "same-step", delaySeconds: 0, exitCode: 3010, outputs: { stdout: "" } }],
    [
      "another one",
      { exit: 1 },
      { status: "failed", reason: "the command exited with code 1", hints: [], exitCode: 1, outputs: { stdout: "" } },
    ],
  ])("the exit code is %s", async (_, answer, expected) => {
    const { result, windows } = await run({ commands: ["x"] }, answer);
    expect([result, [...windows.files]]).toEqual([expected, []]);
  });

  test("standard error is shown too", async () => {
    const { stdout, stderr } = await run({ commands: ["x"] }, { stdout: "out", stderr: "err" });
    expect([stdout, stderr]).toEqual(["out", "err"]);
  });
});
