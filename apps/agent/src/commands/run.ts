import type { HostPorts } from "@imagewright/action-contract";
import { openJobFolder, writeResult } from "@imagewright/agent-protocol";
import { createDocumentLoader, createParameterSource, type AwsSettings } from "@imagewright/aws";
import {
  localLoader,
  readSaved,
  renderWarning,
  resumeComponents,
  runComponents,
  warningsOf,
  type ComponentRun,
  type DocumentLoader,
  type RunContext,
} from "@imagewright/component-runner";
import { awsSettings, stepEnvironment, type Configuration } from "@imagewright/configuration";
import { createStyles, safe } from "@imagewright/diagnostics";
import { summaryOf } from "@imagewright/document-engine";
import { checkPrivateFolder, makeFolders, untilAborted } from "@imagewright/node-host";
import { agentConfiguration } from "../cli/agent-configuration.js";
import { EXIT } from "../cli/exit-codes.js";
import { explainFailure } from "../cli/explain.js";
import { readFlags, type FlagValues } from "../cli/flags.js";
import { renderHelp } from "../cli/help.js";
import type { EarlyEnd } from "../early-end.js";
import { outliveShutdown } from "../restart/outlive-shutdown.js";
import { restart } from "../restart/restart.js";
import { RestartGuard } from "../restart/restart-guard.js";
import { restoreContext } from "../restart/restore-context.js";
import { printResult, type Terminal } from "../terminal.js";
import { findWaiting } from "./find-waiting.js";
import { loadWithFallback } from "./load-with-fallback.js";
import { prepareRun, registryWithout, reportInvalid } from "./prepare-run.js";
import { resumeCommand } from "./resume-command.js";
import { RunEvents } from "./run-events.js";
import type { RestartMode } from "./run-choices.js";
import { RUN_FLAGS } from "./run-flags.js";
import { RunOutput } from "./run-output.js";
import { readResume, settleRun, type ResumeSettings } from "./run-settings.js";
import { keptEnvironment, readSavedSettings, savedSettings, type SavedSettings } from "./saved-settings.js";
import { showFailure } from "./show-failure.js";
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
  readonly earlyEnd: EarlyEnd;
  readonly version: string;
  /** Called before a run begins, with the command that goes on with it if this process ends at once. */
  readonly onRun: (resume: string) => void;
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
    if (settings.job !== undefined) await openJob(settings.job);
    const documents = await untilAborted(signal, prepareRun(settings, this.#loaderFor(settings.documentBucketOwner), this.context));
    if (documents === undefined) return reportInvalid(settings, this.context.terminal);
    const waiting = await findWaiting(settings, documents);
    // a caller that restarts the machine starts the agent again with the same command
    if (waiting !== undefined) return this.resume({ ...settings, executionId: waiting, eventStream: saved.eventStream });
    this.context.onRun(resumeCommand(settings));
    const environment = stepEnvironment(this.configuration, process.env);
    const held = outliveShutdown({ ...settings, mode: settings.restart }, this.context);
    const guard = new RestartGuard({ ...settings, mode: settings.restart }, this.context.terminal, { continues: false });
    const events = new RunEvents(saved, this.context.terminal).begin();
    const run = await this.#withOutput(saved, { ...held, events, guard }, (context) =>
      runComponents({
        ...{ ...context, ...settings, documents, environment, workingDirectory: process.cwd() },
        state: { directory: settings.stateDirectory, environment: keptEnvironment(environment), settings: saved },
      }),
    );
    return this.#finish(run, saved, settings);
  }

  async resume(settings: ResumeSettings): Promise<number> {
    const guard = new RestartGuard({ ...settings, mode: settings.restart }, this.context.terminal, { continues: true });
    const { run, saved } = await this.#continue(settings, guard).catch((thrown: unknown) => {
      guard.refuse(thrown);
      throw thrown;
    });
    return this.#finish(run, saved, settings);
  }

  async #continue(
    { executionId, stateDirectory, job, restart: mode, trace, showOutput, eventStream }: ResumeSettings,
    guard: RestartGuard,
  ): Promise<{ readonly run: ComponentRun; readonly saved: SavedSettings }> {
    this.context.onRun(resumeCommand({ executionId, stateDirectory }));
    const begun = await readSaved(stateDirectory, executionId);
    const before = readSavedSettings(begun);
    restoreContext(begun);
    // the environment that the run began with may say more
    this.configuration = await agentConfiguration(this.context.terminal);
    const held = outliveShutdown({ executionId, mode, stateDirectory }, this.context);
    const saved: SavedSettings = {
      ...before,
      job: job ?? before.job,
      trace: trace || before.trace,
      showOutput: showOutput || before.showOutput === true,
      eventStream: eventStream || before.eventStream,
    };
    // it may have become another one since
    if (saved.job !== undefined) await openJob(saved.job);
    const events = new RunEvents(saved, this.context.terminal);
    const run = await this.#withOutput(saved, { ...held, events, guard }, (context) =>
      resumeComponents({ ...context, stateDirectory, executionId, environment: stepEnvironment(this.configuration, process.env) }),
    );
    return { run, saved };
  }

  get #aws(): AwsSettings {
    return awsSettings(this.configuration);
  }

  #loaderFor(bucketOwner: string | undefined, fallbacks: Readonly<Record<string, string>> = {}): DocumentLoader {
    return createDocumentLoader({ aws: this.#aws, fetchLocal: (path) => loadWithFallback(path, fallbacks), bucketOwner });
  }

  /** Runs the body with the request of a run, whose events and output go where the settings say. */
  async #withOutput(
    saved: SavedSettings,
    { host, signal, events, guard }: Pick<AgentContext, "host" | "signal"> & { readonly events: RunEvents; readonly guard: RestartGuard },
    body: (context: Omit<RunContext, "environment">) => Promise<ComponentRun>,
  ): Promise<ComponentRun> {
    const { terminal } = this.context;
    const output = new RunOutput(saved, { terminal, events, aws: this.#aws, raw: this.raw });
    const { onConsole } = output;
    const run = body({
      ...{ host, signal, registry: registryWithout(saved.blockedActions), parameterStore: createParameterSource({ aws: this.#aws }) },
      loadDocument: (location, bucketOwner) =>
        untilAborted(signal, this.#loaderFor(bucketOwner ?? saved.documentBucketOwner, saved.fallbackDocuments)(location)),
      onEvent: (event) => {
        guard.begin();
        output.take(event);
      },
      onResult: (result, logFolder) => saved.job !== undefined && writeResult(saved.job, summaryOf(result, logFolder)),
      ...(onConsole !== undefined && { onConsole }),
    });
    return run
      .then(
        (ended) => {
          if (ended.outcome.status !== "restart") guard.end();
          return ended;
        },
        (thrown: unknown) => {
          guard.end();
          throw thrown;
        },
      )
      .finally(() => output.close(signal).catch(this.#keep));
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
    if (!saved.eventStream)
      for (const warning of warningsOf(outcome)) terminal.err(safe`${renderWarning(warning, createStyles(terminal.color))}\n`);
    if (outcome.status === "failed" && !saved.eventStream) showFailure(outcome, logFolder, terminal, this.raw);
    printResult(summaryOf(outcome, logFolder), terminal);
    await untilAborted(signal, uploadLogs(saved, logFolder, this.#aws)).catch(this.#keep);
    return outcome.status === "failed" ? EXIT.failed : EXIT.done;
  }
}

/** Makes the folder of a job, or takes it if no other user could have made it, or can write to it or replace it. */
async function openJob(folder: string): Promise<void> {
  // what is wrong with the folder, the next says
  await makeFolders(folder, 0o700).catch(() => undefined);
  openJobFolder(folder);
  checkPrivateFolder(folder);
}
