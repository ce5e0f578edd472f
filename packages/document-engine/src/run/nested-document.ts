import { resolve } from "node:path";
import type { ActionResult, NestedDocument } from "@imagewright/action-contract";
import { count, formatLocation, hasErrors, listOf, quote, SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { bindVariables, unusedParameters } from "../check/bind-variables.js";
import { checkDocument } from "../check/check-document.js";
import { checkPhaseSelection } from "../check/check-phases.js";
import { describeUnknownPhases } from "../check/unknown-phases.js";
import { checkRunnable } from "../check/check-runnable.js";
import { engineError } from "../errors.js";
import type { Nesting } from "./events.js";
import { parseDocument } from "../syntax/read-document.js";
import { summaryOf } from "./result.js";
import type { RunResult } from "./result.js";
import type { NestingStep, PreparedDocument, EngineContext } from "./run-request.js";

const DEEPEST_NESTING = 3;

type RunPrepared = (documents: readonly PreparedDocument[], executionId: string, run: EngineContext) => Promise<RunResult>;

/**
 * Makes the function with which ExecuteDocument runs documents: it loads and checks a document, and runs it inside the step.
 * Fails for a fourth level, and for a document that is already running at an outer level.
 */
export function nestedRunner(runPrepared: RunPrepared): EngineContext["runNested"] {
  return async (request, step, run) => {
    const identity = await identifyDocument(request.location, run);
    if (run.ancestors.includes(identity)) throw engineError("document-cycle", { chain: [...run.ancestors, identity] });
    if (run.ancestors.length > DEEPEST_NESTING)
      throw engineError("nested-too-deeply", { location: request.location, deepest: DEEPEST_NESTING });
    const begun = recall(step.key, run) ?? (await begin(request, step, run));
    if ("status" in begun) return begun;
    const nesting: Nesting = { depth: run.ancestors.length, parent: step.stepKey };
    const inner: EngineContext = {
      ...run,
      phases: request.phases,
      signal: step.signal,
      path: `${step.key}>`,
      ancestors: [...run.ancestors, identity],
      emit: (event, deeper = nesting) => run.emit(event, deeper),
    };
    const result = await runPrepared([begun.prepared], begun.executionId, inner);
    step.onResult(result);
    return asAction(result);
  };
}

/** A canonical location: the real path of a file, and an address unchanged. */
export async function identifyDocument(
  location: string,
  { host, workingDirectory }: Pick<EngineContext, "host" | "workingDirectory">,
): Promise<string> {
  if (/^(s3|https?):\/\/|^arn:/.test(location)) return location;
  const path = resolve(workingDirectory, location);
  return host.files.realpath(path).catch(() => path);
}

/** A nested document as stored in the journal: after a restart its file may have changed or be gone. */
interface NestedRecord {
  readonly executionId: string;
  readonly location: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, string>>;
}

interface NestedRun {
  readonly executionId: string;
  readonly prepared: PreparedDocument;
}

function recall(key: string, { journal }: EngineContext): NestedRun | undefined {
  const recorded = journal.recall(keyOf(key)) as NestedRecord | undefined;
  if (recorded === undefined) return undefined;
  const { executionId, location, text, variables } = recorded;
  const { document } = parseDocument(new SourceFile(location, text));
  return document === undefined ? undefined : { executionId, prepared: { document, variables: new Map(Object.entries(variables)) } };
}

async function begin(request: NestedDocument, step: NestingStep, run: EngineContext): Promise<NestedRun | ActionResult> {
  const prepared = await prepare(request, step, run);
  if ("status" in prepared) return prepared;
  const { document, variables } = prepared;
  const executionId = crypto.randomUUID();
  const record: NestedRecord = {
    executionId,
    location: document.source.name,
    text: document.source.text,
    variables: Object.fromEntries(variables),
  };
  run.journal.record(keyOf(step.key), record);
  return { executionId, prepared };
}

const keyOf = (step: string) => `${step}/document`;

async function prepare(request: NestedDocument, step: NestingStep, run: EngineContext): Promise<PreparedDocument | ActionResult> {
  if (run.loadDocument === undefined) throw engineError("no-document-loader", { location: request.location });
  const source = await run.loadDocument(request.location, request.bucketOwner);
  const { document, diagnostics } = checkDocument(source, { registry: run.registry, platforms: [run.host.platform] });
  if (document === undefined || hasErrors(diagnostics)) return refuse(request.location, diagnostics, step);
  const bound = bindVariables(document, [request.parameters], () => 'give it under "parameters" of the step');
  const faults = [
    ...bound.diagnostics,
    ...checkPhaseSelection(document, request.phases),
    ...checkRunnable(document, request.phases, run.registry, run.host.platform),
  ];
  if (hasErrors(faults)) return refuse(request.location, faults, step);
  const unused = unusedParameters([document], request.parameters.keys());
  if (unused.length > 0)
    step.log(
      `warning: ${quote(request.location)} does not have the ${unused.length === 1 ? "parameter" : "parameters"} ${listOf(unused, "and")}; ignored`,
    );
  for (const problem of describeUnknownPhases([document], request.phases)) step.log(`warning: ${quote(request.location)}: ${problem}`);
  return { document, variables: bound.variables };
}

function refuse(location: string, diagnostics: readonly Diagnostic[], { log }: NestingStep): ActionResult {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const lines = errors.map(({ span, message, help }) => `${formatLocation(span)}: ${message}${help === undefined ? "" : ` (${help})`}`);
  for (const line of lines) log(line);
  return { status: "failed", reason: `the document ${quote(location)} has ${count(errors.length, "fault")}; the first: ${lines[0] ?? ""}` };
}

/**
 * The summary contains only the document's name, as in awstoe; the step's reason also says which of the document's steps failed, and why.
 */
function asAction(result: RunResult): ActionResult {
  const outputs = summaryOf(result);
  if (result.status !== "failed") return { status: "succeeded", outputs };
  const failed = result.documents.flatMap(({ phases }) => phases).find(({ status }) => status === "failed");
  return { status: "failed", reason: `${result.failureMessage}${failed === undefined ? "" : ` ${failed.failureMessage}`}`, outputs };
}
