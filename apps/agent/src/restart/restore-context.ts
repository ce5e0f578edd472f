import type { SavedRun } from "@imagewright/component-runner";
import { agentError } from "../errors.js";

/**
 * Restores the folder and the part of the environment in which a run began, whoever starts the process that continues it.
 * Throws if the folder is gone.
 */
export function restoreContext({ executionId, workingDirectory, environment }: SavedRun): void {
  try {
    process.chdir(workingDirectory);
  } catch (thrown) {
    throw agentError("folder-gone", { folder: workingDirectory, executionId, cause: (thrown as Error).message }, { cause: thrown });
  }
  Object.assign(process.env, environment);
}
