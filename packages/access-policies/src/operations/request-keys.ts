import type { OperationName } from "@imagewright/imagebuilder-model";
import type { ConditionValues } from "../conditions/request-scope.js";
import { textsAtPath } from "./texts-at.js";

/** When, from where and how a request came. */
export interface RequestCircumstances {
  readonly at: Date;
  /** The address of the client. */
  readonly sourceIp: string;
  /** Whether it came over TLS. */
  readonly isSecure: boolean;
  readonly region: string;
  readonly userAgent?: string;
}

/** The condition keys of AWS that follow from how a request came. */
export function circumstanceKeys({ at, sourceIp, isSecure, region, userAgent }: RequestCircumstances): ConditionValues {
  return {
    "aws:CurrentTime": at.toISOString(),
    "aws:EpochTime": String(Math.floor(at.getTime() / 1000)),
    "aws:SourceIp": sourceIp,
    "aws:SecureTransport": String(isSecure),
    "aws:RequestedRegion": region,
    "aws:UserAgent": userAgent,
  };
}

/** The condition keys that follow from the request of an operation. Source: guide chapter 49, "Condition keys". */
export function operationKeys(operation: OperationName, request: unknown): ConditionValues {
  const at = (path: string) => textsAtPath(request, path)[0];
  const tagKeys = operation === "UntagResource" ? textsAtPath(request, "tagKeys[]") : undefined;
  return {
    ...tagValues("aws:RequestTag/", "aws:TagKeys", mapAt(request, "tags")),
    ...(tagKeys === undefined ? {} : { "aws:TagKeys": tagKeys }),
    ...(/^(Create|Update)InfrastructureConfiguration$/.test(operation)
      ? {
          ...tagValues("imagebuilder:CreatedResourceTag/", "imagebuilder:CreatedResourceTagKeys", mapAt(request, "resourceTags")),
          "imagebuilder:Ec2MetadataHttpTokens": at("instanceMetadataOptions.httpTokens"),
          "imagebuilder:StatusTopicArn": at("snsTopicArn"),
        }
      : {}),
    ...(/^(Create|Update)LifecyclePolicy$/.test(operation) ? { "imagebuilder:LifecyclePolicyResourceType": at("resourceType") } : {}),
  };
}

function mapAt(request: unknown, name: string): Readonly<Record<string, unknown>> {
  const value =
    typeof request === "object" && request !== null && Object.hasOwn(request, name)
      ? (request as Record<string, unknown>)[name]
      : undefined;
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function tagValues(prefix: string, keysName: string, tags: Readonly<Record<string, unknown>>): ConditionValues {
  const entries = Object.entries(tags).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return { ...Object.fromEntries(entries.map(([key, value]) => [`${prefix}${key}`, value])), [keysName]: entries.map(([key]) => key) };
}
