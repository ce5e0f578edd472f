import {
  outputsOfAllItems,
  type ActionContext,
  type ActionModule,
  type ActionReboot,
  type OutputStream,
} from "@imagewright/action-contract";
import type { LoopVariables } from "../references/loop-variables.js";
import type { Scope } from "../references/scope.js";
import type { Step } from "../syntax/document.js";
import { inputItems } from "../syntax/walk.js";
import { ChangesDone } from "./changes-done.js";
import { Deadline } from "./deadline.js";
import type { StepPlace } from "./events.js";
import { isRestart, type ItemRecord, type RestartRecord } from "./item-record.js";
import { iterationsOf, type IterationValues } from "./loop-values.js";
import { OutputTail } from "./output-tail.js";
import type { RedactedStream } from "./redactor.js";
import type { RunResult } from "./result.js";
import { MOST_RESTARTS, RestartSignal } from "./restart.js";
import { runAction, runAttempt, type Attempt, type ItemPlace } from "./run-attempt.js";
import type { EngineContext } from "./run-request.js";

/** A step without inputs runs once, with an empty input. */
export function resolveItems(step: Step, scope: Scope, loop: LoopVariables | undefined): readonly unknown[] {
  const items = inputItems(step);
  return items.length === 0 ? [{}] : items.map((item) => scope.resolve(item, loop));
}

/** The journal key that records that a step has restarted the machine. */
export function restartedKey(stepKey: string): string {
  return `${stepKey}/restarted`;
}

/** The attempts at one step. */
export class StepAttempts {
  readonly #tail = new OutputTail();
  readonly #changes: ChangesDone;
  #count = 0;
  #startTime: number | undefined;

  constructor(
    private readonly step: Step,
    private readonly place: StepPlace,
    private readonly key: string,
    private readonly scope: Scope,
    private readonly context: EngineContext,
    private readonly settings: { readonly timeoutSeconds: number; readonly maxAttempts: number },
  ) {
    this.#changes = new ChangesDone(key, context.journal, settings.maxAttempts > 1);
  }

  /** The number of attempts. */
  get count(): number {
    return this.#count;
  }

  /** The last lines of output of the last attempt. */
  get lastLines(): string[] {
    return this.#tail.lines;
  }

  /** The start time of the step, if that was before a restart. */
  get startTime(): number | undefined {
    return this.#startTime;
  }

  /** Runs attempts until one succeeds or none is left. Attempts finished by an earlier process are not repeated. */
  async runAll(
    action: ActionModule<unknown>,
    values: IterationValues | undefined,
    inputs: readonly unknown[],
    startTime: number,
  ): Promise<Attempt> {
    for (let attempt = 1; ; attempt++) {
      this.#count = attempt;
      const key = `${this.key}/attempt-${attempt}`;
      const recalled = this.context.journal.recall(key) as Attempt | undefined;
      const last = recalled ?? this.#withoutSecrets(await this.#attempt(action, values, inputs, startTime));
      const again = attempt < this.settings.maxAttempts && last.outcome !== "succeeded" && !this.context.signal.aborted;
      if (recalled === undefined && again) this.context.journal.record(key, last);
      const type = recalled === undefined ? "attempt-finished" : "attempt-recalled";
      const { exitCode, failureMessage } = last;
      this.context.emit({ type, ...this.place, attempt, exitCode, failureMessage, again });
      if (!again) return last;
    }
  }

  /** A failure message may contain inputs, which a step without logging hides. */
  #withoutSecrets(attempt: Attempt): Attempt {
    if (!this.context.isQuiet || attempt.outcome !== "failed") return attempt;
    const failureMessage =
      attempt.exitCode === undefined
        ? "the step failed; disableLogging hides the reason"
        : `the command exited with code ${attempt.exitCode}`;
    return { ...attempt, failureMessage, hints: [] };
  }

  async #attempt(
    action: ActionModule<unknown>,
    values: IterationValues | undefined,
    inputs: readonly unknown[],
    startTime: number,
  ): Promise<Attempt> {
    const { loop } = this.step;
    const deadline = new Deadline(this.settings.timeoutSeconds, this.context.signal, this.context.host.clock);
    const output = new AttemptOutput(this.place, this.context, this.#tail);
    const items = new RecordedItems(action, this.place, `${this.key}/attempt-${this.#count}`, startTime, this.context, {
      stepKey: this.key,
      changes: this.#changes,
      output,
      deadline,
      isLooped: loop !== undefined,
    });
    try {
      const work = {
        iterations: loop === undefined || values === undefined ? [undefined] : iterationsOf(loop, values),
        onIteration: ({ index, value }: LoopVariables) =>
          this.context.emit({ type: "iteration-started", ...this.place, index, value: this.context.isQuiet ? "" : value }),
        resolve: (variables: LoopVariables | undefined) =>
          variables === undefined ? inputs : resolveItems(this.step, this.scope, variables),
        runItem: (input: unknown, place: ItemPlace) => items.run(input, place),
        outputsOfAllItems: outputsOfAllItems(action.outputs),
      };
      return await runAttempt(work, deadline);
    } finally {
      this.#startTime = items.stepStartTime ?? this.#startTime;
      output.end(); // an abandoned action may still print
      deadline.clear();
    }
  }
}

/** Runs the items of one attempt, and records those that are done. */
class RecordedItems {
  #stepStartTime: number | undefined;

  constructor(
    private readonly action: ActionModule<unknown>,
    private readonly place: StepPlace,
    private readonly key: string,
    private readonly startTime: number,
    private readonly context: EngineContext,
    private readonly attempt: {
      readonly stepKey: string;
      readonly changes: ChangesDone;
      readonly output: AttemptOutput;
      readonly deadline: Deadline;
      readonly isLooped: boolean;
    },
  ) {}

  get stepStartTime(): number | undefined {
    return this.#stepStartTime;
  }

  async run(input: unknown, { iteration, item, isLast }: ItemPlace): Promise<ItemRecord> {
    const place = `${iteration}.${item}`;
    const done = this.attempt.changes.recall(place);
    if (done !== undefined) return done;
    const key = `${this.key}/${place}`;
    const recalled = this.context.journal.recall(key) as ItemRecord | RestartRecord | undefined;
    if (recalled !== undefined && !("stepStartTime" in recalled)) return recalled;
    if (recalled !== undefined) {
      this.#stepStartTime = recalled.stepStartTime;
      if (recalled.result.resume === "next-step") return afterRestart(recalled);
    }
    const record = await this.#runNow(input, key, recalled !== undefined);
    if (isRestart(record)) return this.#restart(record, key);
    if (record.result?.status === "succeeded") this.#keep(record, record.result.changed === true, place, isLast);
    return record;
  }

  #keep(record: ItemRecord, isChange: boolean, place: string, isLast: boolean): void {
    const { changes, deadline, isLooped } = this.attempt;
    // the record of the step follows that of its last item immediately, unless it timed out
    if (isLast && !isLooped && !deadline.signal.aborted) return;
    if (isChange) changes.record(place, record);
    else this.context.journal.record(`${this.key}/${place}`, record);
  }

  async #runNow(input: unknown, key: string, isAfterRestart: boolean): Promise<ItemRecord> {
    const nested: RunResult[] = [];
    const { hostOf, workingDirectory, temporaryDirectory, environment } = this.context;
    const host = hostOf?.(key) ?? this.context.host;
    const { signal } = this.attempt.deadline;
    const { log, output } = this.attempt.output;
    const context: ActionContext = {
      ...{ host, workingDirectory, temporaryDirectory, environment, isAfterRestart, signal, output, log },
      runDocument: (request) =>
        this.context.runNested(
          request,
          { key, stepKey: this.attempt.stepKey, log, signal, onResult: (result) => nested.push(result) },
          this.context,
        ),
    };
    return { result: await runAction(this.action, input, context), nested };
  }

  /** Unwinds the run, unless it has restarted the machine too often: a step that asks each time would never end. */
  #restart(record: ItemRecord & { readonly result: ActionReboot }, key: string): ItemRecord {
    const { result, nested } = record;
    const { journal } = this.context;
    const restarts = Number(journal.recall("restarts") ?? 0) + 1;
    if (restarts > MOST_RESTARTS)
      return { result: { status: "failed", reason: `the run has restarted the machine ${MOST_RESTARTS} times already` }, nested };
    this.attempt.output.end();
    this.context.emit({ type: "restart-requested", ...this.place, exitCode: result.exitCode, delaySeconds: result.delaySeconds });
    journal.record("restarts", restarts);
    journal.record(restartedKey(this.attempt.stepKey), true);
    journal.record(key, { ...record, stepStartTime: this.#stepStartTime ?? this.startTime } satisfies RestartRecord);
    throw new RestartSignal(this.place, result);
  }
}

/** An item that asked for a restart and is done. */
function afterRestart({ result, nested }: RestartRecord): ItemRecord {
  const { outputs, exitCode } = result;
  return {
    result: { status: "succeeded", ...(outputs === undefined ? {} : { outputs }), ...(exitCode === undefined ? {} : { exitCode }) },
    nested,
  };
}

/** Passes an attempt's output on as events: without secrets, and not at all for a step without logging. */
class AttemptOutput {
  #quiet: boolean;
  #streams: Record<OutputStream, RedactedStream> | undefined;

  constructor(
    private readonly place: StepPlace,
    private readonly context: EngineContext,
    private readonly tail: OutputTail,
  ) {
    this.#quiet = context.isQuiet;
    tail.clear();
  }

  readonly output = (stream: OutputStream, chunk: Uint8Array): void => {
    if (!this.#quiet)
      this.#pass(stream, this.context.redactor === undefined ? chunk : this.#streamOf(stream, this.context.redactor).push(chunk));
  };

  readonly log = (text: string): void => {
    if (!this.#quiet) this.context.emit({ type: "step-log", ...this.place, text });
  };

  end(): void {
    if (!this.#quiet && this.#streams !== undefined)
      for (const stream of ["stdout", "stderr"] as const) this.#pass(stream, this.#streams[stream].end());
    this.#quiet = true;
  }

  #streamOf(stream: OutputStream, redactor: NonNullable<EngineContext["redactor"]>): RedactedStream {
    this.#streams ??= { stdout: redactor.stream({ live: true }), stderr: redactor.stream({ live: true }) };
    return this.#streams[stream];
  }

  #pass(stream: OutputStream, chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.tail.push(chunk);
    this.context.emit({ type: "step-output", ...this.place, stream, chunk });
  }
}
