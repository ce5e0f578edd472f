import type { Agent } from "node:http";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import type { SNSClient } from "@aws-sdk/client-sns";
import type { SSMClient } from "@aws-sdk/client-ssm";
import type { AwsSettings } from "./aws-settings.js";
import { clientOptions, TIMEOUTS } from "./client-options.js";

// each part of the SDK is loaded when its first client is opened; the caller destroys the client

/** The HTTP agents for requests, such as those of a proxy, which the SDK does not support. */
export interface RequestAgents {
  readonly httpAgent?: Agent;
  readonly httpsAgent?: Agent;
}

/** Opens a client of S3. It follows a bucket to its region, and addresses buckets by path wherever an endpoint is configured. */
export async function openS3Client(settings?: AwsSettings, agents: RequestAgents = {}): Promise<S3Client> {
  const { S3Client } = await import("@aws-sdk/client-s3");
  const options = await clientOptions("s3", settings);
  const client = new S3Client({
    ...options,
    requestHandler: { ...TIMEOUTS, ...agents } as NonNullable<S3ClientConfig["requestHandler"]>,
    followRegionRedirects: true,
  });
  // servers other than AWS's answer under one host name; the SDK has no environment variable for that
  client.config.forcePathStyle = options.endpoint !== undefined || (await client.config.serviceConfiguredEndpoint?.()) !== undefined;
  return client;
}

/** Opens a client of EC2 Image Builder. */
export async function openImagebuilderClient(settings?: AwsSettings): Promise<ImagebuilderClient> {
  const { ImagebuilderClient } = await import("@aws-sdk/client-imagebuilder");
  return new ImagebuilderClient(await clientOptions("imagebuilder", settings));
}

/** Opens a client of Systems Manager. */
export async function openSsmClient(settings?: AwsSettings): Promise<SSMClient> {
  const { SSMClient } = await import("@aws-sdk/client-ssm");
  return new SSMClient(await clientOptions("ssm", settings));
}

/** Opens a client of KMS. */
export async function openKmsClient(settings?: AwsSettings): Promise<KMSClient> {
  const { KMSClient } = await import("@aws-sdk/client-kms");
  return new KMSClient(await clientOptions("kms", settings));
}

/** Opens a client of CloudWatch Logs. */
export async function openLogsClient(settings?: AwsSettings): Promise<CloudWatchLogsClient> {
  const { CloudWatchLogsClient } = await import("@aws-sdk/client-cloudwatch-logs");
  return new CloudWatchLogsClient(await clientOptions("cloudwatch-logs", settings));
}

/** Opens a client of EventBridge. */
export async function openEventBridgeClient(settings?: AwsSettings): Promise<EventBridgeClient> {
  const { EventBridgeClient } = await import("@aws-sdk/client-eventbridge");
  return new EventBridgeClient(await clientOptions("eventbridge", settings));
}

/** Opens a client of SNS. */
export async function openSnsClient(settings?: AwsSettings): Promise<SNSClient> {
  const { SNSClient } = await import("@aws-sdk/client-sns");
  return new SNSClient(await clientOptions("sns", settings));
}
