import { basename } from "node:path";
import type { ActionContext, ActionResult, Platform } from "@imagewright/action-contract";
import { failureWithoutCode, runShown, type ShownRun } from "./run-shown.js";
import { UnrunCommands, type UnrunCommand } from "./unrun/unrun-commands.js";
import { missingAdvice, unrunAdvice } from "./unrun/unrun-advice.js";
import { warningOf } from "./unrun/unrun-warning.js";

/** The exit code with which a command asks for a restart of the machine, after which the same step runs again. */
const REBOOT_EXIT_CODES: Readonly<Record<Platform, number>> = { linux: 194, darwin: 194, windows: 3010 };

/** The script that a program runs: the path by which its messages name it, and its lines as the input has them. */
export interface RunScript {
  readonly path: string;
  readonly commands: readonly string[];
}

/**
 * Runs a program for a step: its output goes to the log, standard output is kept, the exit code decides. Commands that the program could
 * not run are warnings if it succeeds all the same, and hints if it fails.
 */
export async function runCommand(
  file: string,
  parameters: readonly string[],
  context: ActionContext,
  script?: RunScript,
): Promise<ActionResult> {
  const unrun = new UnrunCommands(script?.path);
  const output: ActionContext["output"] = (stream, chunk) => {
    unrun.push(stream, chunk);
    context.output(stream, chunk);
  };
  const { exit, stdout } = await runShown({ file, arguments: parameters }, { ...context, output });
  if (exit.kind === "exited") return resultOf(exit.code, { outputs: { stdout }, unrun: unrun.end(), script }, context);
  const isMissing = exit.kind === "not-started" && exit.isNotFound === true && basename(file) === file;
  return { ...failureWithoutCode(exit, { stdout }), ...(isMissing && { hints: await missingAdvice(file, context.host) }) };
}

interface Ended {
  readonly outputs: Pick<ShownRun, "stdout">;
  readonly unrun: readonly UnrunCommand[];
  readonly script: RunScript | undefined;
}

async function resultOf(exitCode: number, { outputs, unrun, script }: Ended, { host }: ActionContext): Promise<ActionResult> {
  if (exitCode === 0) {
    const warnings = await Promise.all(unrun.map((command) => warningOf(command, script?.commands ?? [], host)));
    return { status: "succeeded", exitCode, outputs, ...(warnings.length > 0 && { warnings }) };
  }
  if (exitCode === REBOOT_EXIT_CODES[host.platform]) return { status: "reboot", resume: "same-step", delaySeconds: 0, exitCode, outputs };
  const advice = (await Promise.all(unrun.map((command) => unrunAdvice(command, host)))).flat();
  const meaning = HINTS[host.platform][exitCode];
  const isKnown = meaning === undefined || (meaning === NO_PROGRAM && advice.length > 0);
  const hints = [...new Set([...advice, ...(isKnown ? [] : [meaning])])];
  return { status: "failed", reason: `the command exited with code ${exitCode}`, hints, exitCode, outputs };
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
