import { readArn } from "@imagewright/imagebuilder-model";
import { awsError } from "../errors.js";

/** Whether a location is an ARN, of any kind. */
export function isArn(location: string): boolean {
  return /^arn:/i.test(location);
}

/** The region in the ARN of a component version or of one of its builds, in any partition. Throws for other ARNs. */
export function regionOfComponent(arn: string): string {
  const { value } = readArn(arn, { types: ["component"] });
  // the service requires a version, which may be x.x.x; the region becomes part of a host name
  if (value?.pattern === undefined || !/^[a-z0-9-]+$/.test(value.region)) throw awsError("not-a-component-arn", { location: arn });
  return value.region;
}
