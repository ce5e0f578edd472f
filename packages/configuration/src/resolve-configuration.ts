import { dirname, resolve } from "node:path";
import { settingsFromEnvironment, type AwsKeys } from "@imagewright/aws";
import { configurationError } from "./errors.js";
import type { FileSettings } from "./config-file.js";
import type { Configuration, PrivateAddresses } from "./configuration.js";
import { defaultDataFolder, defaultStateFolder, type HostUser } from "./default-folders.js";
import type { ConfiguredValue } from "./configured-value.js";
import { serviceSettings, type ServiceSettings } from "./service-settings.js";

/** The values of flags, by the name of the flag as it is typed. */
export interface GivenFlags {
  readonly "--data-dir"?: string | undefined;
  readonly "--state-directory"?: string | undefined;
  readonly "--region"?: string | undefined;
  readonly "--profile"?: string | undefined;
  readonly "--endpoint-url"?: string | undefined;
  readonly "--role-arn"?: string | undefined;
  readonly "--no-private-addresses"?: boolean | undefined;
  readonly "--database-url"?: string | undefined;
  readonly "--listen"?: string | undefined;
  readonly "--public-url"?: string | undefined;
  readonly "--tls-cert"?: string | undefined;
  readonly "--tls-key"?: string | undefined;
  readonly "--metrics-listen"?: string | undefined;
  readonly "--traces"?: string | undefined;
  readonly "--encryption-key"?: string | undefined;
  readonly "--resource-keys"?: string | undefined;
  readonly "--catalogue"?: string | undefined;
  readonly "--debian-mirror"?: string | undefined;
  readonly "--event-webhook"?: string | undefined;
  readonly "--event-webhook-secret-file"?: string | undefined;
  readonly "--event-bus"?: string | undefined;
  readonly "--event-source"?: string | undefined;
  readonly "--sns"?: string | undefined;
  readonly "--regions"?: string | undefined;
  readonly "--account"?: string | undefined;
}

/** The variable that forbids addresses that are not public, in the environment of the programs and of their steps. */
export const PRIVATE_ADDRESSES_VARIABLE = "IMAGEWRIGHT_PRIVATE_ADDRESSES";

const PRIVATE_ADDRESSES: readonly PrivateAddresses[] = ["allowed", "forbidden"];

/** Where traces are sent to. The last two are those of all programs with OpenTelemetry. */
const TRACES_VARIABLES = ["IMAGEWRIGHT_TRACES", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

export interface Sources {
  readonly flags: GivenFlags;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The configuration file, if there is one. */
  readonly file: { readonly path: string; readonly settings: FileSettings } | undefined;
  readonly user: HostUser;
}

/**
 * Resolves each setting: a flag takes precedence over the environment, the environment over the configuration file, the file over the
 * default.
 */
export function resolveConfiguration(sources: Sources): Configuration {
  const { environment, user, file, flags } = sources;
  const aws = settingsFromEnvironment(environment);
  const fromFile = file?.settings.aws ?? {};
  const profile = first(ofFlag(sources, "--profile"), ofVariable("AWS_PROFILE", aws.profile), ofFile(file, fromFile.profile));
  return {
    dataFolder: absolute(
      first(
        ofFlag(sources, "--data-dir"),
        ofVariable("IMAGEWRIGHT_HOME", environment["IMAGEWRIGHT_HOME"]),
        ofFile(file, inFolderOf(file, file?.settings.dataFolder)),
      ) ?? defaultDataFolder(environment, user),
    ),
    stateFolder: stateFolder(sources),
    region: first(ofFlag(sources, "--region"), ofVariable("AWS_REGION", aws.region), ofFile(file, fromFile.region)),
    profile,
    endpoint: first(ofFlag(sources, "--endpoint-url"), ofVariable("AWS_ENDPOINT_URL", aws.endpoint), ofFile(file, fromFile.endpoint)),
    endpoints: flags["--endpoint-url"] ? {} : (aws.endpoints ?? {}),
    roleArn: first(ofFlag(sources, "--role-arn"), ofFile(file, fromFile.roleArn)),
    privateAddresses: privateAddresses(sources),
    // a profile from a flag takes precedence over keys in the environment
    credentials: profile?.origin.kind === "flag" ? undefined : ofVariable<AwsKeys>("AWS_ACCESS_KEY_ID", aws.credentials),
    service: service(sources),
  };
}

function service(sources: Sources): ServiceSettings {
  const { environment, file } = sources;
  const { databaseUrl, listen, publicUrl, certificateFile, keyFile, metricsListen, traces, encryptionKey, ...others } =
    file?.settings.service ?? {};
  const { resourceKeys, catalogueFolder, debianMirror, regions, account, quotas, logs, ...ofEvents } = others;
  const { eventWebhooks, eventWebhookSecretFile, eventBus, eventSource, sns } = ofEvents;
  const find = (flag: keyof TextFlags, variable: string, inFile: string | undefined) =>
    first(ofFlag(sources, flag), ofVariable(variable, environment[variable]), ofFile(file, inFile));
  const texts = {
    databaseUrl: find("--database-url", "IMAGEWRIGHT_DATABASE_URL", databaseUrl),
    listen: find("--listen", "IMAGEWRIGHT_LISTEN", listen),
    publicUrl: find("--public-url", "IMAGEWRIGHT_PUBLIC_URL", publicUrl),
    certificateFile: find("--tls-cert", "IMAGEWRIGHT_TLS_CERT", inFolderOf(file, certificateFile)),
    keyFile: find("--tls-key", "IMAGEWRIGHT_TLS_KEY", inFolderOf(file, keyFile)),
    metricsListen: find("--metrics-listen", "IMAGEWRIGHT_METRICS_LISTEN", metricsListen),
    traces: first(
      ofFlag(sources, "--traces"),
      ...TRACES_VARIABLES.map((name) => ofVariable(name, environment[name])),
      ofFile(file, traces),
    ),
    encryptionKey: find(
      "--encryption-key",
      "IMAGEWRIGHT_ENCRYPTION_KEY",
      isArn(encryptionKey) ? encryptionKey : inFolderOf(file, encryptionKey),
    ),
    resourceKeys: find("--resource-keys", "IMAGEWRIGHT_RESOURCE_KEYS", resourceKeys),
    regions: find("--regions", "IMAGEWRIGHT_REGIONS", regions?.join(",")),
    account: find("--account", "IMAGEWRIGHT_ACCOUNT", account),
    catalogueFolder: find("--catalogue", "IMAGEWRIGHT_CATALOGUE", inFolderOf(file, catalogueFolder)),
    debianMirror: find("--debian-mirror", "IMAGEWRIGHT_DEBIAN_MIRROR", debianMirror),
    eventWebhooks: find("--event-webhook", "IMAGEWRIGHT_EVENT_WEBHOOK", eventWebhooks?.join(",")),
    eventWebhookSecretFile: find(
      "--event-webhook-secret-file",
      "IMAGEWRIGHT_EVENT_WEBHOOK_SECRET_FILE",
      inFolderOf(file, eventWebhookSecretFile),
    ),
    eventBus: find("--event-bus", "IMAGEWRIGHT_EVENT_BUS", eventBus),
    eventSource: find("--event-source", "IMAGEWRIGHT_EVENT_SOURCE", eventSource),
    sns: find("--sns", "IMAGEWRIGHT_SNS", sns),
  };
  const inFileOnly = <Value>(value: Value | undefined) =>
    value === undefined || file === undefined ? undefined : { value, origin: { kind: "file", path: file.path } as const };
  return serviceSettings(texts, { quotas: inFileOnly(quotas), logs: inFileOnly(logs) });
}

/** Whether a setting that may be a file is the ARN of something in AWS. */
function isArn(text: string | undefined): boolean {
  return text?.startsWith("arn:") === true;
}

/** Errors: value-not-allowed, since a misspelled value must not mean the opposite. */
function privateAddresses({ flags, environment, file }: Sources): Configuration["privateAddresses"] {
  if (flags["--no-private-addresses"] === true) return { value: "forbidden", origin: { kind: "flag", name: "--no-private-addresses" } };
  const given = ofVariable(PRIVATE_ADDRESSES_VARIABLE, environment[PRIVATE_ADDRESSES_VARIABLE]);
  const value = PRIVATE_ADDRESSES.find((known) => known === given?.value);
  if (given !== undefined && value !== undefined) return { ...given, value };
  if (given !== undefined)
    throw configurationError("value-not-allowed", { name: PRIVATE_ADDRESSES_VARIABLE, value: given.value, allowed: PRIVATE_ADDRESSES });
  const inFile = file?.settings.privateAddresses;
  if (file === undefined || inFile === undefined) return { value: "allowed", origin: { kind: "default" } };
  return { value: inFile, origin: { kind: "file", path: file.path } };
}

/** A data folder set by a flag or variable also contains the state folder, so that trials and tests leave nothing elsewhere. */
function stateFolder(sources: Sources): ConfiguredValue<string> {
  const { environment, user, file } = sources;
  const dataFolder = first(ofFlag(sources, "--data-dir"), ofVariable("IMAGEWRIGHT_HOME", environment["IMAGEWRIGHT_HOME"]));
  return (
    first(
      ofFlag(sources, "--state-directory"),
      dataFolder && { value: resolve(dataFolder.value, "state"), origin: dataFolder.origin },
      ofFile(file, inFolderOf(file, file?.settings.stateFolder)),
    ) ?? defaultStateFolder(environment, user)
  );
}

function first<Value>(...settings: readonly (ConfiguredValue<Value> | undefined)[]): ConfiguredValue<Value> | undefined {
  return settings.find((setting) => setting !== undefined);
}

type TextFlags = Omit<GivenFlags, "--no-private-addresses">;

function ofFlag({ flags }: Sources, name: keyof TextFlags): ConfiguredValue<string> | undefined {
  const value = flags[name];
  return value === undefined || value === "" ? undefined : { value, origin: { kind: "flag", name } };
}

function ofVariable<Value>(name: string, value: Value | undefined): ConfiguredValue<Value> | undefined {
  return value === undefined || value === "" ? undefined : { value, origin: { kind: "environment", name } };
}

function ofFile(file: Sources["file"], value: string | undefined): ConfiguredValue<string> | undefined {
  return file === undefined || value === undefined ? undefined : { value, origin: { kind: "file", path: file.path } };
}

/** What is kept in the folder is told to others, who may be in another one. */
function absolute({ value, origin }: ConfiguredValue<string>): ConfiguredValue<string> {
  return { value: resolve(value), origin };
}

/** Relative paths in the configuration file are relative to its folder. */
function inFolderOf(file: Sources["file"], folder: string | undefined): string | undefined {
  return file === undefined || folder === undefined ? undefined : resolve(dirname(file.path), folder);
}
