import type { ActionContext, ActionFailed, CutText, ProcessCommand, ProcessExit } from "@imagewright/action-contract";
import { CommandOutput } from "./command-output.js";

/** How a command has ended, and the beginning of what it has printed. */
export interface ShownRun {
  readonly exit: ProcessExit;
  readonly stdout: string | CutText;
}

/** Runs a program for a step: all its output goes to the log, standard output is kept. */
export async function runShown(
  command: Pick<ProcessCommand, "file" | "arguments" | "verbatimArguments">,
  { host, workingDirectory, environment, signal, output }: ActionContext,
): Promise<ShownRun> {
  const stdout = new CommandOutput();
  const exit = await host.processes.run(
    { ...command, workingDirectory, environment },
    {
      signal,
      onOutput: (stream, chunk) => {
        if (stream === "stdout") stdout.push(chunk);
        output(stream, chunk);
      },
    },
  );
  return { exit, stdout: stdout.value };
}

/** The result of a step whose command has no exit code. */
export function failureWithoutCode(
  exit: Exclude<ProcessExit, { readonly kind: "exited" }>,
  outputs: ActionFailed["outputs"],
): ActionFailed {
  switch (exit.kind) {
    case "not-started":
      return { status: "failed", reason: exit.reason };
    case "aborted":
      return { status: "failed", reason: "the command was stopped", ...(outputs && { outputs }) };
    case "killed":
      return { status: "failed", reason: `the command was killed by ${exit.signal}`, ...(outputs && { outputs }) };
  }
}
