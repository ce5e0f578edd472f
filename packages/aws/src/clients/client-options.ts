import type { S3ClientConfig } from "@aws-sdk/client-s3";
import type { AwsService, AwsSettings } from "./aws-settings.js";
import { silenceVersionWarning } from "./version-warning.js";

/** The time limits of every client, in milliseconds. Without them, a service that never answers would block a run. */
export const TIMEOUTS = { connectionTimeout: 10_000, socketTimeout: 60_000 } as const;

/** The part of a client's configuration that is the same for all services. */
export interface ClientOptions {
  readonly requestHandler: typeof TIMEOUTS;
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly credentials?: Credentials;
}

type Credentials = NonNullable<S3ClientConfig["credentials"]>;

/** The SDK's configuration for one service, without what the settings omit: the SDK finds that itself. */
export async function clientOptions(service: AwsService, settings: AwsSettings = {}): Promise<ClientOptions> {
  silenceVersionWarning();
  const { region, profile, endpoint, endpoints } = settings;
  const credentials = settings.roleArn === undefined ? settings.credentials : await assumedRole(settings.roleArn, settings);
  return {
    requestHandler: TIMEOUTS,
    ...definedOnly({ region, profile, endpoint: endpoints?.[service] ?? endpoint, credentials }),
  };
}

/** Credentials of a role, renewed by the SDK before they expire. */
async function assumedRole(RoleArn: string, { credentials, ...settings }: AwsSettings): Promise<Credentials> {
  const { fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
  const { profile, ...clientConfig } = await clientOptions("sts", { ...settings, roleArn: undefined });
  return fromTemporaryCredentials({
    params: { RoleArn, RoleSessionName: "imagewright" },
    clientConfig: { ...clientConfig, ...definedOnly({ profile }) },
    ...definedOnly({ masterCredentials: credentials }),
  });
}

function definedOnly<Values extends object>(values: Values): { [Name in keyof Values]?: Exclude<Values[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Values]?: Exclude<Values[Name], undefined>;
  };
}
