import { agentError } from "../errors.js";

/** What starts the agent again after a restart of the machine. */
export interface Trigger {
  /** Throws where it cannot be set. */
  set(run: ResumedRun): void;
  /** Removes it; nothing happens where there is none. */
  clear(executionId: string): void;
}

export interface ResumedRun {
  readonly executionId: string;
  /** The program and its arguments, paths absolute. */
  readonly command: readonly string[];
}

/** Does one thing of what a trigger needs. Throws an error that names it where it fails. */
export function attemptTrigger<Result>(what: string, body: () => Result): Result {
  try {
    return body();
  } catch (thrown) {
    throw agentError("trigger-not-set", { what, cause: (thrown as Error).message.trim() }, { cause: thrown });
  }
}
