import { joinSafe, safe, type SafeText } from "@imagewright/diagnostics";
import { describeOrigin, type Configuration, type SettingOrigin } from "@imagewright/configuration";
import { shownDatabaseUrl } from "../serve/checked-settings.js";
import { shownTracesUrl } from "../traces/trace-settings.js";

interface ShownSetting {
  readonly name: string;
  /** Null if it is not set. */
  readonly value: string | null;
  readonly origin: SettingOrigin | null;
}

export interface ConfigurationJson {
  /** The configuration file that was read. */
  readonly file: string | null;
  readonly settings: readonly ShownSetting[];
}

/** The configuration as data. Of access keys it has only the id, which is not secret, and of the database's URL not the password. */
export function configurationJson(configuration: Configuration, file: string | undefined): ConfigurationJson {
  const { dataFolder, stateFolder, region, profile, endpoint, roleArn, privateAddresses, credentials, service } = configuration;
  const accessKey = credentials && { value: credentials.value.accessKeyId, origin: credentials.origin };
  const { databaseUrl, listen, publicUrl, certificateFile, keyFile, metricsListen, traces, encryptionKey, ...others } = service;
  const { resourceKeys, catalogueFolder, debianMirror, regions, account, quotas, logs, ...ofEvents } = others;
  const { eventWebhooks, eventWebhookSecretFile, eventBus, eventSource, sns } = ofEvents;
  const settings = Object.entries({
    ...{ dataFolder, stateFolder, region, profile, endpoint, roleArn, accessKey, privateAddresses },
    serviceDatabase: databaseUrl && { ...databaseUrl, value: shownDatabaseUrl(databaseUrl.value) },
    ...{ serviceAddress: listen, servicePublicUrl: publicUrl, serviceCertificate: certificateFile, serviceKey: keyFile },
    ...{ serviceMetrics: metricsListen, serviceTraces: traces && { ...traces, value: shownTracesUrl(traces.value) } },
    ...{ serviceEncryption: encryptionKey, serviceResourceKeys: resourceKeys },
    serviceCatalogue: catalogueFolder,
    // one with a password is refused, and not shown either
    serviceDebianMirror: debianMirror && { ...debianMirror, value: debianMirror.value.replace(/\/\/[^/]*@/, "//") },
    // a query may have a secret
    serviceWebhooks: eventWebhooks && { ...eventWebhooks, value: eventWebhooks.value.map(shownWebhook).join(",") },
    serviceWebhookSecret: eventWebhookSecretFile,
    ...{ serviceEventBus: eventBus, serviceEventSource: eventSource, serviceSns: sns },
    serviceRegions: { ...regions, value: regions.value.join(",") },
    serviceAccount: account,
    serviceQuotas: quotas && { ...quotas, value: JSON.stringify(quotas.value) },
    serviceLogs: logs && { ...logs, value: JSON.stringify(logs.value) },
  }).map(([name, setting]) => ({
    name,
    value: setting?.value ?? null,
    origin: setting?.origin ?? null,
  }));
  return { file: file ?? null, settings };
}

function shownWebhook(url: string): string {
  return url.replace(/\/\/[^/]*@/, "//").replace(/\?.*$/, "?…");
}

const LABELS: Readonly<Record<string, string>> = {
  dataFolder: "data folder",
  stateFolder: "state folder",
  region: "AWS region",
  profile: "AWS profile",
  endpoint: "AWS endpoint",
  roleArn: "AWS role",
  accessKey: "AWS access key",
  privateAddresses: "private addresses",
  serviceDatabase: "service database",
  serviceAddress: "service address",
  servicePublicUrl: "service URL",
  serviceCertificate: "TLS certificate",
  serviceKey: "TLS key",
  serviceMetrics: "service metrics",
  serviceTraces: "service traces",
  serviceEncryption: "encryption key",
  serviceResourceKeys: "resource keys",
  serviceCatalogue: "own catalogue",
  serviceDebianMirror: "Debian mirror",
  serviceWebhooks: "event webhooks",
  serviceWebhookSecret: "webhook secret",
  serviceEventBus: "event bus",
  serviceEventSource: "event source",
  serviceSns: "SNS topics",
  serviceRegions: "service Regions",
  serviceAccount: "service account",
  serviceQuotas: "service quotas",
  serviceLogs: "service logs",
};

/** The configuration for people, a line each. */
export function renderConfiguration({ file, settings }: ConfigurationJson): SafeText {
  const lines = settings.map(({ name, value, origin }) => {
    const shown = value === null || origin === null ? "not set" : `${value} (${describeOrigin(origin)})`;
    return safe`${(LABELS[name] ?? name).padEnd(17)} ${shown}`;
  });
  return joinSafe([...lines, safe`configuration file: ${file ?? "none"}`], "\n");
}
