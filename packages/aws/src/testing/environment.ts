import { allowSdkErrors } from "@imagewright/test-kit/s3";

allowSdkErrors();

/** What the SDK finds in tests: a region and keys that the servers here know, and nothing of the machine's own settings. */
const BASE: Readonly<Record<string, string>> = {
  AWS_REGION: "eu-west-3",
  AWS_ACCESS_KEY_ID: "S3RVER",
  AWS_SECRET_ACCESS_KEY: "S3RVER",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/nonexistent/config",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/credentials",
};

/** Runs the body with the environment of the SDK replaced; a variable that is undefined is left out. */
export async function withAwsEnvironment<Result>(
  variables: Readonly<Record<string, string | undefined>>,
  body: () => Promise<Result>,
): Promise<Result> {
  const before = process.env;
  const kept = Object.entries(before).filter(([name]) => !name.startsWith("AWS"));
  const set = Object.entries({ ...BASE, ...variables }).filter(([, value]) => value !== undefined);
  process.env = Object.fromEntries([...kept, ...set]);
  try {
    return await body();
  } finally {
    process.env = before;
  }
}
