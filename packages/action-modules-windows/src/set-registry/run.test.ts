import { runAction } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ON_WINDOWS, WindowsStandIn, type Answer } from "../testing/windows-stand-in.js";
import { setRegistry } from "./index.js";
import type { ValueType } from "./value-types.js";

const KEY = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Test";
const INPUT = { path: "HKLM:\\SOFTWARE\\Test", name: "A name", value: "text", type: "SZ" } as const;

async function set(answer: Answer, input: { readonly value?: string | string[]; readonly type?: ValueType; readonly name?: string } = {}) {
  const windows = new WindowsStandIn(answer);
  const ran = await runAction(setRegistry, { ...INPUT, ...input }, { ...ON_WINDOWS, host: windows.host });
  return { ...ran, command: windows.commands[0] };
}

// what reg.exe does with them is proved under Wine
describe("chapter 19: what SetRegistry gives to reg.exe", () => {
  test.each([
    ["SZ", "some text", ["/t", "REG_SZ", "/d", "some text"]],
    ["EXPAND_SZ", "%TEMP%", ["/t", "REG_EXPAND_SZ", "/d", "%TEMP%"]],
    ["MULTI_SZ", ["a", "b|c"], ["/t", "REG_MULTI_SZ", "/s", ";", "/d", "a;b|c"]],
    ["MULTI_SZ", [], ["/t", "REG_MULTI_SZ", "/s", "|", "/d", ""]],
    ["DWORD", "1.1", ["/t", "REG_DWORD", "/d", "1"]],
    ["QWORD", "0x10", ["/t", "REG_QWORD", "/d", "16"]],
    ["BINARY", "00 ff,10", ["/t", "REG_BINARY", "/d", "00ff10"]],
  ] as const)("%s with %j", async (type, value, expected) => {
    const { command, result } = await set({}, { type, value: typeof value === "string" ? value : [...value] });
    expect([result, command]).toEqual([
      { status: "succeeded" },
      {
        file: "D:\\Windows\\System32\\reg.exe",
        arguments: ["add", KEY, "/v", "A name", ...expected, "/f"],
        workingDirectory: "C:\\work",
        environment: ON_WINDOWS.environment,
      },
    ]);
  });

  test("the default value of a key", async () => {
    expect((await set({}, { name: "" })).command?.arguments.slice(0, 3)).toEqual(["add", KEY, "/ve"]);
  });
});

describe("chapter 19: SetRegistry fails with what reg.exe says", () => {
  test.each<[string, Answer, string]>([
    ["access is denied", { exit: 1, stderr: "ERROR: Access is denied.\r\n" }, "Access is denied."],
    ["in another language", { exit: 1, stderr: "FEHLER: Zugriff verweigert\r\n\r\n" }, "FEHLER: Zugriff verweigert"],
    ["on the other stream", { exit: 1, stdout: "reg: Unable to access\r\n" }, "Unable to access"],
    ["nothing at all", { exit: 5 }, "reg.exe exited with code 5"],
  ])("%s", async (_, answer, reason) => {
    const { result, log } = await set(answer);
    expect([result, log]).toEqual([
      { status: "failed", reason: `cannot set the value "A name" of the key ${JSON.stringify(KEY)}: ${reason}` },
      [],
    ]);
  });

  test.each<[string, Answer["exit"], string]>([
    ["not started", { kind: "not-started", reason: 'the program "reg.exe" was not found' }, 'the program "reg.exe" was not found'],
    ["ended by another program", { kind: "killed", signal: "SIGKILL" }, "it was ended"],
  ])("reg.exe is %s", async (_, exit, reason) => {
    const { result } = await set({ ...(exit !== undefined && { exit }) });
    expect(result).toMatchObject({ status: "failed", reason: expect.stringContaining(reason) });
  });
});
