import { isImagewrightError } from "@imagewright/diagnostics";
import { durabilityError } from "./errors.js";
import { describeFailure, restoreError, type Failure } from "./failure.js";
import { notJson, type Json } from "./json.js";

/** How an operation ended, as it is recorded. No result is an empty object. */
export type Outcome = { readonly result?: Json | undefined } | { readonly failure: Failure };

/**
 * Runs an effect to an outcome. What is thrown is one, except for the reason of an aborted signal and for errors of durability itself (such
 * as a mismatch in a branch): those are thrown and not recorded, since the execution can go on once they are remedied.
 */
export async function outcomeOf(operation: string, signal: AbortSignal, effect: () => Promise<unknown>): Promise<Outcome> {
  let result: unknown;
  try {
    result = await effect();
  } catch (thrown) {
    if (isImagewrightError(thrown) && thrown.code.startsWith(`${durabilityError.namespace}/`)) throw thrown;
    signal.throwIfAborted();
    return { failure: describeFailure(thrown) };
  }
  const found = notJson(result);
  if (found !== undefined) throw durabilityError("result-not-json", { operation, found });
  return result === undefined ? {} : { result: result as Json };
}

/**
 * The result of an outcome, or its error thrown. Used for the first run as well, on a copy that has been through JSON, so that a continued
 * execution cannot see anything else.
 */
export function unwrap(outcome: Outcome): Json | undefined {
  if ("failure" in outcome) throw restoreError(outcome.failure);
  return outcome.result;
}
