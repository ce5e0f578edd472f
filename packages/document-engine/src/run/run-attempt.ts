import type { ActionContext, ActionFailed, ActionModule, ActionOutputs, ActionResult, ActionWarning } from "@imagewright/action-contract";
import { describeCause, isImagewrightError } from "@imagewright/diagnostics";
import { checkPlain } from "@imagewright/yaml-syntax";
import type { LoopVariables } from "../references/loop-variables.js";
import type { Deadline } from "./deadline.js";
import type { ItemRecord } from "./item-record.js";
import { JoinedOutputs, OutputsOfAllItems } from "./join-outputs.js";
import type { RunResult, StepOutcome } from "./result.js";
import { RestartSignal } from "./restart.js";

/** The result of one attempt at a step. */
export interface Attempt {
  readonly outcome: StepOutcome;
  readonly failureMessage: string;
  readonly hints: readonly string[];
  readonly outputs: readonly ActionOutputs[];
  /** The outputs for references without an index: the values of all items and iterations in order, line by line. */
  readonly ofAllItems: ActionOutputs;
  /** The exit code of the last action; undefined if that has none, or if the attempt ended between two. */
  readonly exitCode: number | undefined;
  readonly changed: boolean | undefined;
  readonly nested: readonly RunResult[];
  /** Of each item, by its index in the inputs; absent if there are none. */
  readonly warnings?: readonly ItemWarning[];
  readonly iterations: number;
}

export interface ItemWarning extends ActionWarning {
  readonly item: number;
}

/** The work of one attempt: the action, once for each item, and that once for each iteration. */
export interface AttemptWork {
  /** A single undefined element for a step without a loop. */
  readonly iterations: Iterable<LoopVariables | undefined>;
  readonly onIteration: (loop: LoopVariables) => void;
  /** The items of the inputs, references resolved. May throw. */
  readonly resolve: (loop: LoopVariables | undefined) => readonly unknown[];
  /** Runs a checked item, or returns the result recorded by an earlier process. */
  readonly runItem: (input: unknown, place: ItemPlace) => Promise<ItemRecord>;
  /** The outputs that a reference without an index takes from all items. */
  readonly outputsOfAllItems: readonly string[];
}

export interface ItemPlace {
  readonly iteration: number;
  readonly item: number;
  /** Whether it is the last in this iteration. */
  readonly isLast: boolean;
}

// how long an action may take to return after its timeout, before the run continues without it
const GRACE_MILLISECONDS = 5_000;

type Failure = Pick<Attempt, "outcome" | "failureMessage" | "hints">;

/** Runs all iterations and items in order until one fails or the deadline aborts. */
export async function runAttempt(work: AttemptWork, deadline: Deadline): Promise<Attempt> {
  const joined = new JoinedOutputs();
  const totals = new ItemTotals();
  const whole = new OutputsOfAllItems(work.outputsOfAllItems);
  let count = 0;
  let exitCode: number | undefined;
  for (const loop of work.iterations) {
    if (loop !== undefined) work.onIteration(loop);
    const { failure, outputs, ...end } = await runIteration(work, loop, totals, deadline);
    if (loop === undefined || failure === undefined) whole.add(outputs);
    if (loop === undefined)
      return {
        ...(failure ?? SUCCEEDED),
        ...totals.all,
        ...end,
        outputs,
        ofAllItems: whole.outputs,
        iterations: failure === undefined ? 1 : 0,
      };
    if (failure !== undefined)
      return {
        ...aboutLoop(failure, loop, deadline),
        ...totals.all,
        ...end,
        outputs: joined.outputs,
        ofAllItems: whole.outputs,
        iterations: count,
      };
    joined.add(outputs);
    exitCode = end.exitCode;
    count += 1;
  }
  return { ...SUCCEEDED, ...totals.all, exitCode, outputs: joined.outputs, ofAllItems: whole.outputs, iterations: count };
}

const SUCCEEDED: Failure = { outcome: "succeeded", failureMessage: "", hints: [] };

interface Iteration {
  readonly failure?: Failure;
  readonly outputs: readonly ActionOutputs[];
  readonly exitCode: number | undefined;
}

async function runIteration(
  work: AttemptWork,
  loop: LoopVariables | undefined,
  totals: ItemTotals,
  deadline: Deadline,
): Promise<Iteration> {
  const outputs: ActionOutputs[] = [];
  let items: readonly unknown[];
  try {
    items = work.resolve(loop);
  } catch (thrown) {
    return { failure: failureOf(thrown), outputs, exitCode: undefined };
  }
  let exitCode: number | undefined;
  for (const [item, input] of items.entries()) {
    if (deadline.signal.aborted) return { failure: stopped(deadline), outputs, exitCode: undefined };
    const record = await work.runItem(input, { iteration: loop?.index ?? 0, item, isLast: item === items.length - 1 });
    const { result } = record;
    exitCode = result?.exitCode;
    totals.add(record, item);
    if (result?.outputs !== undefined || result?.status === "succeeded") outputs.push(result.outputs ?? {});
    if (deadline.signal.aborted) return { failure: stopped(deadline), outputs, exitCode };
    if (result?.status === "failed")
      return { failure: { outcome: "failed", failureMessage: result.reason, hints: result.hints ?? [] }, outputs, exitCode };
  }
  return { outputs, exitCode };
}

/** Checks an item, runs the action on it, and waits for it no longer than the grace period after its signal has aborted. */
export async function runAction(action: ActionModule<unknown>, input: unknown, context: ActionContext): Promise<ActionResult | undefined> {
  const { value, faults } = checkPlain(input, action.input.schema, `the inputs of ${action.name}`);
  const [fault] = faults.length > 0 ? faults : (action.check?.(value, context.host.platform) ?? []).map(({ message }) => message);
  if (fault !== undefined) return { status: "failed", reason: fault };
  return withinGracePeriod(runToResult(action, value, context), context);
}

/** Runs an action; an error that it throws becomes a failed result. */
async function runToResult(action: ActionModule<unknown>, value: unknown, context: ActionContext): Promise<ActionResult> {
  try {
    return await action.run(value, context);
  } catch (thrown) {
    if (thrown instanceof RestartSignal) throw thrown;
    const { failureMessage, hints } = failureOf(thrown);
    return { status: "failed", reason: failureMessage, hints };
  }
}

/** Converts an error to a failure. */
export function failureOf(thrown: unknown): Failure & Pick<ActionFailed, "hints"> {
  return {
    outcome: "failed",
    failureMessage: describeCause(thrown),
    hints: isImagewrightError(thrown) ? thrown.hints : [],
  };
}

/** The result, or undefined for an action that does not return within the grace period after its signal has aborted. */
function withinGracePeriod(running: Promise<ActionResult>, { host, signal }: ActionContext): Promise<ActionResult | undefined> {
  return new Promise((resolve, reject) => {
    // an abort costs more than most loop iterations, so it is done only if something has to end
    let over: AbortController | undefined;
    const giveUp = () => {
      over = new AbortController();
      void host.clock.sleep(GRACE_MILLISECONDS, over.signal).then(
        () => resolve(undefined),
        () => undefined,
      );
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true });
    running.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", giveUp);
      over?.abort();
    });
  });
}

function stopped(deadline: Deadline): Failure {
  if (!deadline.timedOut) return { outcome: "cancelled", failureMessage: "the run was cancelled", hints: [] };
  return {
    outcome: "timed-out",
    failureMessage: `the step ran longer than its timeoutSeconds of ${deadline.seconds}`,
    hints: ["raise timeoutSeconds, or set it to -1 for no limit"],
  };
}

/** Names the iteration that failed. The first failure ends an attempt, so there is one. */
function aboutLoop(failure: Failure, loop: LoopVariables, deadline: Deadline): Failure {
  if (failure.outcome === "cancelled") return failure;
  if (failure.outcome === "timed-out")
    return {
      ...failure,
      failureMessage: `the loop ran longer than its step's timeoutSeconds of ${deadline.seconds}; it was at index ${loop.index}`,
    };
  return { ...failure, failureMessage: `the loop failed at index ${loop.index}: ${failure.failureMessage}` };
}

/** Combines the results of the items of an attempt, except their outputs. */
class ItemTotals {
  readonly #changes = new Set<boolean | undefined>();
  readonly #nested: RunResult[] = [];
  readonly #warnings: ItemWarning[] = [];

  add({ result, nested }: ItemRecord, item: number): void {
    if (result?.status === "succeeded") this.#warnings.push(...(result.warnings ?? []).map((warning) => ({ ...warning, item })));
    this.#changes.add(result?.status === "succeeded" ? result.changed : undefined);
    this.#nested.push(...nested);
  }

  get all(): Pick<Attempt, "changed" | "nested" | "warnings"> {
    const changed = this.#changes.has(true) ? true : this.#changes.has(undefined) ? undefined : false;
    return { changed, nested: this.#nested, ...(this.#warnings.length > 0 && { warnings: this.#warnings }) };
  }
}
