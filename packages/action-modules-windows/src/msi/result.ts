import type { ActionOutputs, ActionResult } from "@imagewright/action-contract";

/** Outputs of a run that has ended with an exit code. */
export interface MsiOutputs extends ActionOutputs {
  /** As the input has it; empty without. */
  readonly logFile: string;
}

export type RebootSetting = "Allow" | "Force" | "Skip";

/** The exit codes of msiexec, from Microsoft's list. */
const RESTART_CODES: ReadonlySet<number> = new Set([1641, 3010]);
const NOT_INSTALLED = 1605;
const SUCCESS_CODES = { "/i": new Set([0, 1614, 1641, 3010]), "/x": new Set([0, NOT_INSTALLED, 1614, 1641, 3010]) };

const REASONS: Readonly<Record<number, string>> = {
  1601: "the Windows Installer service cannot be reached",
  1602: "the installer was cancelled",
  1603: "the installer failed",
  [NOT_INSTALLED]: "the product is not installed",
  1618: "another installation is in progress",
  1619: "the package cannot be opened",
  1620: "the package cannot be opened: it is not valid for Windows Installer",
  1622: "the log file cannot be written",
  1624: "a transform of the package is not valid",
  1625: "a policy of the system forbids this installation",
  1633: "the package is for another architecture",
  1638: "another version of this product is installed",
  1639: "msiexec does not take its command line",
  1640: "the installer does not run in a remote session",
};

/** What an end of msiexec is for the step (guide chapter 18). */
export function msiResult(
  exitCode: number,
  { verb, reboot, log }: { readonly verb: "/i" | "/x"; readonly reboot: RebootSetting; readonly log: (line: string) => void },
  outputs: MsiOutputs,
): ActionResult {
  if (!SUCCESS_CODES[verb].has(exitCode)) {
    const reason = REASONS[exitCode] === undefined ? "" : `: ${REASONS[exitCode]}`;
    return {
      status: "failed",
      reason: `msiexec exited with code ${exitCode}${reason}`,
      hints: hintsFor(exitCode, outputs),
      exitCode,
      outputs,
    };
  }
  const isAsked = RESTART_CODES.has(exitCode);
  if (reboot === "Force" || (reboot === "Allow" && isAsked))
    return { status: "reboot", resume: "next-step", delaySeconds: 0, exitCode, outputs };
  if (isAsked) log('the installer asks for a restart, which is skipped since "reboot" is Skip');
  return { status: "succeeded", exitCode, outputs };
}

function hintsFor(exitCode: number, { logFile }: MsiOutputs): string[] {
  if (exitCode === 1618) return ["give the step more attempts with maxAttempts, or wait in a step before"];
  return logFile === "" ? ['set "logFile" to get a log of the installer'] : [`the log of the installer says more: ${logFile}`];
}
