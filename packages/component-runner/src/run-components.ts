import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ActionRegistry, HostPorts } from "@imagewright/action-contract";
import { runDocuments, type PreparedDocument, type RunEvent, type RunResult } from "@imagewright/document-engine";
import { ApplicationLog } from "./application-log.js";
import { ConsoleLog } from "./console-log.js";
import { LogFile } from "./log-file.js";
import { makeTemporaryFolder } from "./temporary-folder.js";
import { keepDocuments, makeLogFolder, writeInFolder } from "./log-folder.js";
import { detailedOutput } from "./results.js";

export interface ComponentRunRequest {
  readonly executionId: string;
  readonly documents: readonly PreparedDocument[];
  readonly phases: readonly string[] | undefined;
  /** Where the log folder is made. */
  readonly logDirectory: string;
  readonly registry: ActionRegistry;
  readonly host: HostPorts;
  /** Where relative paths start. Absolute. */
  readonly workingDirectory: string;
  /** The environment of commands, to which WORKING_DIRECTORY is added where it is missing. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  /** Takes each piece of console.log as it is written; its characters are bytes (latin1). */
  readonly onConsole?: (bytes: string) => void;
}

export interface ComponentRun {
  readonly result: RunResult;
  readonly logFolder: string;
}

/** Runs prepared documents on this machine and leaves the log folder. Throws where the log cannot be kept. */
export async function runComponents(request: ComponentRunRequest): Promise<ComponentRun> {
  const { host, documents, executionId, workingDirectory } = request;
  const logFolder = await makeLogFolder(request.logDirectory, host.clock.now(), executionId);
  await keepDocuments(logFolder, documents.map(({ document }) => document.source));
  const temporaryDirectory = await makeTemporaryFolder();
  try {
    const environment = { WORKING_DIRECTORY: workingDirectory, ...request.environment };
    const result = await runWithLogs({ ...request, environment, temporaryDirectory }, logFolder);
    await writeInFolder(logFolder, "detailedoutput.json", `${JSON.stringify(detailedOutput(result), null, 2)}\n`);
    return { result, logFolder };
  } finally {
    await rm(temporaryDirectory, { recursive: true, force: true });
  }
}

async function runWithLogs(request: ComponentRunRequest & { readonly temporaryDirectory: string }, logFolder: string): Promise<RunResult> {
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
    private readonly request: ComponentRunRequest,
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
