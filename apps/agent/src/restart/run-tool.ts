import { quote } from "@imagewright/diagnostics";
import { inheritedEnvironment, runProgramSync, type ProgramExit } from "@imagewright/node-host";

const ADMINISTRATION = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";

// how often a program is started if it is terminated before it has finished
const MOST_STARTS = 5;

/** A program of the system could not be started, or did not succeed. */
export class ToolFailure extends Error {
  constructor(
    tool: string,
    readonly exit: ProgramExit,
  ) {
    super(describeExit(tool, exit));
  }
}

/**
 * Runs a program of the system to its end and returns its output, one character for each byte (latin1), like its input. Its messages are in
 * English. A shutdown ends all processes of the agent's unit, including this program: it is then started again, so it must be safe to run
 * twice. Throws a ToolFailure. Nothing else happens meanwhile: what decides about a restart must not be overtaken by the signal that ends
 * the agent.
 */
export function runTool(tool: string, parameters: readonly string[], input = ""): string {
  // cron's PATH lacks the folders with programs for administrators
  const PATH = [process.env["PATH"], ADMINISTRATION].filter(Boolean).join(":");
  const environment = { ...inheritedEnvironment(), PATH, LC_ALL: "C" };
  for (let starts = 1; ; starts++) {
    const exit = runProgramSync({ file: tool, arguments: parameters, environment, input });
    if (exit.kind === "exited" && exit.code === 0) return exit.stdout;
    const isTerminated = exit.kind === "killed" && (exit.signal === "SIGTERM" || exit.signal === "SIGHUP");
    if (!isTerminated || starts === MOST_STARTS) throw new ToolFailure(tool, exit);
  }
}

function describeExit(tool: string, exit: ProgramExit): string {
  if (exit.kind === "not-started") return exit.reason;
  if (exit.kind === "timed-out") return `${quote(tool)} hung, and was ended after a minute`;
  const how = exit.kind === "exited" ? `ended with code ${exit.code}` : `was ended${exit.kind === "killed" ? ` by ${exit.signal}` : ""}`;
  const problem = exit.stderr.trim();
  return `${quote(tool)} ${how}${problem === "" ? "" : `: ${problem}`}`;
}
