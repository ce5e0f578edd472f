import type { S3Client } from "@aws-sdk/client-s3";
import { openS3Client, settingsFromEnvironment, type RequestAgents } from "@imagewright/aws";
import { proxyAgent } from "../network/proxy-agent.js";

type Environment = Readonly<Record<string, string>>;

const MOST_CONNECTIONS = 50;

/**
 * Opens a client for the objects of a bucket. Keys, region, profile and endpoint come from the environment of the step, or else from the
 * SDK's other sources: files, the process's environment, the instance's role.
 */
export async function openClient(bucket: string, environment: Environment): Promise<S3Client> {
  const settings = settingsFromEnvironment(environment);
  const address = settings.endpoints?.s3 ?? settings.endpoint ?? `https://${bucket}.s3.${settings.region ?? "us-east-1"}.amazonaws.com`;
  return openS3Client(settings, await agentsFor(address, environment));
}

/** The SDK does not support proxies. All requests of a client are for one bucket, so they can share one agent. */
async function agentsFor(address: string, environment: Environment): Promise<RequestAgents> {
  if (!URL.canParse(address)) return {};
  const agent = await proxyAgent(new URL(address), environment, { keepAlive: true, maxSockets: MOST_CONNECTIONS });
  if (agent === undefined) return {};
  return address.startsWith("https:") ? { httpsAgent: agent } : { httpAgent: agent };
}
