import { resolve } from "node:path";
import type { ActionResult, NestedDocument } from "@imagewright/action-contract";
import { count, formatLocation, hasErrors, listOf, quote, type Diagnostic } from "@imagewright/diagnostics";
import { bindVariables, unusedParameters } from "../check/bind-variables.js";
import { checkDocument } from "../check/check-document.js";
import { checkPhaseSelection } from "../check/check-phases.js";
import { engineError } from "../errors.js";
import { summaryOf } from "./result.js";
import type { RunResult } from "./result.js";
import type { NestingStep, PreparedDocument, RunSurroundings } from "./run-request.js";

const DEEPEST_NESTING = 3;

type RunPrepared = (documents: readonly PreparedDocument[], executionId: string, run: RunSurroundings) => Promise<RunResult>;

/**
 * Makes what ExecuteDocument runs documents with: loads and checks a document, and runs it as a run of its own inside the step.
 * Fails for a fourth level, and for a document that is running already further out.
 */
export function nestedRunner(runPrepared: RunPrepared): RunSurroundings["runNested"] {
  return async (request, step, run) => {
    const identity = await identify(request.location, run);
    if (run.ancestors.includes(identity)) throw engineError("document-cycle", { chain: [...run.ancestors, identity] });
    if (run.ancestors.length > DEEPEST_NESTING) throw engineError("nested-too-deeply", { location: request.location, deepest: DEEPEST_NESTING });
    const prepared = await prepare(request, step, run);
    if ("status" in prepared) return prepared;
    const executionId = nestedId(step.key, run);
    const inner = { ...run, phases: request.phases, signal: step.signal, path: `${step.key}>`, ancestors: [...run.ancestors, identity] };
    const result = await runPrepared([prepared], executionId, inner);
    step.onResult(result);
    return asAction(result);
  };
}

/** One spelling for each document: the real path of a file, and an address as it is. */
export async function identify(location: string, { host, workingDirectory }: Pick<RunSurroundings, "host" | "workingDirectory">): Promise<string> {
  if (/^(s3|https?):\/\/|^arn:/.test(location)) return location;
  const path = resolve(workingDirectory, location);
  return host.files.realpath(path).catch(() => path);
}

async function prepare(request: NestedDocument, step: NestingStep, run: RunSurroundings): Promise<PreparedDocument | ActionResult> {
  if (run.loadDocument === undefined) throw engineError("no-document-loader", { location: request.location });
  const source = await run.loadDocument(request.location, request.bucketOwner);
  const { document, diagnostics } = checkDocument(source, { registry: run.registry, platforms: [run.host.platform] });
  if (document === undefined || hasErrors(diagnostics)) return refuse(request.location, diagnostics, step);
  const bound = bindVariables(document, [request.parameters]);
  const faults = [...bound.diagnostics, ...checkPhaseSelection(document, request.phases)];
  if (hasErrors(faults)) return refuse(request.location, faults, step);
  const unused = unusedParameters([document], request.parameters.keys());
  if (unused.length > 0) step.log(`warning: ${quote(request.location)} does not have the ${unused.length === 1 ? "parameter" : "parameters"} ${listOf(unused, "and")}; ignored`);
  return { document, variables: bound.variables };
}

function refuse(location: string, diagnostics: readonly Diagnostic[], { log }: NestingStep): ActionResult {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const lines = errors.map(({ span, message, help }) => `${formatLocation(span)}: ${message}${help === undefined ? "" : ` (${help})`}`);
  for (const line of lines) log(line);
  return { status: "failed", reason: `the document ${quote(location)} has ${count(errors.length, "fault")}; the first: ${lines[0] ?? ""}` };
}

/** The same before and after a restart. */
function nestedId(key: string, { journal }: RunSurroundings): string {
  const place = `${key}/execution-id`;
  const recalled = journal.recall(place) as string | undefined;
  const executionId = recalled ?? crypto.randomUUID();
  if (recalled === undefined) journal.record(place, executionId);
  return executionId;
}

function asAction(result: RunResult): ActionResult {
  const outputs = summaryOf(result);
  if (result.status !== "failed") return { status: "succeeded", outputs };
  return { status: "failed", reason: result.failureMessage, outputs };
}
