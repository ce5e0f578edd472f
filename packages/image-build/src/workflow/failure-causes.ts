import type { StepAction, StepActionRegistry } from "@imagewright/workflow-engine";

/** Remembers what step actions have thrown in this process: an execution has only the message. */
export class FailureCauses {
  readonly #causes = new Map<string, unknown>();

  /** The same actions, watched. */
  watch({ names, get }: StepActionRegistry<StepAction>): StepActionRegistry<StepAction> {
    return { names, get: (name) => this.#watched(get(name)) };
  }

  /** What a step has thrown; undefined if it was in another process. */
  of(stepExecutionId: string): unknown {
    return this.#causes.get(stepExecutionId);
  }

  #watched(action: StepAction | undefined): StepAction | undefined {
    return (
      action && {
        ...action,
        run: (call) =>
          action.run(call).catch((thrown: unknown) => {
            this.#causes.set(call.stepExecutionId, thrown);
            throw thrown;
          }),
      }
    );
  }
}
