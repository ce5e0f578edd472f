import { createDocumentLoader, openLogStream, uploadLogFolder } from "@imagewright/aws-adapters";
import { checkComponents, loadLocalDocument, prepareComponents, runComponents, summarize, type ComponentRun } from "@imagewright/component-runner";
import type { PreparedDocument, RunEvent } from "@imagewright/document-engine";
import { count, hasErrors, listOf, renderText } from "@imagewright/diagnostics";
import type { HostPorts } from "@imagewright/action-contract";
import { EXIT } from "../cli/exit-codes.js";
import { readFlags } from "../cli/flags.js";
import { renderHelp } from "../cli/help.js";
import { registry } from "../registry.js";
import { printResult, type Terminal } from "../terminal.js";
import { describeFailure } from "./describe-failure.js";
import { RUN_FLAGS } from "./run-flags.js";
import { settleRun, type RunSettings } from "./run-settings.js";

const HELP = renderHelp({
  usage: "ib-agent run --documents LIST [flags]",
  summary: "Runs the phases of component documents on this machine, and leaves a log folder.",
  flags: RUN_FLAGS,
  examples: [
    "ib-agent run --documents hello.yml",
    "ib-agent run -d base.yml,web.yml --phases build,validate --parameters version=1.2",
    "ib-agent run --config run.json --log-directory /var/log/images",
  ],
});

export interface RunSurroundings {
  readonly host: HostPorts;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly version: string;
}

/** `ib-agent run`: prints the result as JSON on standard output; everything else goes to standard error and the log folder. */
export async function run(parameters: readonly string[], surroundings: RunSurroundings): Promise<number> {
  const { terminal } = surroundings;
  const given = readFlags(RUN_FLAGS, parameters);
  if (given.help === true || given.version === true) {
    terminal.out(given.help === true ? HELP : `${surroundings.version}\n`);
    return EXIT.done;
  }
  const owner = given["document-s3-bucket-owner"];
  const settings = await settleRun(given, createDocumentLoader({ fetchLocal: loadLocalDocument, ...(owner === undefined ? {} : { bucketOwner: owner }) }));
  const documents = await prepare(settings, surroundings);
  if (documents === undefined) return reportInvalid(settings, terminal);
  const { result, logFolder } = await runWithLogs(settings, documents, given["event-stream"] === true, surroundings);
  if (result.status === "failed" && given["event-stream"] !== true) terminal.err(describeFailure(result, logFolder));
  await upload(settings, logFolder);
  printResult(summarize(result, logFolder), terminal);
  return result.status === "failed" ? EXIT.failed : EXIT.done;
}

/** The documents, or undefined where they have faults, which have been printed. */
async function prepare(settings: RunSettings, { host, terminal }: RunSurroundings): Promise<readonly PreparedDocument[] | undefined> {
  const bucketOwner = settings.documentBucketOwner;
  const load = createDocumentLoader({ fetchLocal: loadLocalDocument, ...(bucketOwner === undefined ? {} : { bucketOwner }) });
  const checked = await checkComponents({ locations: settings.locations, registry, platforms: [host.platform], load });
  const { prepared, diagnostics, unused } = prepareComponents(checked.documents, settings);
  const all = [...checked.diagnostics, ...diagnostics];
  terminal.err(renderText(all, terminal));
  if (unused.length > 0) terminal.err(`warning: no document has the ${unused.length === 1 ? "parameter" : "parameters"} ${listOf(unused, "and")}; ignored\n`);
  if (settings.stateDirectory !== undefined) terminal.err("warning: --state-directory has no effect in this version, which cannot resume a run\n");
  return hasErrors(all) ? undefined : prepared;
}

function reportInvalid({ executionId, locations }: RunSettings, terminal: Terminal): number {
  const failureMessage = `${count(locations.length, "document")} not run because of faults: ${locations.join(", ")}`;
  printResult({ executionId, status: "failed", failedStepCount: 0, executedStepCount: 0, ignoredFailedStepCount: 0, failureMessage, logUrl: "" }, terminal);
  return EXIT.failed;
}

async function runWithLogs(settings: RunSettings, documents: readonly PreparedDocument[], eventStream: boolean, { host, terminal, signal }: RunSurroundings): Promise<ComponentRun> {
  const stream = settings.logStream === undefined ? undefined : await openLogStream({ ...settings.logStream, onProblem: (problem) => terminal.err(`warning: ${problem}\n`) });
  const done = await runComponents({
    ...settings,
    documents,
    registry,
    host,
    signal,
    workingDirectory: process.cwd(),
    environment: Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    onEvent: (event) => eventStream && printEvent(event, terminal),
    onConsole: (bytes) => {
      if (settings.trace) terminal.err(Buffer.from(bytes, "latin1").toString());
      stream?.write(Buffer.from(bytes, "latin1").toString(), host.clock.now());
    },
  });
  await stream?.close();
  return done;
}

/** What commands print stays in the log folder; an event stream with it would be as long as the log. */
function printEvent(event: RunEvent, terminal: Terminal): void {
  if (event.type !== "step-output") terminal.err(`${JSON.stringify(event)}\n`);
}

async function upload({ logUpload }: RunSettings, folder: string): Promise<void> {
  if (logUpload === undefined) return;
  const { bucketOwner, ...place } = logUpload;
  await uploadLogFolder({ folder, ...place, ...(bucketOwner === undefined ? {} : { bucketOwner }) });
}
