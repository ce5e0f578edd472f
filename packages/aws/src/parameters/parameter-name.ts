import { awsError } from "../errors.js";

// the resource may hold colons itself only before a version or label
const ARN = /^arn:aws[a-z-]*:ssm:([a-z]{2}[a-z-]*-\d+):\d{12}:parameter\/(.+)$/;
const SECRET = /^\/aws\/reference\/secretsmanager\/[^/]/;

/**
 * The region that holds a parameter: an ARN's own; undefined for a name. Throws if a text begins like an ARN and is none of a parameter.
 */
export function regionOfParameter(name: string): string | undefined {
  const region = ARN.exec(name)?.[1];
  if (region === undefined && name.startsWith("arn:")) throw awsError("not-a-parameter-arn", { name });
  return region;
}

/** Whether a name or an ARN refers to a secret of Secrets Manager. */
export function isSecretReference(name: string): boolean {
  const path = ARN.exec(name)?.[2];
  return SECRET.test(path === undefined ? name : `/${path}`);
}
