import { agentError } from "../errors.js";

/** Starts the agent again after a restart of the machine. */
export interface Trigger {
  /** Throws if it cannot be set. */
  set(run: ResumedRun): void;
  /** Removes it, if there is one. */
  clear(executionId: string): void;
}

export interface ResumedRun {
  readonly executionId: string;
  /** The program and its arguments, paths absolute. */
  readonly command: readonly string[];
}

/** Runs one operation of a trigger. Throws an error that names the operation if it fails. */
export function attemptTrigger<Result>(what: string, body: () => Result): Result {
  try {
    return body();
  } catch (thrown) {
    throw agentError("trigger-not-set", { what, cause: (thrown as Error).message.trim() }, { cause: thrown });
  }
}
