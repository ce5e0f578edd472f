import type { Json, Recordable } from "./json.js";

/**
 * Makes a program durable: what it has done is recorded, and a process that continues the execution later runs the same program again,
 * which is given what was recorded instead of doing it once more. The program must therefore ask for the same operations in the same order:
 * what it decides by, it takes from its input and from results of operations.
 *
 * Operations of a branch run one after the other. Only branches run side by side: those that do are started together, and their parent
 * waits until all of them have ended (`Promise.allSettled`). Nothing is started inside of a step. Anything else is refused.
 */
export interface Durability {
  /**
   * Runs an effect once: when an execution is continued, a recorded result is returned without running it. A failure is recorded as well,
   * and thrown again. A step in which the process was killed runs again, with the same token. Keys are unique within a branch.
   */
  step<Result extends Recordable<Result>>(key: string, effect: (context: StepContext) => Promise<Result>): Promise<Result>;
  /** A child that may run side by side with others. Its keys are its own; its result or failure is recorded as that of a step. */
  branch<Result extends Recordable<Result>>(key: string, body: (durability: Durability) => Promise<Result>): Promise<Result>;
  /**
   * Waits for the message that is sent to the execution under this key, before or after the call; undefined after the timeout, which runs
   * on while no process executes it. The first message under a key stands, and every wait for the key, in any branch, returns it.
   */
  wait(key: string, timeoutMilliseconds: number): Promise<Json | undefined>;
  /** The time, recorded, so that a continued execution sees the same. */
  now(): Promise<Date>;
  /**
   * Whether this execution came here first with a program that has the change of this name; for a program whose executions may have been
   * begun by an earlier version of it. False where operations are recorded that the version without the change has asked for: what comes
   * now has to be asked for as that version did. True otherwise, on record. It is asked directly before the first operation that the change
   * adds, removes or replaces, by every version that has the change, and the question stays in the program as long as executions can be
   * continued that an earlier version has begun. Names are unique within a branch.
   */
  patch(name: string): Promise<boolean>;
  /**
   * Aborted when the execution is cancelled or its lease is lost. From then on every operation throws its reason, and what an interrupted
   * step throws is not recorded, so that the execution can be continued.
   */
  readonly signal: AbortSignal;
}

export interface StepContext {
  /**
   * The same each time this step of this execution is run, for calls that must have their effect once. `[A-Za-z0-9._-]+`, at most 100
   * characters, unique in the execution and among executions.
   */
  readonly token: string;
  readonly signal: AbortSignal;
}
