import { awsError } from "../errors.js";

// the service's own rule for what GetComponent takes, with the region kept to letters that a host name may have
const COMPONENT_ARN =
  /^arn:aws(?:-[a-z-]+)?:imagebuilder:([a-z0-9-]+):(?:\d{12}|aws(?:-[a-z-]+)?):component\/[a-z0-9_-]+\/(?:\d+\.\d+\.\d+\/\d+|(?:\d+|x)\.(?:\d+|x)\.(?:\d+|x))$/;

/** Whether a location is meant as an ARN, of whatever. */
export function isArn(location: string): boolean {
  return /^arn:/i.test(location);
}

/** The region in the ARN of a component version or of one of its builds, in any partition. Throws for other ARNs. */
export function regionOfComponent(arn: string): string {
  const region = COMPONENT_ARN.exec(arn)?.[1];
  if (region === undefined) throw awsError("not-a-component-arn", { location: arn });
  return region;
}
