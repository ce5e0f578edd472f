import { describe, expect, test } from "@jest/globals";
import { msiResult, type RebootSetting } from "./result.js";

const OUTPUTS = { stdout: "", logFile: "a.log", msiExitCode: 0 };

/** `succeeded`, `reboot` or `failed`, with a plus if a line was logged. */
function outcome(verb: "/i" | "/x", exitCode: number, reboot: RebootSetting): string {
  const lines: string[] = [];
  return `${msiResult(exitCode, { verb, reboot, log: (line) => lines.push(line) }, OUTPUTS).status}${lines.length > 0 ? "+" : ""}`;
}

describe("chapter 18: exit codes of msiexec with the settings Allow, Force and Skip", () => {
  const SETTINGS = ["Allow", "Force", "Skip"] as const;
  test.each([
    ["/i", 0, ["succeeded", "reboot", "succeeded"]],
    ["/i", 1605, ["failed", "failed", "failed"]],
    ["/i", 1614, ["succeeded", "reboot", "succeeded"]],
    ["/i", 1641, ["reboot", "reboot", "succeeded+"]],
    ["/i", 3010, ["reboot", "reboot", "succeeded+"]],
    ["/i", 1603, ["failed", "failed", "failed"]],
    ["/x", 0, ["succeeded", "reboot", "succeeded"]],
    ["/x", 1605, ["succeeded", "reboot", "succeeded"]],
    ["/x", 1614, ["succeeded", "reboot", "succeeded"]],
    ["/x", 1641, ["reboot", "reboot", "succeeded+"]],
    ["/x", 3010, ["reboot", "reboot", "succeeded+"]],
  ] as const)("%s: %i", (verb, exitCode, expected) => {
    expect(SETTINGS.map((setting) => outcome(verb, exitCode, setting))).toEqual(expected);
  });

  test.each([
    [1603, "a.log", "msiexec exited with code 1603: the installer failed", ["the log of the installer says more: a.log"]],
    [1603, "", "msiexec exited with code 1603: the installer failed", ['set "logFile" to get a log of the installer']],
    [
      1618,
      "a.log",
      "msiexec exited with code 1618: another installation is in progress",
      ["give the step more attempts with maxAttempts, or wait in a step before"],
    ],
    ...[
      [1601, "the Windows Installer service cannot be reached"],
      [1602, "the installer was cancelled"],
      [1605, "the product is not installed"],
      [1619, "the package cannot be opened"],
      [1620, "the package cannot be opened: it is not valid for Windows Installer"],
      [1622, "the log file cannot be written"],
      [1624, "a transform of the package is not valid"],
      [1625, "a policy of the system forbids this installation"],
      [1633, "the package is for another architecture"],
      [1638, "another version of this product is installed"],
      [1639, "msiexec does not take its command line"],
      [1640, "the installer does not run in a remote session"],
    ].map(
      ([code, meaning]) =>
        [code, "a.log", `msiexec exited with code ${code}: ${meaning}`, ["the log of the installer says more: a.log"]] as [
          number,
          string,
          string,
          string[],
        ],
    ),
    [7, "a.log", "msiexec exited with code 7", ["the log of the installer says more: a.log"]],
  ])("a failure with code %i and the log %j", (exitCode, logFile, reason, hints) => {
    const outputs = { ...OUTPUTS, logFile, msiExitCode: exitCode };
    expect(msiResult(exitCode, { verb: "/i", reboot: "Allow", log: () => undefined }, outputs)).toEqual({
      ...{ status: "failed", reason, hints, exitCode, outputs },
    });
  });
});
