import type { ConfiguredValue } from "./configured-value.js";
import type { ServiceLogs } from "./service-logs.js";
import type { ServiceQuotas } from "./service-quotas.js";

/** The settings of `ib serve`. Their texts are checked by who uses them. */
export interface ServiceSettings {
  /** The URL of a Postgres database; the embedded one is used if it is not set. It may contain a password. */
  readonly databaseUrl: ConfiguredValue<string> | undefined;
  /** `HOST:PORT`; port 0 is a free one. */
  readonly listen: ConfiguredValue<string>;
  /** The URL at which clients reach the server, if it is another one than that at which it listens. */
  readonly publicUrl: ConfiguredValue<string> | undefined;
  /** The file with the server's certificate; without it, the server speaks no TLS. */
  readonly certificateFile: ConfiguredValue<string> | undefined;
  /** The file with the certificate's private key. */
  readonly keyFile: ConfiguredValue<string> | undefined;
  /** `HOST:PORT` where metrics are served; nowhere if it is not set. */
  readonly metricsListen: ConfiguredValue<string> | undefined;
  /** Where traces are sent to: the URL of a collector, or `off`; nowhere if it is not set. */
  readonly traces: ConfiguredValue<string> | undefined;
  /** What wraps the data keys of the database: a key file, or the ARN of a key of KMS. Without it the database is not encrypted. */
  readonly encryptionKey: ConfiguredValue<string> | undefined;
  /** `use` or `keep`: whether resources are sealed under the keys of KMS that they name; `keep` if it is not set. */
  readonly resourceKeys: ConfiguredValue<string> | undefined;
  /** A folder with components and workflows of one's own, which come with the service. */
  readonly catalogueFolder: ConfiguredValue<string> | undefined;
  /** Where the release dates of base images are: the address of a mirror, or `none`; that of this machine's apt if it is not set. */
  readonly debianMirror: ConfiguredValue<string> | undefined;
  /** The URLs of webhooks that are told what happens. */
  readonly eventWebhooks: ConfiguredValue<readonly string[]> | undefined;
  /** The file with the secret by which they are signed; one in the data folder if it is not set. */
  readonly eventWebhookSecretFile: ConfiguredValue<string> | undefined;
  /** The name or ARN of a bus of EventBridge. */
  readonly eventBus: ConfiguredValue<string> | undefined;
  /** The source of the events on it. */
  readonly eventSource: ConfiguredValue<string> | undefined;
  /** `on` or `off`: whether topics of SNS are told. Without it they are if something says how AWS is reached. */
  readonly sns: ConfiguredValue<string> | undefined;
  /** The Regions that are served, at least one. */
  readonly regions: ConfiguredValue<readonly string[]>;
  /** The account whose root key is made at the first start. */
  readonly account: ConfiguredValue<string>;
  /** The configuration file alone has them. */
  readonly quotas: ConfiguredValue<ServiceQuotas> | undefined;
  /** The configuration file alone has them. */
  readonly logs: ConfiguredValue<ServiceLogs> | undefined;
}

/** The settings as texts; lists are divided by commas. */
export type ServiceTexts = {
  readonly [Name in Exclude<keyof ServiceSettings, keyof StructuredSettings>]: ConfiguredValue<string> | undefined;
};

/** The settings that are no texts. */
export type StructuredSettings = Pick<ServiceSettings, "quotas" | "logs">;

const DEFAULT = { kind: "default" } as const;

/** Adds the defaults. They depend on nothing, so that the next start serves what the one before it did. */
export function serviceSettings(
  { listen, regions, account, eventWebhooks, ...others }: ServiceTexts,
  structured: StructuredSettings,
): ServiceSettings {
  return {
    ...{ ...others, ...structured },
    eventWebhooks: eventWebhooks && { ...eventWebhooks, value: list(eventWebhooks.value) },
    listen: listen ?? { value: "127.0.0.1:8484", origin: DEFAULT },
    regions: regions === undefined ? { value: ["us-east-1"], origin: DEFAULT } : { ...regions, value: list(regions.value) },
    account: account ?? { value: "000000000000", origin: DEFAULT },
  };
}

function list(text: string): readonly string[] {
  return [...new Set(text.split(",").map((item) => item.trim()))];
}
