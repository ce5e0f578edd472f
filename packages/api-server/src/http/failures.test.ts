import * as sdk from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ApiError, errorNames, serviceErrorOf } from "@imagewright/imagebuilder-model";
import { failureOf, sendRaw } from "../testing/raw-request.js";
import { signRequest } from "../testing/sign-request.js";
import { KEY, startTestServer, type TestServer } from "../testing/test-server.js";

let server: TestServer;
let client: sdk.ImagebuilderClient;
let answer: () => Promise<object> = async () => ({});
beforeAll(async () => {
  server = await startTestServer({ handle: async () => answer() });
  client = new sdk.ImagebuilderClient({ endpoint: server.url, region: "eu-west-1", credentials: KEY, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await server.server.close();
});

describe("an error of the API", () => {
  test.each(errorNames())("%s is the exception of that name in the SDK, with its status, message and request id", async (name) => {
    answer = async () => {
      throw new ApiError(name, `what "${name}" says: é\n😀`);
    };
    const failure: unknown = await client.send(new sdk.ListImagesCommand({})).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf((sdk as unknown as Record<string, new () => unknown>)[name]);
    expect(failure).toMatchObject({
      name,
      message: `what "${name}" says: é\n😀`,
      $metadata: { httpStatusCode: serviceErrorOf(name).status, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });

  test("that may pass says when to come again", async () => {
    answer = async () => {
      throw new ApiError("CallRateLimitExceededException", "later");
    };
    const { headers } = await sendRaw(server.url, await signRequest({ host: new URL(server.url).host }));
    expect(headers["retry-after"]).toBe("1");
  });
});

describe("a failure of the server", () => {
  test.each<[string, () => Promise<object>, RegExp]>([
    [
      "an error",
      () => Promise.reject(new Error("no connection to postgres://user:password@db")),
      /^Error: no connection to postgres.*\n +at /,
    ],
    ["something else that is thrown", () => Promise.reject("a text"), /^a text$/],
    [
      "an output of another shape",
      async () => ({ imageVersionList: [{ name: 3 }] }),
      /^TypeError: the output has a value of the type number where the shape ResourceName has a string\n/,
    ],
    [
      "an output that is none",
      async () => null as unknown as object,
      /^TypeError: the output has null where the shape ListImagesResponse has an object\n/,
    ],
  ])("%s: the client is told nothing, the log has the cause", async (_, fail, cause) => {
    answer = fail;
    const before = server.records.length;
    const response = await sendRaw(server.url, await signRequest({ path: "/ListImages", host: new URL(server.url).host }));
    expect(failureOf(response)).toEqual([
      500,
      "ServiceException",
      "The server failed. The cause is in its log, with the id of this request.",
    ]);
    const [record] = (await server.waitForRecords(before + 1)).slice(before);
    expect(record).toMatchObject({ level: "error", status: 500, error: "ServiceException", operation: "ListImages" });
    expect(record?.details?.["cause"]).toMatch(cause);
    expect(record?.requestId).toBe(response.headers["x-amzn-requestid"]);
  });

  test("what finds access keys fails", async () => {
    const broken = await startTestServer({ findAccessKey: () => Promise.reject(new Error("the database is gone")) });
    const response = await sendRaw(broken.url, await signRequest({ host: new URL(broken.url).host }));
    expect(failureOf(response).slice(0, 2)).toEqual([500, "ServiceException"]);
    await broken.server.close();
  });
});
