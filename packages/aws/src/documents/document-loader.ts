import type { SourceFile } from "@imagewright/diagnostics";
import type { AwsSettings } from "../clients/aws-settings.js";
import { resourceFetcher } from "./fetch-resource.js";
import { objectFetcher } from "./fetch-object.js";
import { isObjectLocation } from "./object-location.js";
import { isArn, type DocumentResource } from "./resource-arn.js";

export interface DocumentLoaderOptions {
  /** The account that must own every S3 bucket; objects in other buckets are rejected. */
  readonly bucketOwner?: string | undefined;
  readonly aws?: AwsSettings | undefined;
  /** The resources whose ARNs are read. Default "component". */
  readonly resource?: DocumentResource | undefined;
  /** Reads all other documents. */
  readonly fetchLocal: (path: string) => Promise<SourceFile>;
}

/**
 * Makes the function that reads documents and configuration files by location: `s3://bucket/key` from S3, the ARN of a component or a
 * workflow, a version or a build of it, from the Image Builder API in the region of the ARN, anything else with `fetchLocal`. The source is
 * named like the location. Rejects with an ImagewrightError. The SDK is loaded for the first location that needs it.
 */
export function createDocumentLoader(options: DocumentLoaderOptions): (location: string) => Promise<SourceFile> {
  const fetchObject = objectFetcher(options.bucketOwner, options.aws);
  const fetchResource = resourceFetcher(options.resource ?? "component", options.aws);
  return async (location) => {
    if (isObjectLocation(location)) return fetchObject(location);
    if (isArn(location)) return fetchResource(location);
    return options.fetchLocal(location);
  };
}
