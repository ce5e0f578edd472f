import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { withAwsEnvironment } from "../testing/environment.js";
import { startLoopbackServer, type Request } from "@imagewright/test-kit/loopback-server";
import type { AwsSettings } from "./aws-settings.js";
import { openS3Client } from "./open-client.js";
import { settingsFromEnvironment } from "./settings-from-environment.js";

/** Lists buckets with a client of the settings, at a server that gives out credentials of roles as well. Returns what was sent there. */
async function requestsOf(settings: (url: string) => AwsSettings): Promise<readonly string[]> {
  const seen: string[] = [];
  const server = await startLoopbackServer((request) => {
    seen.push(signerOf(request));
    return request.body.includes("AssumeRole") ? { status: 200, body: ROLE } : { status: 200, body: "<ListAllMyBucketsResult/>" };
  });
  const client = await openS3Client(settings(server.url));
  try {
    await client.send(new ListBucketsCommand({}));
    return seen;
  } finally {
    client.destroy();
    await server.close();
  }
}

/** `key region service`, and the role that is asked for. */
function signerOf({ headers, body }: Request): string {
  const [, key, region, service] = /Credential=(\w+)\/\d+\/([\w-]+)\/(\w+)\//.exec(headers.authorization ?? "") ?? [];
  const role = new URLSearchParams(body).get("RoleArn");
  return [key, region, service, ...(role === null ? [] : [role])].join(" ");
}

const ROLE = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

const KEYS = { accessKeyId: "GIVEN", secretAccessKey: "secret" };
const ARN = "arn:aws:iam::111122223333:role/builder";

describe("a client", () => {
  test("takes region, endpoint and keys from its settings, not from the process", () =>
    withAwsEnvironment({}, async () => {
      expect(await requestsOf((endpoint) => ({ endpoint, region: "us-west-2", credentials: KEYS }))).toEqual(["GIVEN us-west-2 s3"]);
      const endpoints = (s3: string) => ({ endpoint: "http://127.0.0.1:1", endpoints: { s3 }, credentials: KEYS });
      expect(await requestsOf(endpoints)).toEqual(["GIVEN eu-west-3 s3"]);
    }));

  test("assumes a role with its keys", () =>
    withAwsEnvironment({}, async () => {
      const settings = (endpoint: string) => ({ endpoint, region: "us-west-2", credentials: KEYS, roleArn: ARN });
      expect(await requestsOf(settings)).toEqual([`GIVEN us-west-2 sts ${ARN}`, "ASSUMED us-west-2 s3"]);
    }));

  test("takes keys and role of a profile", () =>
    withTemporaryFolder(async (folder) => {
      const file = join(folder, "config");
      await writeFile(
        file,
        `[profile keys]\naws_access_key_id = PROFILE\naws_secret_access_key = secret\nregion = eu-north-1\n[profile role]\nrole_arn = ${ARN}\nsource_profile = keys\nregion = eu-south-1\n`,
      );
      await withAwsEnvironment({ AWS_CONFIG_FILE: file, AWS_ACCESS_KEY_ID: undefined, AWS_REGION: undefined }, async () => {
        expect(await requestsOf((endpoint) => ({ endpoint, profile: "keys" }))).toEqual(["PROFILE eu-north-1 s3"]);
        const withRole = await requestsOf((endpoint) => ({ endpoint, profile: "keys", roleArn: ARN, region: "eu-north-1" }));
        expect(withRole).toEqual([`PROFILE eu-north-1 sts ${ARN}`, "ASSUMED eu-north-1 s3"]);
      });
    }));
});

describe("settingsFromEnvironment", () => {
  test("reads the variables of the SDK; an empty one is none", () => {
    expect(
      settingsFromEnvironment({
        ...{ AWS_REGION: "eu-west-1", AWS_PROFILE: "", AWS_ACCESS_KEY_ID: "K", AWS_SECRET_ACCESS_KEY: "S", AWS_SESSION_TOKEN: "T" },
        ...{ AWS_ENDPOINT_URL: "http://all", AWS_ENDPOINT_URL_S3: "http://s3", AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: "http://logs" },
        AWSTOE_IMAGEBUILDER_ENDPOINT: "http://builder",
      }),
    ).toEqual({
      ...{ region: "eu-west-1", profile: undefined, endpoint: "http://all" },
      credentials: { accessKeyId: "K", secretAccessKey: "S", sessionToken: "T" },
      endpoints: { s3: "http://s3", "cloudwatch-logs": "http://logs", imagebuilder: "http://builder" },
    });
    expect(settingsFromEnvironment({ AWS_ACCESS_KEY_ID: "K" }).credentials).toBeUndefined();
  });

  test("leaves out the endpoints that are to be ignored, but not that of awstoe", () => {
    const environment = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true", AWS_ENDPOINT_URL: "http://all", AWS_ENDPOINT_URL_S3: "http://s3" };
    expect(settingsFromEnvironment({ ...environment, AWSTOE_IMAGEBUILDER_ENDPOINT: "http://builder" })).toMatchObject({
      ...{ endpoint: undefined, endpoints: { imagebuilder: "http://builder" } },
    });
  });
});

test("a program that opens a client prints no warning of the SDK about its Node", () => {
  const built = join(import.meta.dirname, "..", "..", "dist", "index.js");
  const program = `const { openS3Client } = await import(${JSON.stringify(built)}); (await openS3Client({ region: "eu-west-3" })).destroy();`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { env: {}, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
