import { randomUUID } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import { LOGS_FOLDER, STATE_FOLDER } from "@imagewright/agent-protocol";
import type { LogReaders } from "@imagewright/component-runner";
import { unknownName, type SourceFile } from "@imagewright/diagnostics";
import { IS_WINDOWS } from "@imagewright/node-host";
import type { FlagValues } from "../cli/flags.js";
import { readList, readParameterList } from "../cli/parameters.js";
import { UsageError } from "../cli/usage-error.js";
import { readConfig, type RunConfig } from "./config-file.js";
import { LOG_READERS, RESTART_MODES, type RestartMode } from "./run-choices.js";
import type { RUN_FLAGS } from "./run-flags.js";

/** The settings of a run, combined from flags and configuration file. */
export interface RunSettings {
  readonly locations: readonly string[];
  /** The values for one document only, by its index. */
  readonly parametersOf: (index: number) => ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, string>;
  readonly phases: readonly string[] | undefined;
  readonly executionId: string;
  /** Whether the id was given rather than generated. */
  readonly hasOwnId: boolean;
  readonly logDirectory: string;
  /** Whether that is the default of Windows, which only this user may be able to change. */
  readonly privateLogDirectory: boolean;
  readonly logReaders: LogReaders;
  readonly stateDirectory: string;
  /** The folder for events and result. Absolute. */
  readonly job: string | undefined;
  readonly restart: RestartMode;
  readonly blockedActions: readonly string[];
  readonly documentBucketOwner: string | undefined;
  readonly fallbackDocuments: Readonly<Record<string, string>>;
  readonly trace: boolean;
  readonly showOutput: boolean;
  readonly logUpload: { readonly bucket: string; readonly prefix: string; readonly bucketOwner: string | undefined } | undefined;
  readonly logStream:
    { readonly group: string; readonly stream: string; readonly region: string | undefined; readonly ignoreFailures: boolean } | undefined;
}

type Given = FlagValues<typeof RUN_FLAGS>;

/** A flag overrides the same setting of the file; documents and parameters are given in one of the two, never in both. */
export async function settleRun(given: Given, load: (location: string) => Promise<SourceFile>, stateFolder: string): Promise<RunSettings> {
  checkCombination(given);
  const config = given.config === undefined ? {} : readConfig(await load(given.config));
  const givenId = given["execution-id"] ?? config.executionId;
  const job = jobFolder(given);
  const logDirectory = given["log-directory"] ?? config.logDirectory ?? (job === undefined ? undefined : join(job, LOGS_FOLDER));
  return {
    locations: config.documents?.map(({ path }) => path) ?? readList(given.documents) ?? [],
    parametersOf: (index) => byName(config.documents?.[index]?.parameters),
    parameters: given.config === undefined ? readParameterList(given.parameters) : byName(config.parameters),
    phases: readList(given.phases ?? config.phases),
    executionId: checkedId("--execution-id", givenId ?? randomUUID()),
    hasOwnId: givenId !== undefined,
    logDirectory: logDirectory ?? (IS_WINDOWS ? join(dirname(stateFolder), "logs") : "."),
    privateLogDirectory: IS_WINDOWS && logDirectory === undefined,
    logReaders: readChoice("--log-readers", given["log-readers"] ?? config.logReaders ?? "owner", LOG_READERS),
    stateDirectory: given["state-directory"] ?? config.stateDirectory ?? stateOf(job) ?? stateFolder,
    job,
    restart: readChoice("--restart", given.restart ?? "auto", RESTART_MODES),
    blockedActions: readList(given["blocked-action-modules"] ?? config.blockedActionModules) ?? [],
    documentBucketOwner: given["document-s3-bucket-owner"] ?? config.documentS3BucketOwner,
    fallbackDocuments: config.fallbackDocuments ?? {},
    trace: given.trace === true || isTrue(config.trace),
    showOutput: given["show-output"] === true,
    logUpload: logUpload(given, config),
    logStream: logStream(given, config),
  };
}

export interface ResumeSettings extends Pick<RunSettings, "executionId" | "stateDirectory" | "job" | "restart" | "trace" | "showOutput"> {
  readonly eventStream: boolean;
}

const WITH_RESUME = ["resume", "state-directory", "job", "restart", "trace", "show-output", "raw", "event-stream"];

/** The settings of a resumed run; all others are those with which it began. */
export function readResume(given: Given, stateFolder: string): ResumeSettings {
  const other = Object.entries(given).find(([name, value]) => value !== undefined && !WITH_RESUME.includes(name));
  if (other !== undefined)
    throw new UsageError(`--${other[0]} cannot be combined with --resume: a run continues with its original settings`);
  const job = jobFolder(given);
  return {
    executionId: checkedId("--resume", given.resume ?? ""),
    // the run continues in the folder where it began
    stateDirectory: resolve(given["state-directory"] ?? stateOf(job) ?? stateFolder),
    job,
    restart: readChoice("--restart", given.restart ?? "auto", RESTART_MODES),
    trace: given.trace === true,
    showOutput: given["show-output"] === true,
    eventStream: given["event-stream"] === true,
  };
}

function jobFolder({ job }: Given): string | undefined {
  return job === undefined ? undefined : resolve(job);
}

function stateOf(job: string | undefined): string | undefined {
  return job === undefined ? undefined : join(job, STATE_FOLDER);
}

function checkedId(flag: string, executionId: string): string {
  if (/^(?!\.{1,2}$|-)[A-Za-z0-9._-]{1,128}$/.test(executionId)) return executionId;
  throw new UsageError(
    `${flag} must have 1 to 128 of the characters a-z, A-Z, 0-9, ".", "_" and "-", and not begin with "-", since it becomes part of a folder's name`,
  );
}

function readChoice<Choice extends string>(flag: string, text: string, choices: readonly Choice[]): Choice {
  const chosen = choices.find((name) => name === text);
  if (chosen === undefined) throw new UsageError(`${flag}: ${unknownName("value", text, choices)}`);
  return chosen;
}

function checkCombination(given: Given): void {
  if (given.config === undefined && given.documents === undefined) throw new UsageError("give either --documents or --config");
  if (given.config === undefined) return;
  for (const name of ["documents", "parameters"] as const) {
    if (given[name] !== undefined) throw new UsageError(`--${name} cannot be combined with --config; write it into the configuration file`);
  }
}

function byName(pairs: RunConfig["parameters"] = []): ReadonlyMap<string, string> {
  return new Map(pairs.map(({ name, value }) => [name, value]));
}

function logUpload(given: Given, config: RunConfig): RunSettings["logUpload"] {
  const bucket = given["log-s3-bucket-name"] ?? config.logS3BucketName;
  if (bucket === undefined) return undefined;
  return {
    bucket,
    prefix: given["log-s3-key-prefix"] ?? config.logS3KeyPrefix ?? "",
    bucketOwner: given["log-s3-bucket-owner"] ?? config.logS3BucketOwner,
  };
}

function logStream(given: Given, config: RunConfig): RunSettings["logStream"] {
  const group = given["cw-log-group"] ?? config.cwLogGroup;
  const stream = given["cw-log-stream"] ?? config.cwLogStream;
  if (group === undefined && stream === undefined) return undefined;
  if (group === undefined || stream === undefined) throw new UsageError("--cw-log-group and --cw-log-stream must be given together");
  return {
    group,
    stream,
    region: given["cw-log-region"] ?? config.cwLogRegion,
    ignoreFailures: given["cw-ignore-failures"] === true || isTrue(config.cwIgnoreFailures),
  };
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === "true";
}
