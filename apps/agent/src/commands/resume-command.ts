import { resolve } from "node:path";
import { shellWord } from "@imagewright/diagnostics";
import type { RunSettings } from "./run-settings.js";

/** The command that goes on with a run whose process has ended. */
export function resumeCommand({ executionId, stateDirectory }: Pick<RunSettings, "executionId" | "stateDirectory">): string {
  return ["ib-agent", "run", "--resume", executionId, "--state-directory", resolve(stateDirectory)].map(shellWord).join(" ");
}
