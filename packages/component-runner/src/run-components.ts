import { randomUUID } from "node:crypto";
import type { ActionRegistry, HostPorts } from "@imagewright/action-contract";
import { safeJson, SourceFile } from "@imagewright/diagnostics";
import {
  parseDocument,
  runDocuments,
  type ParameterSource,
  type PreparedDocument,
  type RunEvent,
  type RunInterrupted,
  type RunRequest,
  type RunResult,
} from "@imagewright/document-engine";
import { removeAbandonedScratch } from "@imagewright/node-host";
import { createRedactor, sealedIds, type Redactor } from "@imagewright/redaction";
import { runnerError } from "./errors.js";
import { LogFolder, type LogReaders } from "./log-folder.js";
import { chaining, detailedOutput } from "./results.js";
import { RunLogs } from "./run-logs.js";
import { FileJournal } from "./state/file-journal.js";
import { RunState } from "./state/run-state.js";
import { readSaved, type SavedDocument } from "./state/saved-run.js";
import { folderOf } from "./state/state-files.js";
import { StepHosts } from "./step-hosts.js";
import { inTemporaryFolder } from "./temporary-folder.js";

/** The settings of a run. */
export interface RunContext {
  readonly registry: ActionRegistry;
  readonly host: HostPorts;
  /** The environment of commands; WORKING_DIRECTORY is added if it is missing. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  /** Receives each chunk of console.log as written; its memory may be reused after the call. */
  readonly onConsole?: (bytes: Uint8Array) => void;
  /** Called when the run has ended and its log folder is complete, before its state is removed: a run without it can still be resumed. */
  readonly onResult?: (result: RunResult, logFolder: string) => void;
  readonly parameterStore?: ParameterSource;
  readonly loadDocument?: RunRequest["loadDocument"];
}

export interface ComponentRunRequest extends RunContext {
  readonly executionId: string;
  readonly documents: readonly PreparedDocument[];
  readonly phases: readonly string[] | undefined;
  /** The folder in which the log folder is made. */
  readonly logDirectory: string;
  /** Whether that folder is one of this user alone: made so, and refused if others can change it. Default: false. */
  readonly privateLogDirectory?: boolean | undefined;
  /** Default: the user of this process only. */
  readonly logReaders?: LogReaders | undefined;
  /** Where relative paths start. Absolute. */
  readonly workingDirectory: string;
  /** Where the state of the run is stored until it ends; without it, the run cannot be resumed. */
  readonly state?: StateOptions;
}

export interface StateOptions {
  readonly directory: string;
  /** The part of the environment that is saved for a run that continues after a restart. */
  readonly environment: Readonly<Record<string, string>>;
  /** Plain data of the calling program, returned with the saved run. */
  readonly settings: unknown;
}

export interface ComponentRun {
  /** The result, or the restart for which the run waits. */
  readonly outcome: RunResult | RunInterrupted;
  readonly logFolder: string;
}

/** Runs prepared documents on this machine and writes the log folder. Throws if the log or the state cannot be written. */
export async function runComponents(request: ComponentRunRequest): Promise<ComponentRun> {
  const { host, documents, executionId, workingDirectory, phases, state: options } = request;
  const { logDirectory, logReaders, privateLogDirectory } = request;
  const logs = await LogFolder.make(logDirectory, host.clock.now(), executionId, logReaders, privateLogDirectory);
  return carryOut(request, logs, async (temporaryDirectory) => {
    logs.keepDocuments(documents.map(({ document }) => document.source));
    logs.write("chaining.json", `${safeJson(chaining(documents.map(({ document }) => document)), 2).toString()}\n`);
    const asked = { executionId, documents, phases, workingDirectory };
    if (options === undefined) return { asked, state: undefined };
    const { directory, environment, settings } = options;
    const saved = { ...asked, logFolder: logs.path, documents: documents.map(saveDocument), environment, settings };
    return { asked, state: await RunState.create(directory, saved, temporaryDirectory) };
  });
}

export interface ResumeRequest extends RunContext {
  readonly stateDirectory: string;
  readonly executionId: string;
}

/** Continues a run that was interrupted by a crash or a restart. Finished steps do not run again. */
export async function resumeComponents(request: ResumeRequest): Promise<ComponentRun> {
  const saved = await readSaved(request.stateDirectory, request.executionId);
  const folder = folderOf(request.stateDirectory, request.executionId);
  const documents = saved.documents.map((document) => restoreDocument(document, folder));
  return carryOut(request, LogFolder.reopen(saved.logFolder), async (temporaryDirectory) => {
    const state = await RunState.open(request.stateDirectory, saved.executionId, temporaryDirectory);
    return { asked: { ...saved, documents }, state, environment: saved.environment, resumed: true };
  });
}

function saveDocument({ document, variables }: PreparedDocument): SavedDocument {
  return { location: document.source.name, text: document.source.text, variables: Object.fromEntries(variables) };
}

function restoreDocument({ location, text, variables }: SavedDocument, folder: string): PreparedDocument {
  const { document } = parseDocument(new SourceFile(location, text));
  if (document === undefined) throw runnerError("state-not-readable", { path: folder, folder, cause: `${location} is not a document` });
  return { document, variables: new Map(Object.entries(variables)) };
}

interface Begun {
  readonly asked: Pick<ComponentRunRequest, "executionId" | "documents" | "phases" | "workingDirectory">;
  readonly state: RunState | undefined;
  /** The environment at the start of the run, overridden by that of its continuation. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly resumed?: boolean;
}

async function carryOut(
  context: RunContext,
  logs: LogFolder,
  begin: (temporaryDirectory: string) => Promise<Begun>,
): Promise<ComponentRun> {
  let state: RunState | undefined;
  try {
    const outcome = await inTemporaryFolder(async (temporaryDirectory) => {
      const begun = await begin(temporaryDirectory);
      ({ state } = begun);
      await removeAbandonedScratch();
      return perform(context, begun, logs, temporaryDirectory);
    });
    // only after the folder that it names is gone
    if (outcome.status === "restart") await state?.awaitRestart();
    else await state?.remove();
    return { outcome, logFolder: logs.path };
  } catch (thrown) {
    // the run can be resumed once the cause is removed; a second failure would hide the first
    await state?.release().catch(() => undefined);
    throw thrown;
  } finally {
    logs.close();
  }
}

async function perform(
  context: RunContext,
  { asked, state, environment: kept, resumed = false }: Begun,
  logs: LogFolder,
  temporaryDirectory: string,
): Promise<RunResult | RunInterrupted> {
  const redactor = createRedactor();
  const journal = state === undefined ? undefined : await openJournal(state, redactor, context.parameterStore);
  const hosts = new StepHosts(context.host, temporaryDirectory, {
    id: state?.holder ?? randomUUID(),
    before: state?.holdersBefore ?? [],
  });
  try {
    await state?.begin();
    const environment = { WORKING_DIRECTORY: asked.workingDirectory, ...kept, ...context.environment };
    const outcome = await runWithLogs(
      {
        ...context,
        ...asked,
        environment,
        temporaryDirectory,
        redactor,
        resumed,
        hostOf: hosts.hostOf,
        ...(journal === undefined ? {} : { journal }),
      },
      logs,
    );
    if (outcome.status === "restart") {
      journal?.sync();
      return outcome;
    }
    logs.write("detailedoutput.json", `${safeJson(detailedOutput(outcome), 2).toString()}\n`);
    context.onResult?.(outcome, logs.path);
    return outcome;
  } finally {
    hosts.close();
    journal?.close();
  }
}

/** The journal contains secrets as the names of their parameters, so those have to be fetched before it can be read. */
async function openJournal(state: RunState, redactor: Redactor, parameterStore: ParameterSource | undefined): Promise<FileJournal> {
  const journal = new FileJournal(state.journal, redactor);
  try {
    const ids = sealedIds(journal.sealed);
    if (ids.length === 0) return journal;
    if (parameterStore === undefined)
      throw runnerError("state-not-readable", { path: state.journal.path, cause: "there is no parameter store for its secrets" });
    for (const [id, { value }] of await parameterStore.get(ids)) redactor.add(value, id);
    return journal;
  } catch (thrown) {
    journal.close();
    throw thrown;
  }
}

type LoggedRequest = Omit<RunRequest, "onEvent"> & Pick<RunContext, "onEvent" | "onConsole">;

async function runWithLogs(request: LoggedRequest, folder: LogFolder): Promise<RunResult | RunInterrupted> {
  const logs = new RunLogs(folder, request);
  try {
    return await runDocuments({ ...request, onEvent: (event) => logs.take(event) });
  } finally {
    logs.close();
  }
}
