import { execFileSync } from "node:child_process";

const ADMINISTRATION = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";

// how often a program is started if it is terminated before it has finished
const MOST_STARTS = 5;

/**
 * Runs a program of the system to its end and returns its output, one character per byte (latin1), like its input. Its messages are in
 * English. A shutdown ends all processes of the agent's unit, including this program: it is then started again, so
 * it must be safe to run twice. Throws as execFileSync does if it cannot be started or fails. Unlike node-host's runProgram it lets
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
  // cron's PATH lacks the folders with programs for administrators
  const PATH = [process.env["PATH"], ADMINISTRATION].filter(Boolean).join(":");
  return execFileSync(tool, parameters, {
    input: Buffer.from(input, "latin1"),
    encoding: "latin1",
    env: { ...process.env, PATH, LC_ALL: "C" },
    stdio: ["pipe", "pipe", "pipe"],
  });
}
