import type { ActionContext, ActionResult, Platform } from "@imagewright/action-contract";
import { failureWithoutCode, runShown, type ShownRun } from "./run-shown.js";

/** The exit code with which a command asks for a restart of the machine, after which the same step runs again. */
const REBOOT_EXIT_CODES: Readonly<Record<Platform, number>> = { linux: 194, darwin: 194, windows: 3010 };

/** Runs a program for a step: its output goes to the log, standard output is kept, the exit code decides. */
export async function runCommand(file: string, parameters: readonly string[], context: ActionContext): Promise<ActionResult> {
  const { exit, stdout } = await runShown({ file, arguments: parameters }, context);
  return exit.kind === "exited" ? resultOf(exit.code, { stdout }, context) : failureWithoutCode(exit, { stdout });
}

function resultOf(exitCode: number, outputs: Pick<ShownRun, "stdout">, { host }: ActionContext): ActionResult {
  if (exitCode === 0) return { status: "succeeded", exitCode, outputs };
  if (exitCode === REBOOT_EXIT_CODES[host.platform]) return { status: "reboot", resume: "same-step", delaySeconds: 0, exitCode, outputs };
  const hint = HINTS[host.platform][exitCode];
  return {
    status: "failed",
    reason: `the command exited with code ${exitCode}`,
    hints: hint === undefined ? [] : [hint],
    exitCode,
    outputs,
  };
}

const NO_PROGRAM = "a program was not found; install it in an earlier step, or give its full path";

const UNIX_HINTS: Readonly<Record<number, string>> = {
  126: "a file is not executable; SetFilePermissions can make it so",
  127: NO_PROGRAM,
  137: "the command was killed, perhaps because memory ran out",
};

/** The meaning of exit codes of shells and of Windows itself. */
const HINTS: Readonly<Record<Platform, Readonly<Record<number, string>>>> = {
  linux: UNIX_HINTS,
  darwin: UNIX_HINTS,
  windows: {
    9009: NO_PROGRAM,
    // the system's own codes are shown as unsigned numbers
    0xc0000005: "the program has crashed: it used memory that is not its own",
    0xc0000135: "the program needs a DLL that was not found; install what it depends on in an earlier step",
  },
};
