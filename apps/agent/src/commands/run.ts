import { blockActions, type ActionRegistry, type HostPorts } from "@imagewright/action-contract";
import { openJobFolder, writeResult } from "@imagewright/agent-protocol";
import { standardRegistry as registry } from "@imagewright/action-modules";
import { createDocumentLoader, createParameterSource, openLogStream, type AwsSettings } from "@imagewright/aws";
import {
  checkComponents,
  failedSteps,
  findAwaitingRestart,
  joinFaults,
  localLoader,
  prepareComponents,
  readSaved,
  renderFailedStep,
  resumeComponents,
  runComponents,
  type ComponentRun,
  type DocumentLoader,
  type RunContext,
} from "@imagewright/component-runner";
import { summaryOf, type PreparedDocument, type RunResult } from "@imagewright/document-engine";
import { count, hasErrors, listOf, OutputEscaper, joinSafe, safe, safeLines, showDiagnostics, unknownName } from "@imagewright/diagnostics";
import { checkPrivateFolder, untilAborted } from "@imagewright/node-host";
import { awsSettings, stepEnvironment, type Configuration } from "@imagewright/configuration";
import { EXIT } from "../cli/exit-codes.js";
import { explainFailure } from "../cli/explain.js";
import { agentConfiguration } from "../cli/agent-configuration.js";
import { readFlags, type FlagValues } from "../cli/flags.js";
import { loadWithFallback } from "./load-with-fallback.js";
import { renderHelp } from "../cli/help.js";
import { UsageError } from "../cli/usage-error.js";
import { outliveShutdown } from "../restart/outlive-shutdown.js";
import { clearTriggers, restart } from "../restart/restart.js";
import { restoreContext } from "../restart/restore-context.js";
import { printResult, type Terminal } from "../terminal.js";
import { LineBuffer } from "./line-buffer.js";
import { RUN_FLAGS } from "./run-flags.js";
import { RunEvents } from "./run-events.js";
import { readResume, settleRun, type RestartMode, type ResumeSettings, type RunSettings } from "./run-settings.js";
import { keptEnvironment, readSavedSettings, savedSettings, type SavedSettings } from "./saved-settings.js";
import { uploadLogs } from "./upload-logs.js";

const HELP = renderHelp({
  usage: "ib-agent run --documents LIST [flags]",
  summary: "Runs the phases of component documents on this machine, and writes a log folder.",
  flags: RUN_FLAGS,
  examples: [
    "ib-agent run --documents hello.yml",
    "ib-agent run -d base.yml,web.yml --phases build,validate --parameters version=1.2",
    "ib-agent run --config run.json --log-directory /var/log/images",
    "ib-agent run --resume 0d6f3a52-7d0e-4f6c-9f0e-2f6f6a4d7c11",
  ],
});

export interface AgentContext {
  readonly host: HostPorts;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly version: string;
}

/** `ib-agent run`: prints the result as JSON on standard output; everything else goes to standard error and the log folder. */
export async function run(parameters: readonly string[], context: AgentContext): Promise<number> {
  const given = readFlags(RUN_FLAGS, parameters);
  if (given.help === true || given.version === true) {
    context.terminal.out(given.help === true ? HELP : safe`${context.version}\n`);
    return EXIT.done;
  }
  const configuration = await agentConfiguration(context.terminal, { "--no-private-addresses": given["no-private-addresses"] });
  const agent = new AgentRun(context, configuration, given.raw === true);
  try {
    const code = await (given.resume === undefined ? agent.start(given) : agent.resume(readResume(given, configuration.stateFolder.value)));
    return code === EXIT.done && agent.failures.length > 0 ? EXIT.failed : code;
  } finally {
    for (const failure of agent.failures) explainFailure(failure, context.terminal);
  }
}

class AgentRun {
  /** A failure to deliver the logs. Reported after the result of the run. */
  readonly failures: unknown[] = [];
  readonly #traced = new OutputEscaper();

  constructor(
    private readonly context: AgentContext,
    private configuration: Configuration,
    /** Whether the output of steps is shown with what a terminal obeys. */
    private readonly raw: boolean,
  ) {}

  async start(given: FlagValues<typeof RUN_FLAGS>): Promise<number> {
    const loadConfig = createDocumentLoader({
      aws: this.#aws,
      fetchLocal: localLoader("configuration file"),
      bucketOwner: given["document-s3-bucket-owner"],
    });
    const { signal } = this.context;
    const settings = await untilAborted(signal, settleRun(given, loadConfig, this.configuration.stateFolder.value));
    const saved = savedSettings(settings, given["event-stream"] === true);
    if (settings.job !== undefined) openJob(settings.job);
    const documents = await untilAborted(signal, this.#prepare(settings));
    if (documents === undefined) return reportInvalid(settings, this.context.terminal);
    const waiting = await findWaiting(settings, documents);
    // a caller that restarts the machine starts the agent again with the same command
    if (waiting !== undefined) return this.resume({ ...settings, executionId: waiting, eventStream: saved.eventStream });
    const environment = stepEnvironment(this.configuration, process.env);
    const host = outliveShutdown({ ...settings, mode: settings.restart }, this.context);
    const run = await this.#withStream(saved, new RunEvents(saved, this.context.terminal).begin(), (context) =>
      runComponents({
        ...{ ...context, ...settings, host, documents, environment, workingDirectory: process.cwd() },
        state: { directory: settings.stateDirectory, environment: keptEnvironment(environment), settings: saved },
      }),
    );
    return this.#finish(run, saved, settings);
  }

  async resume({ executionId, stateDirectory, job, restart: mode, trace, eventStream }: ResumeSettings): Promise<number> {
    clearTriggers(executionId);
    const begun = await readSaved(stateDirectory, executionId);
    const before = readSavedSettings(begun);
    restoreContext(begun);
    // the environment that the run began with may say more
    this.configuration = await agentConfiguration(this.context.terminal);
    const host = outliveShutdown({ executionId, mode, stateDirectory }, this.context);
    const saved: SavedSettings = {
      ...before,
      job: job ?? before.job,
      trace: trace || before.trace,
      eventStream: eventStream || before.eventStream,
    };
    const run = await this.#withStream(saved, new RunEvents(saved, this.context.terminal), (context) =>
      resumeComponents({ ...context, host, stateDirectory, executionId, environment: stepEnvironment(this.configuration, process.env) }),
    );
    return this.#finish(run, saved, { restart: mode, stateDirectory });
  }

  get #aws(): AwsSettings {
    return awsSettings(this.configuration);
  }

  #loaderFor(bucketOwner: string | undefined, fallbacks: Readonly<Record<string, string>> = {}): DocumentLoader {
    return createDocumentLoader({ aws: this.#aws, fetchLocal: (path) => loadWithFallback(path, fallbacks), bucketOwner });
  }

  /** The documents, or undefined if they have faults, which have been printed. */
  async #prepare(settings: RunSettings): Promise<readonly PreparedDocument[] | undefined> {
    const { host, terminal } = this.context;
    const load = this.#loaderFor(settings.documentBucketOwner);
    const checked = await checkComponents({
      locations: settings.locations,
      registry: registryWithout(settings.blockedActions),
      platforms: [host.platform],
      load,
    });
    const { prepared, diagnostics, unused, unknownPhases } = prepareComponents(checked.documents, {
      ...settings,
      howToGive: (name) => `give it with --parameters ${name}=VALUE`,
    });
    const all = joinFaults(checked.diagnostics, diagnostics);
    terminal.err(showDiagnostics(all, terminal));
    // the phases of a job are those of a stage, which not every document has
    if (settings.job === undefined) for (const problem of unknownPhases) terminal.err(safe`warning: ${problem}\n`);
    if (unused.length > 0)
      terminal.err(
        safe`warning: no document has the ${unused.length === 1 ? "parameter" : "parameters"} ${listOf(unused, "and")}; ignored\n`,
      );
    return hasErrors(all) ? undefined : prepared;
  }

  /** The request of a run; console.log is sent to CloudWatch Logs while it is written, and events to the job. */
  async #withStream(
    saved: SavedSettings,
    events: RunEvents,
    body: (context: Omit<RunContext, "environment">) => Promise<ComponentRun>,
  ): Promise<ComponentRun> {
    const { host, terminal, signal } = this.context;
    const stream =
      saved.logStream === undefined
        ? undefined
        : openLogStream({
            ...saved.logStream,
            aws: this.#aws,
            onProblem: (problem) => terminal.err(safe`warning: ${safeLines(problem.message)}\n`),
          });
    // the service compares these times with its own
    const lines = new LineBuffer((line) => stream?.write(line, new Date().getTime()));
    const onConsole = (bytes: Uint8Array) => {
      if (saved.trace) this.#trace(bytes);
      if (stream !== undefined) lines.push(bytes);
    };
    const run = body({
      ...{ host, signal, registry: registryWithout(saved.blockedActions), parameterStore: createParameterSource({ aws: this.#aws }) },
      loadDocument: (location, bucketOwner) =>
        untilAborted(signal, this.#loaderFor(bucketOwner ?? saved.documentBucketOwner, saved.fallbackDocuments)(location)),
      onEvent: (event) => events.take(event),
      onResult: (result, logFolder) => saved.job !== undefined && writeResult(saved.job, summaryOf(result, logFolder)),
      ...((saved.trace || stream !== undefined) && { onConsole }),
    });
    return run.finally(async () => {
      events.close();
      terminal.err(this.#traced.end());
      lines.end();
      if (stream !== undefined) await untilAborted(signal, stream.close()).catch(this.#keep);
    });
  }

  #trace(bytes: Uint8Array): void {
    const { terminal } = this.context;
    // the terminal may write the chunk later
    if (this.raw) terminal.rawErr(Buffer.from(bytes));
    else terminal.err(this.#traced.push(bytes));
  }

  readonly #keep = (failure: unknown) => void this.failures.push(failure);

  async #finish(
    { outcome, logFolder }: ComponentRun,
    saved: SavedSettings,
    { restart: mode, stateDirectory }: { readonly restart: RestartMode; readonly stateDirectory: string },
  ): Promise<number> {
    const { terminal, host, signal } = this.context;
    if (outcome.status === "restart") {
      const sleep = (milliseconds: number) => host.clock.sleep(milliseconds, signal);
      await restart(outcome, { mode, stateDirectory, terminal, sleep });
      return EXIT.restart;
    }
    if (outcome.status === "failed" && !saved.eventStream) showFailure(outcome, logFolder, terminal, this.raw);
    printResult(summaryOf(outcome, logFolder), terminal);
    await untilAborted(signal, uploadLogs(saved, logFolder, this.#aws)).catch(this.#keep);
    return outcome.status === "failed" ? EXIT.failed : EXIT.done;
  }
}

/** Makes the folder of a job, or takes it if no other user could have made it, or can write to it or replace it. */
function openJob(folder: string): void {
  openJobFolder(folder);
  checkPrivateFolder(folder);
}

/** The run of the same documents that was waiting for this restart. */
function findWaiting(
  { stateDirectory, executionId, hasOwnId, phases }: RunSettings,
  documents: readonly PreparedDocument[],
): Promise<string | undefined> {
  const saved = documents.map(({ document: { source }, variables }) => ({
    location: source.name,
    text: source.text,
    variables: Object.fromEntries(variables),
  }));
  return findAwaitingRestart(stateDirectory, {
    executionId: hasOwnId ? executionId : undefined,
    documents: saved,
    phases,
    workingDirectory: process.cwd(),
  });
}

function registryWithout(blocked: readonly string[]): ActionRegistry {
  const unknown = blocked.find((name) => !registry.names.includes(name));
  if (unknown !== undefined) throw new UsageError(`--blocked-action-modules: ${unknownName("action module", unknown, registry.names)}`);
  return blockActions(registry, blocked);
}

function reportInvalid({ executionId, locations, job }: RunSettings, terminal: Terminal): number {
  const failureMessage = `${count(locations.length, "document")} not run because of faults: ${locations.join(", ")}`;
  const counts = { failedStepCount: 0, executedStepCount: 0, ignoredFailedStepCount: 0 };
  const summary = { executionId, status: "failed" as const, ...counts, failureMessage, logUrl: "" };
  if (job !== undefined) writeResult(job, summary);
  printResult(summary, terminal);
  return EXIT.failed;
}

/** Shows which steps ended a run, and where its logs are. */
function showFailure(result: RunResult, logFolder: string, { err, color }: Terminal, raw: boolean): void {
  const steps = failedSteps(result).map((step) => renderFailedStep(step, { color, raw }));
  err(safe`${joinSafe(steps, "\n")}${result.cancelled ? safe`the run was cancelled\n` : ""}  logs: ${logFolder}\n`);
}
