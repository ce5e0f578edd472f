import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ApiError, type OperationName } from "@imagewright/imagebuilder-model";
import { ACCOUNT, KEY, PRINCIPAL, startTestServer, type TestServer } from "./testing/test-server.js";

const ARN = "arn:aws:imagebuilder:eu-west-1:123456789012:component/web/1.0.0/1";
const version = spawnSync("aws", ["--version"], { encoding: "utf8" });
const hasAws = version.error === undefined && version.status === 0;

let server: TestServer;
let called: { operation: OperationName; input: Readonly<Record<string, unknown>> } | undefined;
beforeAll(async () => {
  server = await startTestServer({
    handle: async (operation, input) => {
      called = { operation, input };
      if (operation === "GetImage") throw new ApiError("ResourceNotFoundException", "The resource does not exist.");
      return operation === "ListTagsForResource" ? { tags: { team: "a" } } : {};
    },
  });
});
afterAll(() => server.server.close());

/** Runs the command line of AWS, which reads neither files nor metadata of this machine. */
async function aws(args: readonly string[], credentials: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const env = {
    PATH: process.env["PATH"],
    HOME: "/nonexistent",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey,
    ...credentials,
  };
  const { stdout } = await promisify(execFile)("aws", [...args, "--endpoint-url", server.url, "--output", "json"], { env });
  return stdout.trim() === "" ? undefined : (JSON.parse(stdout) as unknown);
}

(hasAws ? describe : describe.skip)(`the command line of AWS${hasAws ? "" : " (needs aws)"}`, () => {
  test("sends members of path, query and body", async () => {
    expect(await aws(["imagebuilder", "list-tags-for-resource", "--resource-arn", ARN])).toEqual({ tags: { team: "a" } });
    await aws(["imagebuilder", "untag-resource", "--resource-arn", ARN, "--tag-keys", "b", "a", "é +&="]);
    expect(called).toEqual({ operation: "UntagResource", input: { resourceArn: ARN, tagKeys: ["b", "a", "é +&="] } });
    await aws(["imagebuilder", "tag-resource", "--resource-arn", ARN, "--tags", "team=é"]);
    expect(called).toEqual({ operation: "TagResource", input: { resourceArn: ARN, tags: { team: "é" } } });
    await aws(["imagebuilder", "delete-component", "--component-build-version-arn", ARN]);
    expect(called).toEqual({ operation: "DeleteComponent", input: { componentBuildVersionArn: ARN } });
    await aws(["imagebuilder", "list-images", "--owner", "Self", "--max-results", "3", "--filters", "name=name,values=a,b"]);
    expect(called).toEqual({
      operation: "ListImages",
      input: { owner: "Self", maxResults: 3, filters: [{ name: "name", values: ["a", "b"] }] },
    });
  });

  test("shows errors by their names", async () => {
    await expect(aws(["imagebuilder", "get-image", "--image-build-version-arn", ARN.replace("component", "image")])).rejects.toThrow(
      "An error occurred (ResourceNotFoundException) when calling the GetImage operation: The resource does not exist.",
    );
    await expect(aws(["imagebuilder", "list-images"], { AWS_ACCESS_KEY_ID: "AKIAUNKNOWN" })).rejects.toThrow(
      "An error occurred (UnrecognizedClientException) when calling the ListImages operation: The security token included in the request is invalid.",
    );
    await expect(aws(["imagebuilder", "list-images"], { AWS_SECRET_ACCESS_KEY: "x" })).rejects.toThrow(
      "An error occurred (InvalidSignatureException) when calling the ListImages operation: the signature does not match",
    );
  });

  test("asks who it is, and calls with temporary credentials", async () => {
    expect(await aws(["sts", "get-caller-identity"])).toMatchObject({ Account: ACCOUNT, Arn: PRINCIPAL });
    const { Credentials } = (await aws(["sts", "get-session-token", "--duration-seconds", "900"])) as {
      Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
    };
    const credentials = {
      AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
      AWS_SESSION_TOKEN: Credentials.SessionToken,
    };
    expect(await aws(["sts", "get-caller-identity"], credentials)).toMatchObject({ Arn: PRINCIPAL });
    expect(await aws(["imagebuilder", "list-tags-for-resource", "--resource-arn", ARN], credentials)).toEqual({ tags: { team: "a" } });
    await expect(aws(["sts", "get-caller-identity"], { ...credentials, AWS_SESSION_TOKEN: "x" })).rejects.toThrow(
      "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.",
    );
  });
});
