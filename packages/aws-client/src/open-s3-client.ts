import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import { CLIENT_OPTIONS } from "./client-options.js";

/**
 * Opens a client of S3; the options come on top of `CLIENT_OPTIONS`. It follows a bucket to its region, and addresses buckets by path
 * wherever an endpoint is configured. The SDK is loaded here and not before. Whoever opens a client destroys it.
 */
export async function openS3Client(options: S3ClientConfig = {}): Promise<S3Client> {
  const { S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client({ ...CLIENT_OPTIONS, followRegionRedirects: true, ...options });
  // other servers than AWS's answer under one host name, which no environment variable of the SDK can tell it
  client.config.forcePathStyle = options.endpoint !== undefined || (await client.config.serviceConfiguredEndpoint?.()) !== undefined;
  return client;
}
