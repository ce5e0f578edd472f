import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe } from "@jest/globals";
import { WindowsAgent, windowsProblem } from "./windows-agent.js";

/** Steps for documents of these tests: `C:\work\a.txt` is made and gets letters. */
export const CREATE = "{ name: Create, action: CreateFile, inputs: { path: 'C:\\work\\a.txt' } }";
export const APPEND = "{ name: Append, action: AppendFile, inputs: { path: 'C:\\work\\a.txt', content: x } }";
/** A step that makes `C:\work\waiting` and waits for `C:\work\go`. */
export const WAIT = "{ name: Wait, action: ExecuteBinary, inputs: { path: cmd.exe, arguments: [/c, wait.bat] } }";

// Windows has no command that waits without a console
const WAIT_FILE = "@echo.>waiting\r\n:again\r\n@if not exist go goto again\r\n";

/** What the tests of a file have of their Windows. */
export interface WindowsOfTests {
  readonly agent: () => WindowsAgent;
  /** The path on this machine of a path below `C:\`. */
  readonly atC: (...parts: readonly string[]) => string;
  /** The folder in which runs keep their state, on this machine, and the runs in it. */
  readonly stateFolder: () => string;
  readonly states: () => readonly string[];
  /** Writes `C:\work\doc.yml` with these steps of the phase build. */
  readonly write: (...steps: readonly string[]) => void;
}

/** Tests of the packed agent on a Windows of their own, with a new `C:\work` for each; skipped where that cannot be. */
export function describeOnWindows(title: string, body: (windows: WindowsOfTests) => void): void {
  const problem = windowsProblem();
  if (problem !== undefined) return describe.skip(`${title} (${problem})`, () => body(windowsOf(() => undefined as never)));
  describe(title, () => {
    let made: WindowsAgent;
    const windows = windowsOf(() => made);
    beforeAll(async () => {
      made = await WindowsAgent.make();
      await awaitTaskService(made);
    });
    beforeEach(async () => {
      rmSync(windows.atC("work"), { recursive: true, force: true });
      await made.prefix.makeFolder("work");
      writeFileSync(windows.atC("work", "wait.bat"), WAIT_FILE);
    });
    afterAll(() => made.prefix.remove());
    body(windows);
  });
}

const TASK = `\ufeff<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Actions><Exec><Command>cmd.exe</Command></Exec></Actions></Task>`;

/** Wine starts its service of tasks when it is first asked; on a busy machine that fails while the service is not ready. */
async function awaitTaskService({ prefix }: WindowsAgent): Promise<void> {
  writeFileSync(prefix.path("first-task.xml"), TASK, "utf16le");
  const schtasks = (...parameters: readonly string[]) => prefix.run("schtasks.exe", parameters);
  for (let triesLeft = 60; ; triesLeft--) {
    try {
      await schtasks("/Create", "/TN", "first", "/XML", "C:\\first-task.xml", "/F");
      break;
    } catch (thrown) {
      if (triesLeft === 0) throw thrown;
      await sleep(500);
    }
  }
  await schtasks("/Delete", "/TN", "first", "/F");
}

function windowsOf(agent: () => WindowsAgent): WindowsOfTests {
  const atC = (...parts: readonly string[]) => agent().prefix.path(...parts);
  const stateFolder = () => atC("ProgramData", "imagewright", "state");
  return {
    ...{ agent, atC, stateFolder },
    states: () => readdirSync(stateFolder()).filter((name) => !name.startsWith(".")),
    write: (...steps) =>
      writeFileSync(
        atC("work", "doc.yml"),
        `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n${steps.map((step) => `      - ${step}\n`).join("")}`,
      ),
  };
}
