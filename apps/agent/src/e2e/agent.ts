import { spawn } from "node:child_process";
import { join } from "node:path";

export const EXECUTABLE = join(import.meta.dirname, "..", "..", "dist", `ib-agent-${process.platform}-${process.arch}`);

export interface AgentRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface AgentOptions {
  readonly folder: string;
  readonly environment?: Record<string, string>;
  /** A program that starts the agent, given as its arguments. */
  readonly through?: string;
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
  /** Called with all of standard error so far, after each chunk. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the packed agent as on a host: without Node in its environment, with nothing inherited. */
export function ibAgent(
  parameters: readonly string[],
  { folder, environment = {}, through, onStart, onStderr }: AgentOptions,
): Promise<AgentRun> {
  return new Promise((resolve, reject) => {
    const [file, given] = through === undefined ? [EXECUTABLE, parameters] : [through, [EXECUTABLE, ...parameters]];
    const child = spawn(file, given, { cwd: folder, env: { PATH: "/usr/bin:/bin", ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      onStderr?.(stderr, (signal) => child.kill(signal));
    });
    onStart?.((signal) => child.kill(signal));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}
