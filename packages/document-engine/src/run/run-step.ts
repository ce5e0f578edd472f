import type { ActionModule } from "@imagewright/action-contract";
import { toPlain } from "@imagewright/yaml-syntax";
import { runnableAction } from "../check/check-runnable.js";
import { settingNodes } from "../references/check-references.js";
import { needsUnpredictable, type Scope, type StepOutputs } from "../references/scope.js";
import { STEP_DEFAULTS, type Step } from "../syntax/document.js";
import { decide } from "./decide.js";
import type { EvaluatedCondition } from "./evaluated-condition.js";
import type { StepPlace } from "./events.js";
import { settleLoop, type IterationValues } from "./loop-values.js";
import type { LoopResult, StepResult } from "./result.js";
import { RestartSignal } from "./restart.js";
import { failureOf, type Attempt } from "./run-attempt.js";
import type { EngineContext } from "./run-request.js";
import { stepWarnings } from "./step-warnings.js";
import { resolveItems, restartedKey, StepAttempts } from "./step-attempts.js";

/** A finished step, as stored in the journal. */
interface StepRecord {
  readonly result: StepResult;
  /** The outputs, as later steps refer to them. */
  readonly outputs: StepOutputs;
}

/**
 * Runs a step to its last attempt, reports it, and adds its outputs to the scope. Parts that an earlier process has finished are not run
 * again.
 */
export async function runStep(step: Step, place: StepPlace, scope: Scope, context: EngineContext): Promise<StepResult> {
  const run = step.disableLogging ? { ...context, isQuiet: true } : context;
  const { key } = place;
  const recorded = run.journal.recall(key) as StepRecord | undefined;
  const { result, outputs } = recorded ?? (await new RunningStep(step, place, key, scope, run).perform());
  if (recorded === undefined) run.journal.record(key, { result, outputs });
  run.emit({ type: recorded === undefined ? "step-finished" : "step-recalled", ...place, result });
  scope.record(place.phase, place.step, outputs);
  return result;
}

const NOTHING_DONE = {
  outcome: "failed",
  failureMessage: "",
  hints: [],
  outputs: [],
  ofAllItems: {},
  exitCode: undefined,
  changed: false,
  nested: [],
  iterations: 0,
} as const satisfies Attempt;

class RunningStep {
  readonly #action: ActionModule<unknown> | undefined;
  readonly #attempts: StepAttempts;
  #startTime: number;
  #inputs: readonly unknown[] = [];
  #loopValues: readonly string[] = [];
  #condition: EvaluatedCondition | undefined;

  constructor(
    private readonly step: Step,
    private readonly place: StepPlace,
    private readonly key: string,
    private readonly scope: Scope,
    private readonly run: EngineContext,
  ) {
    this.#action = runnableAction(step.action.text, run.registry, run.host.platform);
    this.#startTime = run.host.clock.now();
    this.#attempts = new StepAttempts(step, place, key, scope, run, this.#settings);
  }

  async perform(): Promise<StepRecord> {
    // recorded runs of awstoe have it before the step
    if (this.run.journal.recall(restartedKey(this.key)) !== undefined) this.run.emit({ type: "restart-finished", ...this.place });
    this.run.emit({ type: "step-started", ...this.place, action: this.step.action.text });
    const wasUncertain = this.run.plan?.isUncertain() ?? false;
    const attempt = await this.#lastAttempt().catch((thrown: unknown): Attempt => {
      if (thrown instanceof RestartSignal) throw thrown;
      const failure = failureOf(thrown);
      return this.run.plan !== undefined && needsUnpredictable(thrown)
        ? { ...NOTHING_DONE, ...failure, outcome: "unknown" }
        : { ...NOTHING_DONE, ...failure };
    });
    const last = this.#planned(attempt, wasUncertain);
    return { result: this.run.redact(this.#resultOf(last)), outputs: this.#outputsOf(last) };
  }

  /**
   * A step that fails in a plan may succeed in a run if an earlier step could not be predicted. The steps of a nested document handle that
   * themselves.
   */
  #planned(last: Attempt, wasUncertain: boolean): Attempt {
    const isUncertain = this.#action?.effects === "document" ? wasUncertain : this.run.plan?.isUncertain() === true;
    if (last.outcome !== "failed" || !isUncertain) return last;
    return { ...last, outcome: "unknown", failureMessage: `in the current state it would fail: ${last.failureMessage}` };
  }

  get #settings(): { readonly timeoutSeconds: number; readonly maxAttempts: number } {
    const fixed = this.#action?.settings;
    return {
      timeoutSeconds: this.step.timeoutSeconds?.value ?? fixed?.timeoutSeconds ?? STEP_DEFAULTS.timeoutSeconds,
      maxAttempts: this.step.maxAttempts?.value ?? fixed?.maxAttempts ?? STEP_DEFAULTS.maxAttempts,
    };
  }

  async #lastAttempt(): Promise<Attempt> {
    if (this.#action === undefined) throw new Error(`unknown action ${this.step.action.text}`);
    await this.scope.fetch([this.step.inputs, ...settingNodes(this.step)]);
    const withheld = await this.#decide();
    if (withheld !== undefined) return withheld;
    const values = this.#once("loop", () => (this.step.loop === undefined ? undefined : settleLoop(this.step.loop, this.scope)));
    if (Array.isArray(values)) this.#loopValues = values;
    this.#inputs = resolveItems(this.step, this.scope, undefined);
    if (this.run.plan !== undefined && this.#action.effects === "opaque") return { ...NOTHING_DONE, outcome: "opaque", changed: undefined };
    return this.#attempts.runAll(this.#action, values, this.#inputs, this.#startTime);
  }

  /** Values that are evaluated once and kept across restarts. A range of numbers is not recorded, since it can be computed again. */
  #once(what: string, evaluate: () => IterationValues | undefined): IterationValues | undefined {
    const key = `${this.key}/${what}`;
    const values = (this.run.journal.recall(key) as string[] | undefined) ?? evaluate();
    if (Array.isArray(values)) this.run.journal.record(key, values);
    return values;
  }

  /** Replaces the attempts if `if` prevents the step from running. */
  async #decide(): Promise<Attempt | undefined> {
    const { condition } = this.step;
    if (condition === undefined) return undefined;
    const key = `${this.key}/if`;
    const recalled = this.run.journal.recall(key) as EvaluatedCondition | undefined;
    const evaluated = recalled ?? (await decide(condition, this.scope, this.run));
    if (recalled === undefined) this.run.journal.record(key, evaluated);
    this.#condition = evaluated;
    this.run.emit({ type: "condition-evaluated", ...this.place, condition: evaluated });
    if (evaluated.decision === "Execute") return undefined;
    if (evaluated.decision === "Skip") return { ...NOTHING_DONE, outcome: "skipped" };
    const found = evaluated.explanation === "" ? "" : ` (${evaluated.explanation})`;
    return {
      ...NOTHING_DONE,
      failureMessage: `the condition of "if" is ${evaluated.value}${found}, and "${evaluated.value ? "then" : "else"}" is Abort`,
    };
  }

  #resultOf(last: Attempt): StepResult {
    const { step } = this;
    const { isQuiet } = this.run;
    return {
      name: step.name.text,
      action: step.action.text,
      outcome: last.outcome,
      status: this.#statusOf(last),
      failureMessage: last.failureMessage,
      hints: last.hints,
      ...this.#warningsOf(last),
      ...this.#settings,
      attempts: this.#attempts.count,
      onFailure: step.onFailure,
      inputs: isQuiet ? [] : this.#inputs,
      outputs: isQuiet ? [] : last.outputs,
      exitCode: last.exitCode,
      changed: last.changed,
      condition: this.#condition,
      loop: this.#loopOf(last),
      nested: last.nested,
      lastLines: this.#attempts.lastLines,
      line: step.span.source.position(step.span.start).line,
      startTime: this.#attempts.startTime ?? this.#startTime,
      endTime: this.run.host.clock.now(),
    };
  }

  /** A warning may name a command, which a step without logging hides. */
  #warningsOf({ warnings = [] }: Attempt): Pick<StepResult, "warnings"> {
    return warnings.length === 0 || this.run.isQuiet ? {} : { warnings: stepWarnings(this.step, warnings) };
  }

  #loopOf({ iterations }: Attempt): LoopResult | undefined {
    const { loop } = this.step;
    if (loop === undefined) return undefined;
    const name = loop.name?.text;
    return this.run.isQuiet
      ? { name, written: {}, values: [], iterations }
      : { name, written: toPlain(loop.node), values: this.#loopValues, iterations };
  }

  #outputsOf({ outcome, outputs, ofAllItems }: Attempt): StepOutputs {
    if (outcome === "skipped") return "skipped";
    // a plan cannot count the steps of a document in which some are opaque
    const isUnpredictableDocument = this.run.plan !== undefined && this.#action?.effects === "document";
    return outcome === "opaque" || outcome === "unknown" || isUnpredictableDocument ? "unpredictable" : { ofItems: outputs, ofAllItems };
  }

  #statusOf({ outcome }: Attempt): StepResult["status"] {
    if (outcome === "succeeded") return "success";
    if (outcome === "skipped") return "skipped";
    if (outcome === "opaque" || outcome === "unknown") return "unpredictable";
    return this.step.onFailure === "Ignore" && outcome !== "cancelled" ? "ignoredFailure" : "failed";
  }
}
