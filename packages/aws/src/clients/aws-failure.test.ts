import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { open } from "node:fs/promises";
import { GetObjectCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { allowSdkErrors } from "@imagewright/test-kit/s3";
import { describe, expect, test } from "@jest/globals";
import { describeAwsFailure, isNetworkFailure, type AwsFailure } from "./aws-failure.js";
import { openS3Client } from "./open-client.js";
import { silenceVersionWarning } from "./version-warning.js";

allowSdkErrors();
silenceVersionWarning(); // some clients here are not opened by this package

const KEYS = { accessKeyId: "KEY", secretAccessKey: "SECRET" };

describe("a failed request to S3", () => {
  test.each([
    [403, "InvalidAccessKeyId", "credentials-refused"],
    [403, "AccessDenied", "access-denied"],
    [404, "NoSuchBucket", "no-such-bucket"],
    [404, "NoSuchKey", "no-such-object"],
    [412, "PreconditionFailed", "object-replaced"],
    [503, "SlowDown", "throttled"],
    [500, "InternalError", "other"],
  ] as const)("status %i with %s", async (status, code, kind) => {
    const failure = await failureAt((_, response) =>
      response.writeHead(status).end(`<Error><Code>${code}</Code><Message>message ${code}</Message></Error>`),
    );
    expect(failure).toEqual({ kind, name: code, message: `message ${code}` });
  });

  test("is cut", async () => {
    expect(await failureAt((request) => request.socket.destroy())).toMatchObject({ kind: "connection-cut" });
  });

  test("finds nobody", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await failureOf(`http://127.0.0.1:${port}`)).toMatchObject({ kind: "unreachable" });
  });

  test("has no credentials or no region", async () => {
    const refuse = async () => Promise.reject(Object.assign(new Error("nothing set"), { name: "CredentialsProviderError" }));
    const withoutKeys = new S3Client({ region: "eu-west-3", credentials: refuse });
    expect(describeAwsFailure(await thrownBy(withoutKeys.send(new ListBucketsCommand({}))))).toEqual({
      kind: "no-credentials",
      name: "CredentialsProviderError",
      message: "nothing set",
    });
    expect(describeAwsFailure(await thrownBy(openS3Client({ region: "", credentials: KEYS })))).toMatchObject({ kind: "no-region" });
  });
});

test("a failure of a file is none of the network", async () => {
  const thrown = await thrownBy(open("/nowhere/at/all"));
  expect([describeAwsFailure(thrown).kind, isNetworkFailure(thrown)]).toEqual(["other", false]);
});

test("says no more than 500 characters", () => {
  expect(describeAwsFailure(new Error("x".repeat(9000))).message).toBe(`${"x".repeat(500)}…`);
});

async function failureAt(listener: RequestListener): Promise<AwsFailure> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await failureOf(`http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

async function failureOf(endpoint: string): Promise<AwsFailure> {
  const client = new S3Client({ endpoint, region: "eu-west-3", credentials: KEYS, maxAttempts: 1, forcePathStyle: true });
  try {
    return describeAwsFailure(await thrownBy(client.send(new GetObjectCommand({ Bucket: "images", Key: "a" }))));
  } finally {
    client.destroy();
  }
}

async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error("nothing was thrown");
    },
    (thrown: unknown) => thrown,
  );
}
