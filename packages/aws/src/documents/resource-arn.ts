import { readArn, type ResourceType } from "@imagewright/imagebuilder-model";
import { awsError } from "../errors.js";

/** The resources of the service that have documents. */
export type DocumentResource = "component" | "workflow";

const TYPES: Readonly<Record<DocumentResource, readonly ResourceType[]>> = {
  component: ["component"],
  workflow: ["workflow/build", "workflow/test", "workflow/distribution"],
};

/** Whether a location is an ARN, of any kind. */
export function isArn(location: string): boolean {
  return /^arn:/i.test(location);
}

/** The region in the ARN of a version of a resource or of one of its builds, in any partition. Throws for other ARNs. */
export function regionOf(arn: string, resource: DocumentResource): string {
  const { value } = readArn(arn, { types: TYPES[resource] });
  // the service requires a version, which may be x.x.x; the region becomes part of a host name
  if (value?.pattern === undefined || !/^[a-z0-9-]+$/.test(value.region)) throw awsError(`not-a-${resource}-arn`, { location: arn });
  return value.region;
}
