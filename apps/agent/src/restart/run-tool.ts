import { execFileSync } from "node:child_process";

const ADMINISTRATION = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";

/**
 * Runs a program of the system to its end and gives what it prints, one character a byte (latin1), as is what it reads. Its messages are in
 * English. Throws as execFileSync does where it cannot be started or fails.
 */
export function runTool(tool: string, parameters: readonly string[], input = ""): string {
  // the PATH that cron gives has no folder with programs for administrators
  const PATH = [process.env["PATH"], ADMINISTRATION].filter(Boolean).join(":");
  return execFileSync(tool, parameters, { input: Buffer.from(input, "latin1"), encoding: "latin1", env: { ...process.env, PATH, LC_ALL: "C" }, stdio: ["pipe", "pipe", "pipe"] });
}
