import { existsSync, rmSync } from "node:fs";
import { win32 } from "node:path";
import { windowsAccount, writeAtomically } from "@imagewright/node-host";
import { ToolFailure } from "./run-tool.js";
import { runWindowsTool } from "./run-windows-tool.js";
import { attemptTrigger, type ResumedRun, type Trigger } from "./trigger.js";
import { windowsCommandLine } from "./windows-command-line.js";

/** A task of Windows that starts with the system, whoever is logged on. Its definition stays in the run's state as long as it is set. */
export function taskTrigger(stateDirectory: string): Trigger {
  const definitionOf = (executionId: string) => win32.join(stateDirectory, executionId, "task.xml");
  return {
    set(run) {
      const path = definitionOf(run.executionId);
      attemptTrigger("schtasks /Create", () => {
        writeAtomically(path, Buffer.from(`\ufeff${taskOf(run, ownSid())}`, "utf16le"), { sync: false });
        runWindowsTool("schtasks.exe", ["/Create", "/TN", nameOf(run.executionId), "/XML", path, "/F"]);
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

// the system, local service and network service: accounts of Windows that have no password
const SERVICES: readonly string[] = ["S-1-5-18", "S-1-5-19", "S-1-5-20"];

/**
 * The definition of a task in an account, by its SID: a service account of Windows, or a user's without a password (S4U), who then cannot
 * use shares of the network. Without a limit of time, on batteries too, and with the priority of other programs: tasks have a lower one.
 */
export function taskOf({ executionId, command: [program = "", ...parameters] }: ResumedRun, sid: string): string {
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Imagewright run ${executionId} after a restart</Description></RegistrationInfo>
  <Triggers><BootTrigger /></Triggers>
  <Principals>
    <Principal id="run">
      <UserId>${sid}</UserId>
      ${SERVICES.includes(sid) ? "" : "<LogonType>S4U</LogonType>\n      "}<RunLevel>HighestAvailable</RunLevel>
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

function ownSid(): string {
  const account = windowsAccount();
  if (account === undefined) throw new Error("Windows does not tell the account of this process");
  return account.sid;
}

export function nameOf(executionId: string): string {
  return `Imagewright ${executionId}`;
}

const CHARACTERS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => CHARACTERS[character] ?? character);
}
