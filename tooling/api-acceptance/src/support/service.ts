import { Imagebuilder } from "@aws-sdk/client-imagebuilder";
import { STS } from "@aws-sdk/client-sts";

/** A setting of the server under test. The names are those that `ib serve --env-file` writes. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`the suite needs ${name} of the server under test; found none`);
  return value;
}

export const region = setting("AWS_REGION");
export const endpoint = setting("AWS_ENDPOINT_URL_IMAGEBUILDER");

/** The client under which everything is tested; it does not repeat a call that failed, so that a fault of the server is seen. */
export const api = new Imagebuilder({ endpoint, region, maxAttempts: 1 });
export const sts = new STS({ endpoint: setting("AWS_ENDPOINT_URL_STS"), region, maxAttempts: 1 });

/** The account of the access key. */
export async function accountId(): Promise<string> {
  const { Account } = await sts.getCallerIdentity({});
  return Account ?? "";
}

/** An ARN in the account and Region of the tests: `image/web/1.0.0`. */
export async function arnOf(resource: string, owner?: string): Promise<string> {
  return `arn:aws:imagebuilder:${region}:${owner ?? (await accountId())}:${resource}`;
}
