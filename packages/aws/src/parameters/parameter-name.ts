import { awsError } from "../errors.js";

// the resource has a colon only before a version or label
const ARN = /^arn:aws[a-z-]*:ssm:([a-z]{2}[a-z-]*-\d+):\d{12}:parameter\/(.+)$/;
const SECRET = /^\/aws\/reference\/secretsmanager\/[^/]/;

/**
 * The region of a parameter's ARN; undefined for a name. Throws for an ARN of anything else.
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
