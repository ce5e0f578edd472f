import { describe, expect, test } from "@jest/globals";
import { taskOf } from "./task-trigger.js";
import { windowsCommandLine } from "./windows-command-line.js";

const PROGRAM = "C:\\Program Files\\a & b\\ib-agent.exe";

/** The texts of a task's elements. */
function read(command: readonly string[], sid: string) {
  const text = taskOf({ executionId: "mine", command }, sid);
  const element = (name: string) => new RegExp(`<${name}>(.*)</${name}>`, "s").exec(text)?.[1];
  return [element("UserId"), element("LogonType"), element("Command"), element("Arguments")];
}

describe("the task that continues a run on Windows", () => {
  test("of a user, without a password", () => {
    expect(read([PROGRAM, "run", "--resume", "mine"], "S-1-5-21-1-2-3-1001")).toEqual([
      ...["S-1-5-21-1-2-3-1001", "S4U", "C:\\Program Files\\a &amp; b\\ib-agent.exe", "run --resume mine"],
    ]);
  });

  test.each(["S-1-5-18", "S-1-5-19", "S-1-5-20"])("of the service account %s, which has no password", (sid) => {
    expect(read([PROGRAM, "run"], sid).slice(0, 2)).toEqual([sid, undefined]);
  });

  test("starts with the system, has no limit of time, and needs no mains", () => {
    const text = taskOf({ executionId: "mine", command: [PROGRAM] }, "S-1-5-18");
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
