import { execFileSync } from "node:child_process";

const ADMINISTRATION = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";

// how often a program is started that is told to end before it has done its work
const MOST_STARTS = 5;

/**
 * Runs a program of the system to its end and gives what it prints, one character a byte (latin1), as is what it reads. Its messages are in
 * English. A machine that goes down ends all that the agent's unit runs, this program too if it has just begun: it is started again then, so
 * it has to be one that may run twice. Throws as execFileSync does where it cannot be started or fails. Unlike node-host's runProgram it lets
 * nothing else happen meanwhile: what decides about a restart must not be overtaken by the signal that ends the agent.
 */
export function runTool(tool: string, parameters: readonly string[], input = ""): string {
  for (let starts = 1; ; starts++) {
    try {
      return runOnce(tool, parameters, input);
    } catch (thrown) {
      const { signal } = thrown as { signal?: NodeJS.Signals | null };
      if ((signal !== "SIGTERM" && signal !== "SIGHUP") || starts === MOST_STARTS) throw thrown;
    }
  }
}

function runOnce(tool: string, parameters: readonly string[], input: string): string {
  // the PATH that cron gives has no folder with programs for administrators
  const PATH = [process.env["PATH"], ADMINISTRATION].filter(Boolean).join(":");
  return execFileSync(tool, parameters, {
    input: Buffer.from(input, "latin1"),
    encoding: "latin1",
    env: { ...process.env, PATH, LC_ALL: "C" },
    stdio: ["pipe", "pipe", "pipe"],
  });
}
