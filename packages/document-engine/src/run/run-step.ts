import type { ActionModule, OutputStream } from "@imagewright/action-contract";
import type { Scope } from "../references/scope.js";
import type { Step } from "../syntax/document.js";
import { inputItems } from "../syntax/walk.js";
import { Deadline } from "./deadline.js";
import type { StepPlace } from "./events.js";
import { OutputTail } from "./output-tail.js";
import type { StepResult } from "./result.js";
import { failureOf, runAttempt, type Attempt } from "./run-attempt.js";
import type { RunSurroundings } from "./run-request.js";

/** Runs a step to its last attempt, tells of it, and leaves its outputs in the scope. */
export async function runStep(step: Step, place: StepPlace, scope: Scope, run: RunSurroundings): Promise<StepResult> {
  const startTime = run.host.clock.now();
  run.emit({ type: "step-started", ...place, action: step.action.text });
  const running = new RunningStep(step, place, run);
  const { inputs, attempts, last } = await running.attemptAll(scope);
  scope.record(place.phase, place.step, last.outputs);
  const result: StepResult = {
    name: step.name.text,
    action: step.action.text,
    outcome: last.outcome,
    status: last.outcome === "succeeded" ? "success" : step.onFailure === "Ignore" && last.outcome !== "cancelled" ? "ignoredFailure" : "failed",
    failureMessage: last.failureMessage,
    hints: last.hints,
    timeoutSeconds: step.timeoutSeconds,
    maxAttempts: step.maxAttempts,
    attempts,
    onFailure: step.onFailure,
    inputs: step.disableLogging ? [] : inputs,
    outputs: step.disableLogging ? [] : last.outputs,
    exitCode: last.exitCode,
    lastLines: running.lastLines,
    line: step.span.source.position(step.span.start).line,
    startTime,
    endTime: run.host.clock.now(),
  };
  run.emit({ type: "step-finished", ...place, result });
  return result;
}

class RunningStep {
  readonly #tail = new OutputTail();

  constructor(
    private readonly step: Step,
    private readonly place: StepPlace,
    private readonly run: RunSurroundings,
  ) {}

  get lastLines(): string[] {
    return this.#tail.lines;
  }

  async attemptAll(scope: Scope): Promise<{ inputs: readonly unknown[]; attempts: number; last: Attempt }> {
    const action = this.run.registry.get(this.step.action.text);
    let inputs: readonly unknown[] = [];
    try {
      if (action === undefined) throw new Error(`unknown action ${this.step.action.text}`);
      inputs = this.#resolve(scope);
    } catch (thrown) {
      const { reason, hints = [] } = failureOf(thrown);
      return { inputs, attempts: 0, last: { outcome: "failed", failureMessage: reason, hints, outputs: [], exitCode: undefined } };
    }
    for (let attempt = 1; ; attempt++) {
      const last = this.#withoutSecrets(await this.#attempt(action, inputs));
      const again = attempt < this.step.maxAttempts && last.outcome !== "succeeded" && !this.run.signal.aborted;
      this.run.emit({ type: "attempt-finished", ...this.place, attempt, exitCode: last.exitCode, failureMessage: last.failureMessage, again });
      if (!again) return { inputs, attempts: attempt, last };
    }
  }

  /** What a failed action says may quote its inputs, which a step without logging keeps to itself. */
  #withoutSecrets(attempt: Attempt): Attempt {
    if (!this.step.disableLogging || attempt.outcome !== "failed") return attempt;
    const failureMessage = attempt.exitCode === undefined ? "the step failed; disableLogging hides the reason" : `the command exited with code ${attempt.exitCode}`;
    return { ...attempt, failureMessage, hints: [] };
  }

  /** A step without inputs runs once, with none. */
  #resolve(scope: Scope): readonly unknown[] {
    const items = inputItems(this.step);
    return items.length === 0 ? [{}] : items.map((item) => scope.resolve(item));
  }

  async #attempt(action: ActionModule<unknown>, inputs: readonly unknown[]): Promise<Attempt> {
    const { host, workingDirectory, temporaryDirectory, environment } = this.run;
    this.#tail.clear();
    const deadline = new Deadline(this.step.timeoutSeconds, this.run.signal, host.clock);
    let quiet = this.step.disableLogging;
    try {
      const context = {
        ...{ host, workingDirectory, temporaryDirectory, environment },
        signal: deadline.signal,
        output: (stream: OutputStream, chunk: Uint8Array) => {
          if (quiet) return;
          this.#tail.push(chunk);
          this.run.emit({ type: "step-output", ...this.place, stream, chunk });
        },
        log: (text: string) => {
          if (!quiet) this.run.emit({ type: "step-log", ...this.place, text });
        },
      };
      return await runAttempt(action, inputs, context, deadline);
    } finally {
      quiet = true; // an action that was given up may still print
      deadline.clear();
    }
  }
}
