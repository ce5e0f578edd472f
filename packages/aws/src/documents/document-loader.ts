import type { SourceFile } from "@imagewright/diagnostics";
import type { AwsSettings } from "../clients/aws-settings.js";
import { isArn } from "./component-arn.js";
import { componentFetcher } from "./fetch-component.js";
import { objectFetcher } from "./fetch-object.js";
import { isObjectLocation } from "./object-location.js";

export interface DocumentLoaderOptions {
  /** The account that every S3 bucket must belong to; objects of others are rejected. */
  readonly bucketOwner?: string | undefined;
  readonly aws?: AwsSettings | undefined;
  /** Reads what is neither in S3 nor a component of the service. */
  readonly fetchLocal: (path: string) => Promise<SourceFile>;
}

/**
 * Makes the function that reads documents and configuration from where their locations lead: `s3://bucket/key` from S3,
 * the ARN of a component version or build from the Image Builder API of the ARN's region (at the endpoint of
 * AWSTOE_IMAGEBUILDER_ENDPOINT, if set), anything else through `fetchLocal`. The source is named as the location is given.
 * It rejects with an ImagewrightError that says what failed. The SDK is loaded by the first location that needs it.
 */
export function createDocumentLoader(options: DocumentLoaderOptions): (location: string) => Promise<SourceFile> {
  const fetchObject = objectFetcher(options.bucketOwner, options.aws);
  const fetchComponent = componentFetcher(options.aws);
  return async (location) => {
    if (isObjectLocation(location)) return fetchObject(location);
    if (isArn(location)) return fetchComponent(location);
    return options.fetchLocal(location);
  };
}
