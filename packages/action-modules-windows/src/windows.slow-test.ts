// The modules on a Windows of Wine's: its own reg.exe and msiexec do the work, and reg.exe reads back what is in the registry. What Wine
// lacks, PowerShell and a restart, is proved at the port in the tests of the modules.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { canMakeMsi, makeMsi, WindowsMachine, wineProblem } from "@imagewright/test-kit/windows";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";

const problem = wineProblem() ?? (canMakeMsi ? undefined : "needs wixl");
const describeOnWindows = problem === undefined ? describe : describe.skip;
const needs = problem === undefined ? "" : ` (${problem})`;

let machine: WindowsMachine;

if (problem === undefined) {
  beforeAll(async () => {
    machine = await WindowsMachine.start(join(import.meta.dirname, "testing", "windows-guest.ts"));
    await withTemporaryFolder(async (folder) => machine.prefix.copyIn(makeMsi(folder), "tool.msi"));
    await withTemporaryFolder(async (folder) => machine.prefix.copyIn(makeMsi(folder, { restart: true }), "restart.msi"));
  });
  beforeEach(async () => {
    rmSync(machine.prefix.path("work"), { recursive: true, force: true });
    await machine.prefix.makeFolder("work");
  });
  afterAll(() => machine.stop());
}

const run = (action: string, input: unknown) => machine.run(action, input, { workingDirectory: "C:\\work" });
const atC = (...parts: readonly string[]) => machine.prefix.path(...parts);

/** A value as reg.exe shows it: `TYPE data`, or undefined if there is none. */
async function valueOf(key: string, name: string): Promise<string | undefined> {
  const text = await machine.prefix.run("reg.exe", ["query", key, ...(name === "" ? ["/ve"] : ["/v", name])]).catch(() => undefined);
  return text === undefined ? undefined : /(REG_\w+ {4}.*?)\r?\n/.exec(text)?.[1]?.replace(/ {4}/, " ");
}

describeOnWindows(`chapter 19: SetRegistry on Windows${needs}`, () => {
  test.each([
    ["HKCU:\\Software\\Test", "HKCU\\Software\\Test"],
    ["HKEY_CURRENT_USER\\Software\\Test\\At\\Length", "HKCU\\Software\\Test\\At\\Length"],
    ["HKLM:\\SOFTWARE\\MySoftWare", "HKLM\\SOFTWARE\\MySoftWare"],
    ["hkey_local_machine\\software\\\\lower case\\", "HKLM\\SOFTWARE\\lower case"],
    ["HKCR:\\.example", "HKCR\\.example"],
    ["HKEY_CLASSES_ROOT\\.example2", "HKCR\\.example2"],
    ["HKU:\\.DEFAULT\\Software\\Test", "HKU\\.DEFAULT\\Software\\Test"],
    ["HKEY_USERS\\.DEFAULT\\Software\\Test2", "HKU\\.DEFAULT\\Software\\Test2"],
    ["HKCC:\\Software\\Test", "HKCC\\Software\\Test"],
    ["HKEY_CURRENT_CONFIG\\Software\\Test2", "HKCC\\Software\\Test2"],
  ])("%s is made, and its value set", async (path, key) => {
    const { result } = await run("SetRegistry", { path, name: "Some name", value: "some text", type: "SZ" });
    expect([result, await valueOf(key, "Some name")]).toEqual([{ status: "succeeded" }, "REG_SZ some text"]);
  });

  test.each([
    ["SZ", "", "REG_SZ "],
    ["SZ", 'say "hi" & %PATH% | more \\', 'REG_SZ say "hi" & %PATH% | more \\'],
    ["SZ", "/f", "REG_SZ /f"],
    ["EXPAND_SZ", "%SystemRoot%\\a", "REG_EXPAND_SZ %SystemRoot%\\a"],
    ["MULTI_SZ", ["one", "two, 2", "a|b"], "REG_MULTI_SZ one\\0two, 2\\0a|b"],
    ["MULTI_SZ", "one", "REG_MULTI_SZ one"],
    ["MULTI_SZ", [], "REG_MULTI_SZ "],
    ["DWORD", "1.1", "REG_DWORD 0x1"],
    ["DWORD", "4294967295", "REG_DWORD 0xffffffff"],
    ["DWORD", "0x10", "REG_DWORD 0x10"],
    ["BINARY", "00 fF,10", "REG_BINARY 00FF10"],
    ["BINARY", ["0", "0x1f", "255"], "REG_BINARY 001FFF"],
  ])("%s with the value %j", async (type, value, shown) => {
    await run("SetRegistry", { path: "HKCU:\\Types", name: type, value, type });
    expect(await valueOf("HKCU\\Types", type)).toBe(shown);
  });

  // the window's code page and reg.exe query of Wine lack these
  test.each([
    ["SZ", "zażółć 🐢", '"zażółć 🐢"'],
    ["MULTI_SZ", ["ü", "🐢"], "hex(7):fc,00,00,00,3d,d8,22,dc,00,00,00,00"],
    ["QWORD", "18446744073709551615", "hex(b):ff,ff,ff,ff,ff,ff,ff,ff"],
    ["QWORD", "0x1_0000_0002".replaceAll("_", ""), "hex(b):02,00,00,00,01,00,00,00"],
  ])("%s with the value %j, as exported", async (type, value, shown) => {
    await run("SetRegistry", { path: "HKCU:\\Exported", name: type, value, type });
    await machine.prefix.run("reg.exe", ["export", "HKCU\\Exported", "C:\\work\\exported.reg", "/y"]);
    const line = new RegExp(`^"${type}"=(.*)$`, "m").exec(readFileSync(atC("work/exported.reg"), "utf16le"))?.[1];
    expect(line?.trim()).toBe(shown);
  });

  test("the default value of a key, and a value that is there already", async () => {
    await run("SetRegistry", { path: "HKCU:\\Default", name: "", value: "old", type: "SZ" });
    const { log } = await run("SetRegistry", { path: "HKCU:\\Default", name: "", value: "1", type: "DWORD" });
    expect([await valueOf("HKCU\\Default", ""), log]).toEqual([
      "REG_DWORD 0x1",
      ['set the default value of "HKEY_CURRENT_USER\\\\Default"'],
    ]);
  });

  test("a key whose name is too long for Windows", async () => {
    const { result } = await run("SetRegistry", { path: `HKCU:\\${"x".repeat(300)}`, name: "a", value: "b", type: "SZ" });
    expect(result).toMatchObject({
      reason: expect.stringMatching(/^cannot set the value "a" of the key "HKEY_CURRENT_USER.*: Unable to access/),
    });
  });
});

describeOnWindows(`chapter 18: InstallMSI and UninstallMSI on Windows${needs}`, () => {
  // Wine has no Get-AuthenticodeSignature
  const UNCHECKED = { ignoreAuthenticodeSignatureErrors: true, allowUnsignedInstaller: true };
  const install = (inputs: object) => run("InstallMSI", { ...UNCHECKED, ...inputs });
  const uninstall = (inputs: object) => run("UninstallMSI", { ...UNCHECKED, ...inputs });
  const isInstalled = () => existsSync(atC("Program Files (x86)", "ExampleTool", "tool.txt"));
  const company = () => valueOf("HKLM\\Software\\Wow6432Node\\ExampleTool", "Company");

  test("a product is installed with properties and a log, and removed", async () => {
    const { result } = await install({
      ...{ path: "..\\tool.msi", logFile: "logs\\a b\\install.log", properties: { COMPANYNAME: "Amazon Web Services" } },
    });
    expect(result).toEqual({
      ...{ status: "succeeded", exitCode: 0, outputs: { stdout: "", logFile: "logs\\a b\\install.log", msiExitCode: 0 } },
    });
    expect([isInstalled(), await company()]).toEqual([true, "REG_SZ Amazon Web Services"]);
    expect(readFileSync(atC("work/logs/a b/install.log")).length).toBeGreaterThan(0);
    expect((await uninstall({ path: "C:/tool.msi" })).result).toMatchObject({
      status: "succeeded",
      outputs: { logFile: "", msiExitCode: 0 },
    });
    expect(isInstalled()).toBe(false);
  });

  // Wine drops quotes inside of a value, where Windows Installer reads two as one: the command line is proved at the port
  test.each([
    ['say "hi"', "say hi"],
    ['"Acme \\"Widgets\\" and \\"Gizmos.\\""', "Acme Widgets and Gizmos."],
    ['"Acme "Widgets" and "Gizmos.""', "Acme Widgets and Gizmos."],
    ["C:\\target\\", "C:\\target\\"],
    ["%PATH% & 'a' ^ |", "%PATH% & 'a' ^ |"],
    ['" REBOOT=Force COMPANYNAME="', " REBOOT=Force COMPANYNAME="],
  ])("the property %j arrives as one value", async (value, expected) => {
    const { result } = await install({ path: "C:\\tool.msi", properties: { COMPANYNAME: value } });
    expect([result, await company()]).toEqual([expect.objectContaining({ status: "succeeded", exitCode: 0 }), `REG_SZ ${expected}`]);
    await uninstall({ path: "C:\\tool.msi" });
  });

  test("a product that is not installed counts as removed", async () => {
    // Windows says 1605
    expect((await uninstall({ path: "C:\\tool.msi" })).result).toMatchObject({ status: "succeeded", exitCode: 0 });
  });

  test("a package from the web", async () => {
    const server = createServer((_, response) => response.end(readFileSync(atC("tool.msi"))));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const path = `http://127.0.0.1:${port}/tool.msi`;
      expect((await install({ path })).result).toMatchObject({ status: "succeeded" });
      expect(isInstalled()).toBe(true);
      expect((await uninstall({ path })).result).toMatchObject({ status: "succeeded" });
      expect([isInstalled(), existsSync(atC("work/package-1.msi"))]).toEqual([false, false]);
    } finally {
      server.close();
    }
  });

  test("a package from the web that is none is removed, and a missing one is not installed", async () => {
    const server = createServer((request, response) => void response.writeHead(request.url === "/bad.msi" ? 200 : 404).end("no package"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const bad = await install({ path: `http://127.0.0.1:${port}/bad.msi`, logFile: "bad.log" });
      expect(bad.result).toMatchObject({ status: "failed", reason: expect.stringMatching(/^msiexec exited with code 16\d\d/) });
      const none = await install({ path: `http://127.0.0.1:${port}/none.msi` });
      expect(none.result).toMatchObject({ status: "failed", reason: expect.stringContaining("404") });
      expect(readdirSync(atC("work")).filter((name) => name.endsWith(".msi"))).toEqual([]);
    } finally {
      server.close();
    }
  });

  test.each([
    ["Allow", { status: "reboot", resume: "next-step", delaySeconds: 0 }, []],
    ["Force", { status: "reboot", resume: "next-step", delaySeconds: 0 }, []],
    ["Skip", { status: "succeeded" }, ['the installer asks for a restart, which is skipped since "reboot" is Skip']],
  ])("an installer that asks for a restart, with reboot %s", async (reboot, expected, lines) => {
    const { result, log } = await install({ path: "C:\\restart.msi", reboot });
    expect([result, log]).toEqual([{ ...expected, exitCode: 3010, outputs: { stdout: "", logFile: "", msiExitCode: 3010 } }, lines]);
    await uninstall({ path: "C:\\restart.msi", reboot: "Skip" });
  });

  test("reboot Force restarts although the installer does not ask for it", async () => {
    expect((await install({ path: "C:\\tool.msi", reboot: "Force" })).result).toMatchObject({ status: "reboot", exitCode: 0 });
    await uninstall({ path: "C:\\tool.msi" });
  });

  test("msiexec finds the product in the package, wherever that is and whatever its name", async () => {
    await install({ path: "C:\\tool.msi" });
    await run("CopyFile", { source: "C:\\tool.msi", destination: "C:\\work\\some where\\else 1.msi" });
    expect((await uninstall({ path: "some where/else 1.msi" })).result).toMatchObject({ status: "succeeded", exitCode: 0 });
    expect(isInstalled()).toBe(false);
  });

  test("a log with options of one's own, to which the next one is added", async () => {
    const log = () => readFileSync(atC("work/a.log")).length;
    await install({ path: "C:\\tool.msi", logFile: "C:\\work\\a.log", logOptions: "i" });
    const first = log();
    await uninstall({ path: "C:\\tool.msi", logFile: "a.log", logOptions: "vx+" });
    expect([first > 0, log() > first]).toEqual([true, true]);
  });

  test("a package that is missing, and a file that is no package", async () => {
    expect((await install({ path: "no.msi" })).result).toEqual({
      ...{ status: "failed", reason: 'cannot read file "C:\\\\work\\\\no.msi": no such file or folder' },
    });
    await run("CreateFile", { path: "bad.msi", content: "x" });
    expect((await install({ path: "bad.msi" })).result).toMatchObject({
      ...{ status: "failed", reason: expect.stringMatching(/^msiexec exited with code 16\d\d/) },
    });
  });
});
