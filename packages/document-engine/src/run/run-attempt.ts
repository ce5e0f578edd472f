import type { ActionContext, ActionFailed, ActionModule, ActionOutputs, ActionResult } from "@imagewright/action-contract";
import { describeCause, ImagewrightError } from "@imagewright/diagnostics";
import { checkPlain } from "@imagewright/yaml-syntax";
import type { Deadline } from "./deadline.js";
import type { StepOutcome } from "./result.js";

/** What one attempt at a step has come to. */
export interface Attempt {
  readonly outcome: StepOutcome;
  readonly failureMessage: string;
  readonly hints: readonly string[];
  readonly outputs: readonly ActionOutputs[];
  readonly exitCode: number | undefined;
}

// how long an action may take to return after its time is over, before the run goes on without it
const GRACE_MILLISECONDS = 5_000;

/** Runs the action once for each item, in order, until one fails or the deadline aborts. */
export async function runAttempt(action: ActionModule<unknown>, items: readonly unknown[], context: ActionContext, deadline: Deadline): Promise<Attempt> {
  const outputs: ActionOutputs[] = [];
  let exitCode: number | undefined;
  for (const item of items) {
    const result = await settle(runItem(action, item, context), context);
    if (result?.outputs !== undefined || result?.status === "succeeded") outputs.push(result.outputs ?? {});
    exitCode = result?.exitCode ?? exitCode;
    if (context.signal.aborted) return { ...stopped(deadline), outputs, exitCode };
    if (result?.status !== "succeeded") return { ...describeFailure(result), outputs, exitCode };
  }
  return { outcome: "succeeded", failureMessage: "", hints: [], outputs, exitCode };
}

async function runItem(action: ActionModule<unknown>, item: unknown, context: ActionContext): Promise<ActionResult> {
  try {
    const { value, faults } = checkPlain(item, action.input.schema, `the inputs of ${action.name}`);
    const [fault] = faults.length > 0 ? faults : (action.check?.(value, context.host.platform) ?? []).map(({ message }) => message);
    if (fault !== undefined) return { status: "failed", reason: fault };
    return await action.run(value, context);
  } catch (thrown) {
    return failureOf(thrown);
  }
}

/** What was thrown, as a result. */
export function failureOf(thrown: unknown): ActionFailed {
  return { status: "failed", reason: describeCause(thrown), hints: thrown instanceof ImagewrightError ? thrown.hints : [] };
}

/** The result, or undefined for an action that does not return within the grace after its signal has aborted. */
async function settle(running: Promise<ActionResult>, context: ActionContext): Promise<ActionResult | undefined> {
  const settled = new AbortController();
  try {
    return await Promise.race([running, graceOf(context, settled.signal)]);
  } finally {
    settled.abort();
  }
}

async function graceOf({ host, signal }: ActionContext, settled: AbortSignal): Promise<undefined> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true, signal: settled }));
  await host.clock.sleep(GRACE_MILLISECONDS, settled);
}

function stopped(deadline: Deadline): Pick<Attempt, "outcome" | "failureMessage" | "hints"> {
  if (!deadline.timedOut) return { outcome: "cancelled", failureMessage: "the run was cancelled", hints: [] };
  return {
    outcome: "timed-out",
    failureMessage: `the step ran longer than its timeoutSeconds of ${deadline.seconds}`,
    hints: ["raise timeoutSeconds, or set it to -1 for no limit"],
  };
}

function describeFailure(result: ActionResult | undefined): Pick<Attempt, "outcome" | "failureMessage" | "hints"> {
  if (result?.status === "failed") return { outcome: "failed", failureMessage: result.reason, hints: result.hints ?? [] };
  return { outcome: "failed", failureMessage: "the step asks for a restart of the machine, which this version of Imagewright does not do", hints: [] };
}
