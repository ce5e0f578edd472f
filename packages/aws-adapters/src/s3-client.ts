import type { S3Client } from "@aws-sdk/client-s3";
import { CLIENT_OPTIONS } from "./client-options.js";

/** Opens a client of S3. The SDK is loaded here and not before. */
export async function openS3Client(): Promise<S3Client> {
  const { S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client({ ...CLIENT_OPTIONS, followRegionRedirects: true });
  // other servers than AWS's answer under one host name, which no environment variable of the SDK can tell it
  client.config.forcePathStyle = (await client.config.serviceConfiguredEndpoint?.()) !== undefined;
  return client;
}
