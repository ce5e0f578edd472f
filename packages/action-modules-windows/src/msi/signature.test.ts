import { runAction } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { installMsi } from "../install-msi/index.js";
import { FOR_POWER_SHELL, ON_WINDOWS, WindowsStandIn, type Answer } from "../testing/windows-stand-in.js";
import { isReadToItsEnd } from "../testing/is-read-to-its-end.js";
import type { SignatureRules } from "./signature.js";

const PATH = "C:\\work\\it's $a.msi";

/** How InstallMSI ends, and the programs that it has run. */
async function install(answer: Answer, rules: SignatureRules) {
  const windows = new WindowsStandIn(answer);
  windows.files.set(PATH, "");
  const { result, hints } = await runAction(installMsi, { path: "it's $a.msi", ...rules }, { ...ON_WINDOWS, host: windows.host });
  const programs = windows.commands.map(({ file }) => file.split("\\").at(-1));
  return { ended: result.status === "failed" ? result.reason : result.status, hints, programs, windows };
}

// there is no PowerShell here: what it is given is checked, and what it answers is the test's
describe("chapter 18: the signature of an installer", () => {
  test("PowerShell is asked for it, and gets the path as it is", async () => {
    const { windows } = await install({ stdout: "Valid\r\n" }, {});
    expect(windows.commands[0]).toEqual({
      file: "D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
      arguments: [
        ...["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Command"],
        "(Get-AuthenticodeSignature -LiteralPath $env:IMAGEWRIGHT_INSTALLER).Status.ToString()",
      ],
      workingDirectory: "C:\\work",
      environment: { ...FOR_POWER_SHELL, IMAGEWRIGHT_INSTALLER: PATH },
    });
    expect(isReadToItsEnd(windows.commands[0]?.arguments.at(-1) ?? "")).toBe(true);
  });

  const BOTH = ["powershell.exe", "msiexec.exe"];
  const NOT_SIGNED = `the installer ${JSON.stringify(PATH)} is not signed`;
  const MISMATCH = `the signature of the installer ${JSON.stringify(PATH)} is not valid: Windows reports HashMismatch`;
  const unsigned = { allowUnsignedInstaller: true };
  const unchecked = { ignoreAuthenticodeSignatureErrors: true };
  test.each([
    ["Valid", {}, "succeeded", BOTH],
    ["NotSigned", {}, NOT_SIGNED, ["powershell.exe"]],
    ["NotSigned", unchecked, NOT_SIGNED, ["powershell.exe"]],
    ["NotSigned", unsigned, "succeeded", BOTH],
    ["HashMismatch", {}, MISMATCH, ["powershell.exe"]],
    ["HashMismatch", unsigned, MISMATCH, ["powershell.exe"]],
    ["HashMismatch", unchecked, "succeeded", BOTH],
    ["HashMismatch", { ...unsigned, ...unchecked }, "succeeded", ["msiexec.exe"]],
  ])("%s with %j", async (status, rules, ended, programs) => {
    expect(await install({ stdout: `${status}\r\n` }, rules)).toMatchObject({ ended, programs });
  });

  test("what the user can do, and a PowerShell that fails", async () => {
    expect((await install({ stdout: "NotSigned" }, {})).hints).toEqual(['set "allowUnsignedInstaller" to true if you trust its source']);
    expect((await install({ stdout: "NotTrusted" }, {})).hints).toEqual([
      'set "ignoreAuthenticodeSignatureErrors" to true if you trust its source',
    ]);
    expect((await install({ exit: 1, stderr: "no such cmdlet\r\n" }, {})).ended).toBe(
      `cannot look at the signature of the installer ${JSON.stringify(PATH)}: no such cmdlet`,
    );
    expect((await install({}, {})).ended).toBe(
      `cannot look at the signature of the installer ${JSON.stringify(PATH)}: PowerShell printed nothing`,
    );
    expect((await install({ exit: { kind: "not-started", reason: "not found" } }, {})).ended).toBe(
      '"D:\\\\Windows\\\\System32\\\\WindowsPowerShell\\\\v1.0\\\\powershell.exe" did not run to its end: not found',
    );
  });
});
