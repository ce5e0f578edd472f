import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ToolFailure } from "./run-tool.js";
import { taskOf, taskTrigger, type TaskPorts } from "./task-trigger.js";
import { windowsCommandLine } from "./windows-command-line.js";

const PROGRAM = "C:\\Program Files\\a & b\\ib-agent.exe";
const FAILED = new ToolFailure("schtasks.exe", { kind: "exited", code: 1, stdout: "", stderr: "ERROR: Access is denied.\r\n" });

interface Account {
  readonly sid: string;
  readonly name?: string;
  readonly isAdministrator?: boolean;
}

/** What Windows is asked when the task of a run is set in an account: the command line of schtasks and elements of the definition. */
function set({ sid, name, isAdministrator = true }: Account, runTool?: TaskPorts["runTool"]) {
  return withTemporaryFolder((folder) => {
    const asked: string[] = [];
    const ports: TaskPorts = {
      account: () => ({ sid, isAdministrator }),
      accountName: () => name,
      runTool: runTool ?? ((tool, parameters) => void asked.push(tool, ...parameters)),
    };
    mkdirSync(join(folder, "mine"));
    taskTrigger(folder, ports).set({ executionId: "mine", command: [PROGRAM, "run", "--resume", "mine"] });
    const text = readFileSync(join(folder, "mine", "task.xml"), "utf16le");
    const element = (tag: string) => new RegExp(`<${tag}>(.*)</${tag}>`, "s").exec(text)?.[1];
    return Promise.resolve({
      line: windowsCommandLine(asked).replace(folder, "STATE"),
      definition: ["UserId", "LogonType", "Command", "Arguments"].map(element),
    });
  });
}

const LINE = 'schtasks.exe /Create /TN "Imagewright mine" /XML STATE/mine/task.xml /F';
const STARTS = ["C:\\Program Files\\a &amp; b\\ib-agent.exe", "run --resume mine"];
const USER = "S-1-5-21-1-2-3-1001";

describe("the task that continues a run on Windows", () => {
  test.each([
    ["of a user is without a password", { sid: USER, name: "DOMAIN\\me" }, "S4U"],
    ["of a user whose name the domain does not tell, too", { sid: USER }, "S4U"],
    ["of the system has none", { sid: "S-1-5-18", name: "DOMAIN\\MACHINE$" }, undefined],
    ["of local service has none", { sid: "S-1-5-19" }, undefined],
    ["of network service has none", { sid: "S-1-5-20", name: "DOMAIN\\MACHINE$" }, undefined],
  ])("%s", async (_, account, logonType) => {
    expect(await set(account)).toEqual({ line: LINE, definition: [account.sid, logonType, ...STARTS] });
  });

  test("of a managed service account has the password that the domain keeps", async () => {
    expect(await set({ sid: USER, name: "DOMAIN\\builds$" })).toEqual({
      line: LINE.replace("/F", '/RU "DOMAIN\\builds$" /RP "" /F'),
      definition: [USER, "Password", ...STARTS],
    });
  });

  test.each([
    ["S-1-5-80-1-2-3-4-5", "NT SERVICE\\builds"],
    ["S-1-5-82-1-2-3-4-5", "IIS APPPOOL\\builds"],
    ["S-1-5-83-1-2-3-4-5", undefined],
  ])("cannot be of a virtual account: %s", async (sid, name) => {
    await expect(async () => set({ sid, ...(name !== undefined && { name }) })).rejects.toThrow(
      `"schtasks /Create" failed: ${JSON.stringify(name ?? sid)} is an account of a service alone, in which Windows runs no tasks; let another account run it`,
    );
  });

  test("needs an administrator, and says so to others whom Windows refuses", async () => {
    const refuse = () => {
      throw FAILED;
    };
    const message = '"schtasks /Create" failed: "schtasks.exe" ended with code 1: ERROR: Access is denied.';
    await expect(async () => set({ sid: USER }, refuse)).rejects.toThrow(new RegExp(`${message}$`));
    await expect(async () => set({ sid: "S-1-5-19", isAdministrator: false }, refuse)).rejects.toThrow(
      `${message}; a task that starts with Windows needs the rights of an administrator`,
    );
  });

  test("starts with the system, has no limit of time, and needs no mains", () => {
    const text = taskOf({ executionId: "mine", command: [PROGRAM] }, { sid: "S-1-5-18", logonType: undefined, parameters: [] });
    expect(text).toContain("<Triggers><BootTrigger /></Triggers>");
    expect(text).toContain("<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>");
    // in the order of the schema; 7, which is below that of other programs, without it
    expect(text).toMatch(/<ExecutionTimeLimit>PT0S<\/ExecutionTimeLimit>\s+<Priority>5<\/Priority>\s+<\/Settings>/);
    expect([...text.matchAll(/<(\w*Batteries)>false</g)].map(([, name]) => name)).toEqual([
      "DisallowStartIfOnBatteries",
      "StopIfGoingOnBatteries",
    ]);
  });
});

test.each([
  [["run", "C:\\a-b\\c.d"], "run C:\\a-b\\c.d"],
  [["", "two words", "C:\\two words\\"], '"" "two words" "C:\\two words\\\\"'],
  [['say "hi"', 'a\\"b', "\\\\server\\a b"], '"say \\"hi\\"" "a\\\\\\"b" "\\\\server\\a b"'],
  [["%PATH%", "a&b", "ü"], '"%PATH%" "a&b" "ü"'],
])("the command line of %j", (parameters, expected) => {
  expect(windowsCommandLine(parameters)).toBe(expected);
});
