import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { windowsAccount, windowsAccountName, writeAtomically, type WindowsAccount } from "@imagewright/node-host";
import { ToolFailure } from "./run-tool.js";
import { runWindowsTool } from "./run-windows-tool.js";
import { taskAccount, type TaskAccount } from "./task-account.js";
import { attemptTrigger, type ResumedRun, type Trigger } from "./trigger.js";
import { windowsCommandLine } from "./windows-command-line.js";

/** What setting a task needs of Windows. */
export interface TaskPorts {
  readonly account: () => WindowsAccount | undefined;
  readonly accountName: () => string | undefined;
  /** Throws a ToolFailure. */
  readonly runTool: (tool: string, parameters: readonly string[]) => void;
}

const WINDOWS: TaskPorts = { account: windowsAccount, accountName: windowsAccountName, runTool: runWindowsTool };

/** A task of Windows that starts with the system, whoever is logged on. Its definition stays in the run's state as long as it is set. */
export function taskTrigger(stateDirectory: string, ports = WINDOWS): Trigger {
  const definitionOf = (executionId: string) => join(stateDirectory, executionId, "task.xml");
  return {
    set(run) {
      const path = definitionOf(run.executionId);
      attemptTrigger("schtasks /Create", () => {
        const own = ports.account();
        if (own === undefined) throw new Error("Windows does not tell the account of this process");
        const account = taskAccount(own.sid, ports.accountName);
        writeAtomically(path, Buffer.from(`\ufeff${taskOf(run, account)}`, "utf16le"), { sync: false });
        const parameters = ["/Create", "/TN", nameOf(run.executionId), "/XML", path, ...account.parameters, "/F"];
        create(parameters, ports.runTool, own.isAdministrator);
      });
    },
    clear(executionId) {
      const path = definitionOf(executionId);
      if (!existsSync(path)) return;
      removeTask(executionId);
      rmSync(path, { force: true });
    },
  };
}

function create(parameters: readonly string[], runTool: TaskPorts["runTool"], isAdministrator: boolean): void {
  try {
    runTool("schtasks.exe", parameters);
  } catch (thrown) {
    if (isAdministrator) throw thrown;
    // local service and network service are no administrators either
    throw new Error(`${(thrown as Error).message}; a task that starts with Windows needs the rights of an administrator`, {
      cause: thrown,
    });
  }
}

/**
 * Removes a task, whether its definition is still there or not. One that stays would start a run that has ended. Returns false if it stays.
 * schtasks.exe ends with the same code if there is no task and if it could not remove it, so it is asked for the task then.
 */
export function removeTask(executionId: string): boolean {
  const named = ["/TN", nameOf(executionId)];
  for (let left = MOST_STARTS; left > 0; left--)
    if (failureOf(["/Delete", ...named, "/F"]) === undefined || isNoTask(failureOf(["/Query", ...named]))) return true;
  return false;
}

// how often schtasks.exe is started if the task stays
const MOST_STARTS = 3;

function isNoTask(failure: ToolFailure | undefined): boolean {
  return failure?.exit.kind === "exited" && failure.exit.code === 1;
}

function failureOf(parameters: readonly string[]): ToolFailure | undefined {
  try {
    runWindowsTool("schtasks.exe", parameters);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ToolFailure) return thrown;
    throw thrown;
  }
}

/**
 * The definition of a task. Without a limit of time, on batteries too, and with the priority of other programs: tasks have a lower one.
 */
export function taskOf({ executionId, command: [program = "", ...parameters] }: ResumedRun, { sid, logonType }: TaskAccount): string {
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Imagewright run ${executionId} after a restart</Description></RegistrationInfo>
  <Triggers><BootTrigger /></Triggers>
  <Principals>
    <Principal id="run">
      <UserId>${sid}</UserId>
      ${logonType === undefined ? "" : `<LogonType>${logonType}</LogonType>\n      `}<RunLevel>HighestAvailable</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>5</Priority>
  </Settings>
  <Actions Context="run">
    <Exec>
      <Command>${escape(program)}</Command>
      <Arguments>${escape(windowsCommandLine(parameters))}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
}

export function nameOf(executionId: string): string {
  return `Imagewright ${executionId}`;
}

const CHARACTERS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => CHARACTERS[character] ?? character);
}
