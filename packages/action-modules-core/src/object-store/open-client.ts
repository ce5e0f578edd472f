import type { S3Client } from "@aws-sdk/client-s3";
import { CLIENT_OPTIONS, openS3Client } from "@imagewright/aws-client";
import { proxyAgent } from "../network/proxy-agent.js";

type Environment = Readonly<Record<string, string>>;

const MOST_CONNECTIONS = 50;

/**
 * Opens a client for the objects of a bucket. Keys, region, profile and endpoint come from the environment of the step, and what it does not
 * have from wherever the SDK finds it: files, the process's environment, the instance's role.
 */
export async function openClient(bucket: string, environment: Environment): Promise<S3Client> {
  const endpoint = endpointOf(environment);
  return openS3Client({
    ...definedOnly({
      endpoint,
      region: text(environment["AWS_REGION"]),
      profile: text(environment["AWS_PROFILE"]),
      credentials: credentialsOf(environment),
    }),
    requestHandler: { ...CLIENT_OPTIONS.requestHandler, ...(await agentsFor(bucket, endpoint, environment)) },
  });
}

function endpointOf(environment: Environment): string | undefined {
  if (environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.toLowerCase() === "true") return undefined;
  return text(environment["AWS_ENDPOINT_URL_S3"]) ?? text(environment["AWS_ENDPOINT_URL"]);
}

function credentialsOf(environment: Environment) {
  const accessKeyId = text(environment["AWS_ACCESS_KEY_ID"]);
  const secretAccessKey = text(environment["AWS_SECRET_ACCESS_KEY"]);
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...definedOnly({ sessionToken: text(environment["AWS_SESSION_TOKEN"]) }) };
}

/** The SDK knows nothing of proxies. All requests of a client are for one bucket, so one agent is right for all. */
async function agentsFor(bucket: string, endpoint: string | undefined, environment: Environment): Promise<object> {
  const address = endpoint ?? `https://${bucket}.s3.${environment["AWS_REGION"] ?? "us-east-1"}.amazonaws.com`;
  if (!URL.canParse(address)) return {};
  const agent = await proxyAgent(new URL(address), environment, { keepAlive: true, maxSockets: MOST_CONNECTIONS });
  if (agent === undefined) return {};
  return address.startsWith("https:") ? { httpsAgent: agent } : { httpAgent: agent };
}

function text(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}

function definedOnly<Values extends object>(values: Values): { [Name in keyof Values]?: Exclude<Values[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Values]?: Exclude<Values[Name], undefined>;
  };
}
