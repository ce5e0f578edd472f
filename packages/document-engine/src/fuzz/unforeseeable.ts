import type { StepResult } from "../index.js";
import type { GeneratedStep } from "./generate-document.js";

/** A step of a generated document that has run. */
export interface RanStep {
  /** Its phase and name. */
  readonly key: string;
  readonly step: GeneratedStep;
  readonly result: StepResult;
  /** Whether the check has warned that it may fail. */
  readonly warned: boolean;
}

/** Failure messages of the test actions or the file system. */
const OF_THE_ACTION = [
  /^thrown/,
  /^the text was /,
  /^attempt \d+ is too early/,
  /^it was too much/,
  /^stopped$/,
  /^(Error: )?E(EXIST|NOENT|ISDIR|NOTDIR|NAMETOOLONG)\b/,
  /ran longer than its/,
];
/** Reasons in the outputs of a step, or in Parameter Store. */
const OF_THE_RUN = [/^output ".*" of step ".*" has \d+ bytes/, /^step ".*" has no output /, /^no parameter /];
/** Reasons in the form of a document, independent of values. */
const OF_THE_FORM = [
  /leads to a list or a mapping, /,
  /^there is no parameter or constant /,
  /^cannot read the reference /,
  /^the reference leads to the loop /,
];
const BY_DECISION = /^the condition of "if" is .* is Abort$/s;

/**
 * Why the failure of a step in a valid document could not be predicted; undefined for a failure that the check
 * should have found. Uses only the text of the document, and shares no code with the check.
 */
export function whyUnforeseeable(failed: RanStep, ran: readonly RanStep[]): string | undefined {
  const message = failed.result.failureMessage.replace(/^the loop failed at index \d+: /, "");
  if (OF_THE_FORM.some((pattern) => pattern.test(message))) return undefined;
  if (failed.warned) return "the check has warned";
  if (OF_THE_ACTION.some((pattern) => pattern.test(message))) return "the action failed";
  if (OF_THE_RUN.some((pattern) => pattern.test(message))) return "the outputs of another step";
  if (BY_DECISION.test(message)) return "the author decided so";
  const byKey = new Map(ran.map((step) => [step.key, step]));
  const [, skipped, skippedIn] = /^step "(.*)" of phase "(.*)" was skipped by its "if"/.exec(message) ?? [];
  if (skipped !== undefined)
    return isOpen(byKey.get(`${skippedIn}.${skipped}`)?.step["if"], byKey) ? "a condition that is known only in the run" : undefined;
  const [, empty, emptyIn] = /^step "(.*)" of phase "(.*)" has no outputs/.exec(message) ?? [];
  if (empty !== undefined) return whyEmpty(byKey.get(`${emptyIn}.${empty}`), byKey);
  return isOpen([failed.step["inputs"], failed.step["if"], failed.step["loop"]], byKey)
    ? "a value that is known only in the run"
    : undefined;
}

function whyEmpty(source: RanStep | undefined, byKey: ReadonlyMap<string, RanStep>): string | undefined {
  if (source === undefined) return undefined;
  if (source.result.outcome === "failed" || source.result.outcome === "timed-out") {
    return BY_DECISION.test(source.result.failureMessage) && !isOpen(source.step["if"], byKey)
      ? undefined
      : "the step with the outputs has failed";
  }
  return isOpen(source.step["loop"], byKey) ? "a loop over values known only in the run" : undefined;
}

/** Whether a part of a document depends on values known only in the run, directly or through inputs of other steps. */
function isOpen(part: unknown, byKey: ReadonlyMap<string, RanStep>): boolean {
  const text = JSON.stringify(part ?? null);
  if (/\.outputs[.[]|aws:ssm:|"(file|folder|binary)\w+":/.test(text)) return true;
  return [...text.matchAll(/\{\{ ([^{}]+?)\.(\w+)\.inputs/g)].some(([, phase, step]) =>
    isOpen(byKey.get(`${phase}.${step}`)?.step["inputs"], byKey),
  );
}
