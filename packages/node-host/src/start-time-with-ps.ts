import { collectOutput } from "./collect-output.js";
import { inheritedEnvironment } from "./inherited-environment.js";
import { RunningProgram } from "./running-program.js";
import { startProcess } from "./start-process.js";

/** When a process was started, in seconds since 1970, for systems without /proc, such as macOS; undefined if `ps` does not tell. */
export async function startTimeWithPs(pid: number): Promise<number | undefined> {
  // the date is in the language and the time zone of the caller
  const environment = { ...inheritedEnvironment(), LC_ALL: "C", TZ: "UTC" };
  const ps = { file: "ps", arguments: ["-o", "lstart=", "-p", String(pid)], workingDirectory: "/", environment };
  const { stdout } = await collectOutput((onOutput) => new RunningProgram(startProcess, ps, { onOutput }).end);
  const milliseconds = Date.parse(`${stdout.trim()} UTC`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}
