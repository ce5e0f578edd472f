import type { ActionContext, ProcessCommand } from "@imagewright/action-contract";
import { windowsActionError } from "../errors.js";
import { POWER_SHELL_OPTIONS, powerShellEnvironment, powerShellProgram } from "../power-shell/power-shell.js";

/** How a program whose output is for this package has ended. */
export interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

// Windows Update can have hundreds of updates, with some 200 characters each
const MOST_KEPT_CHARACTERS = 1024 * 1024;

/** Runs Windows PowerShell, whose output is not shown, with further variables. Throws if it cannot run to its end. */
export function askPowerShell(
  parameters: readonly string[],
  context: ActionContext,
  further: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const { environment } = context;
  const command = { file: powerShellProgram(environment), arguments: [...POWER_SHELL_OPTIONS, ...parameters] };
  return askProgram(command, { ...context, environment: { ...powerShellEnvironment(environment), ...further } });
}

/** Runs a program of Windows whose output is not shown. Throws if it cannot run to its end. */
export async function askProgram(
  command: Pick<ProcessCommand, "file" | "arguments">,
  { host, workingDirectory, environment, signal }: ActionContext,
): Promise<Answer> {
  const printed = { stdout: "", stderr: "" };
  const exit = await host.processes.run(
    { ...command, workingDirectory, environment },
    {
      signal,
      onOutput: (stream, chunk) => {
        printed[stream] = `${printed[stream]}${Buffer.from(chunk).toString()}`.slice(-MOST_KEPT_CHARACTERS);
      },
    },
  );
  if (exit.kind === "exited") return { exitCode: exit.code, ...printed };
  signal.throwIfAborted();
  throw windowsActionError("program-not-run", { file: command.file, reason: exit.kind === "not-started" ? exit.reason : "it was ended" });
}

/** What PowerShell did in place of an answer that can be read. */
export function withoutAnswer({ exitCode }: Answer): string {
  return exitCode === 0 ? "PowerShell printed nothing" : `PowerShell exited with code ${exitCode}`;
}

/** The last line that a program has printed, without what it begins error messages with. */
export function lastLine({ stdout, stderr }: Answer): string | undefined {
  const lines = `${stdout}\n${stderr}`.split(/\r?\n/).map((line) => line.trim());
  return lines.findLast((line) => line !== "")?.replace(/^(ERROR|reg): /i, "");
}
