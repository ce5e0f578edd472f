import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ActionRegistry, HostPorts } from "@imagewright/action-contract";
import { SourceFile } from "@imagewright/diagnostics";
import { parseDocument, runDocuments, type ParameterSource, type PreparedDocument, type RunEvent, type RunInterrupted, type RunRequest, type RunResult } from "@imagewright/document-engine";
import { createRedactor, sealedIds, type Redactor } from "@imagewright/redaction";
import { ApplicationLog } from "./application-log.js";
import { ConsoleLog } from "./console-log.js";
import { runnerError } from "./errors.js";
import { LogFile } from "./log-file.js";
import { keepDocuments, makeLogFolder, writeInFolder } from "./log-folder.js";
import { chaining, detailedOutput } from "./results.js";
import { FileJournal } from "./state/file-journal.js";
import { RunState, type SavedRun } from "./state/saved-run.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

/** What a run needs of the program that starts it. */
export interface RunContext {
  readonly registry: ActionRegistry;
  readonly host: HostPorts;
  /** The environment of commands, to which WORKING_DIRECTORY is added where it is missing. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  /** Takes each piece of console.log as it is written; its characters are bytes (latin1). */
  readonly onConsole?: (bytes: string) => void;
  readonly parameterStore?: ParameterSource;
  readonly loadDocument?: RunRequest["loadDocument"];
}

export interface ComponentRunRequest extends RunContext {
  readonly executionId: string;
  readonly documents: readonly PreparedDocument[];
  readonly phases: readonly string[] | undefined;
  /** Where the log folder is made. */
  readonly logDirectory: string;
  /** Where relative paths start. Absolute. */
  readonly workingDirectory: string;
  /** Where the state of the run is kept until it ends; without one, it cannot be resumed. */
  readonly state?: StateOptions;
}

export interface StateOptions {
  readonly directory: string;
  /** The part of the environment that is kept for a run that goes on after a restart. */
  readonly environment: Readonly<Record<string, string>>;
  /** Plain data of the program's own, which it finds again in the saved run. */
  readonly settings: unknown;
}

export interface ComponentRun {
  /** The result, or the restart for which the run waits. */
  readonly outcome: RunResult | RunInterrupted;
  readonly logFolder: string;
}

/** Runs prepared documents on this machine and leaves the log folder. Throws where the log or the state cannot be kept. */
export async function runComponents(request: ComponentRunRequest): Promise<ComponentRun> {
  const { host, documents, executionId, workingDirectory, phases, state: options } = request;
  const logFolder = await makeLogFolder(request.logDirectory, host.clock.now(), executionId);
  await keepDocuments(logFolder, documents.map(({ document }) => document.source));
  await writeInFolder(logFolder, "chaining.json", `${JSON.stringify(chaining(documents.map(({ document }) => document)), null, 2)}\n`);
  const asked = { executionId, documents, phases, logFolder, workingDirectory };
  if (options === undefined) return { outcome: await perform(request, asked, undefined), logFolder };
  const { environment, settings } = options;
  const state = await RunState.create(options.directory, { ...asked, documents: documents.map(saveDocument), environment, settings });
  return { outcome: await perform(request, asked, state), logFolder };
}

export interface ResumeRequest extends RunContext {
  readonly stateDirectory: string;
  readonly executionId: string;
}

/** Goes on with a run that was interrupted by a crash or a restart. Nothing that it has finished runs again. */
export async function resumeComponents(request: ResumeRequest): Promise<ComponentRun> {
  const { state, saved } = await RunState.open(request.stateDirectory, request.executionId);
  const documents = saved.documents.map(({ location, text, variables }): PreparedDocument => {
    const { document } = parseDocument(new SourceFile(location, text));
    if (document === undefined) throw runnerError("state-not-readable", { path: state.folder, cause: `${location} is no document` });
    return { document, variables: new Map(Object.entries(variables)) };
  });
  const environment = { ...saved.environment, ...request.environment };
  return { outcome: await perform({ ...request, environment }, { ...saved, documents }, state, true), logFolder: saved.logFolder };
}

function saveDocument({ document, variables }: PreparedDocument): SavedRun["documents"][number] {
  return { location: document.source.name, text: document.source.text, variables: Object.fromEntries(variables) };
}

type Asked = Pick<ComponentRunRequest, "executionId" | "documents" | "phases" | "workingDirectory"> & { readonly logFolder: string };

async function perform(context: RunContext, asked: Asked, state: RunState | undefined, resumed = false): Promise<RunResult | RunInterrupted> {
  const redactor = createRedactor();
  const journal = state === undefined ? undefined : await openJournal(state, redactor, context.parameterStore);
  const temporaryDirectory = await makeTemporaryFolder();
  try {
    const environment = { WORKING_DIRECTORY: asked.workingDirectory, ...context.environment };
    const outcome = await runWithLogs({ ...context, ...asked, environment, temporaryDirectory, redactor, resumed, ...(journal === undefined ? {} : { journal }) }, asked.logFolder);
    if (outcome.status === "restart") {
      journal?.sync();
      await state?.awaitRestart();
    } else {
      await writeInFolder(asked.logFolder, "detailedoutput.json", `${JSON.stringify(detailedOutput(outcome), null, 2)}\n`);
      await state?.remove();
    }
    return outcome;
  } finally {
    journal?.close();
    await rm(temporaryDirectory, { recursive: true, force: true });
  }
}

/** Secrets stand in the journal as the names of their parameters, so those have to be fetched before it can be read. */
async function openJournal(state: RunState, redactor: Redactor, parameterStore: ParameterSource | undefined): Promise<FileJournal> {
  const journal = new FileJournal(state.journalPath, redactor);
  const ids = sealedIds(journal.sealed);
  if (ids.length === 0) return journal;
  if (parameterStore === undefined) throw runnerError("state-not-readable", { path: state.journalPath, cause: "there is no parameter store from which to take its secrets" });
  for (const [id, { value }] of await parameterStore.get(ids)) redactor.add(value, id);
  return journal;
}

type LoggedRequest = Omit<RunRequest, "onEvent"> & Pick<RunContext, "onEvent" | "onConsole">;

async function runWithLogs(request: LoggedRequest, logFolder: string): Promise<RunResult | RunInterrupted> {
  const logs = new RunLogs(logFolder, request);
  try {
    return await runDocuments({ ...request, onEvent: (event) => logs.take(event) });
  } finally {
    logs.close();
  }
}

/** The readers of the event stream that every run has. */
class RunLogs {
  readonly #files: readonly [LogFile, LogFile];
  readonly #console: ConsoleLog;
  readonly #application: ApplicationLog;

  constructor(
    folder: string,
    private readonly request: Pick<RunContext, "onEvent" | "onConsole">,
  ) {
    const console = new LogFile(join(folder, "console.log"));
    const application = new LogFile(join(folder, "application.log"));
    this.#files = [console, application];
    this.#console = new ConsoleLog((bytes) => {
      console.write(bytes);
      request.onConsole?.(bytes);
    });
    this.#application = new ApplicationLog((bytes) => application.write(bytes));
  }

  take(event: RunEvent): void {
    this.#console.take(event);
    this.#application.take(event);
    this.request.onEvent?.(event);
  }

  close(): void {
    const [console, application] = this.#files;
    try {
      console.close();
    } finally {
      application.close();
    }
  }
}
