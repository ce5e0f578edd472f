import { runAction } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { installMsi } from "../install-msi/index.js";
import { ON_WINDOWS, WindowsStandIn, type Answer } from "../testing/windows-stand-in.js";
import { uninstallMsi } from "../uninstall-msi/index.js";

const PATH = "C:\\work\\tool.msi";
const SKIPPED = 'the installer asks for a restart, which is skipped since "reboot" is Skip';
const UNCHECKED = { ignoreAuthenticodeSignatureErrors: true, allowUnsignedInstaller: true };

/** How a module ends if msiexec, which is not here, has the exit code. */
async function run(module: typeof installMsi, exit: Answer["exit"] & {}, inputs: Omit<Parameters<typeof installMsi.run>[0], "path">) {
  const windows = new WindowsStandIn({ exit });
  windows.files.set(PATH, "");
  const ran = await runAction(module, { path: "tool.msi", ...UNCHECKED, ...inputs }, { ...ON_WINDOWS, host: windows.host });
  return { ...ran, command: windows.commands[0] };
}

// Wine's msiexec gives none of these but 3010
describe("chapter 18: the exit codes of msiexec", () => {
  const RESTART = { status: "reboot", resume: "next-step", delaySeconds: 0 };
  const FAILED = { status: "failed" };
  const DONE = { status: "succeeded" };
  test.each([
    ["InstallMSI", 1605, [FAILED, FAILED, FAILED], []],
    ["InstallMSI", 1614, [DONE, RESTART, DONE], []],
    ["InstallMSI", 1641, [RESTART, RESTART, DONE], [SKIPPED]],
    ["InstallMSI", 3010, [RESTART, RESTART, DONE], [SKIPPED]],
    ["UninstallMSI", 1605, [DONE, RESTART, DONE], []],
    ["UninstallMSI", 1614, [DONE, RESTART, DONE], []],
    ["UninstallMSI", 1641, [RESTART, RESTART, DONE], [SKIPPED]],
    ["UninstallMSI", 3010, [RESTART, RESTART, DONE], [SKIPPED]],
  ])("%s: %i, with reboot Allow, Force and Skip", async (name, exitCode, expected, skipped) => {
    const module = name === "InstallMSI" ? installMsi : uninstallMsi;
    for (const [index, reboot] of (["Allow", "Force", "Skip"] as const).entries()) {
      const { result, log } = await run(module, exitCode, { reboot });
      expect(result).toMatchObject({ ...expected[index], exitCode, outputs: { stdout: "", logFile: "", msiExitCode: exitCode } });
      expect(log).toEqual(reboot === "Skip" ? skipped : []);
    }
  });

  test.each([
    ["*VX", undefined],
    ["*VX", ""],
    ["V", "V"],
    ["ime+!", "ime+!"],
  ])("the log has the flags %s with the input %j", async (flags, logOptions) => {
    const { command } = await run(installMsi, 0, { logFile: "logs/a b.log", ...(logOptions !== undefined && { logOptions }) });
    expect(command?.arguments.slice(4)).toEqual([`/L${flags}`, '"C:\\work\\logs\\a b.log"', "REBOOT=ReallySuppress"]);
  });

  test.each([
    [installMsi, "/i"],
    [uninstallMsi, "/x"],
  ])("msiexec finds the product in the package itself", async (module, verb) => {
    expect((await run(module, 0, {})).command).toEqual({
      file: "D:\\Windows\\System32\\msiexec.exe",
      arguments: [verb, `"${PATH}"`, "/qn", "/norestart", "REBOOT=ReallySuppress"],
      verbatimArguments: true,
      workingDirectory: "C:\\work",
      environment: ON_WINDOWS.environment,
    });
  });

  test.each([
    [{ kind: "not-started", reason: 'the program "msiexec.exe" was not found' }, 'the program "msiexec.exe" was not found'],
    [{ kind: "aborted" }, "the command was stopped"],
    [{ kind: "killed", signal: "SIGKILL" }, "the command was killed by SIGKILL"],
  ] as const)("msiexec does not come to its end: %j", async (exit, reason) => {
    expect((await run(installMsi, exit, {})).result).toMatchObject({ status: "failed", reason });
  });

  test.each(["http://127.0.0.1:9/tool.msi", "s3://no-such-bucket/tool.msi"])("msiexec does not run without a package: %s", async (path) => {
    const windows = new WindowsStandIn();
    const environment = {
      ...ON_WINDOWS.environment,
      AWS_ENDPOINT_URL_S3: "http://127.0.0.1:9",
      AWS_REGION: "eu-west-3",
      AWS_MAX_ATTEMPTS: "1",
    };
    const context = { ...ON_WINDOWS, environment, host: windows.host };
    const { result } = await runAction(installMsi, { path, ...UNCHECKED }, context);
    expect([result.status, windows.commands]).toEqual(["failed", []]);
  });
});
