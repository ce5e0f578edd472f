// Faked: KMS, of which no server exists in npm; the slow tests of ib have moto's. A small HTTP server on loopback answers the real SDK.
import { expect, test } from "@jest/globals";
import { KeyService } from "@imagewright/test-kit/key-service";
import { unreachableUrl } from "@imagewright/test-kit/loopback-server";
import { kmsDataKeys } from "../index.js";
import { withAwsEnvironment } from "../testing/environment.js";

const USE = { context: "arn:aws:imagebuilder:eu-west-1:123456789012:component/*", region: "eu-west-1" };
const ID = "1234abcd-12ab-34cd-56ef-1234567890ab";

async function withKey(body: (service: KeyService, key: string) => Promise<void>): Promise<void> {
  const service = new KeyService();
  const key = service.addKey("eu-west-1", ID);
  service.aliases.set("arn:aws:kms:eu-west-1:111122223333:alias/images", key);
  const server = await service.start();
  try {
    await withAwsEnvironment({ AWS_ENDPOINT_URL_KMS: server.url, AWS_MAX_ATTEMPTS: "1" }, () => body(service, key));
  } finally {
    await server.close();
  }
}

test("makes data keys under all names that a key has, which say what they seal", () =>
  withKey(async (service, key) => {
    for (const named of [ID, "alias/images", key, "arn:aws:kms:eu-west-1:111122223333:alias/images"]) {
      const made = await kmsDataKeys().generate(named, USE);
      expect([made.key, made.bytes.length]).toEqual([key, 32]);
      expect(await kmsDataKeys().open(key, made.wrapped, USE)).toEqual(made.bytes);
      await expect(kmsDataKeys().open(key, made.wrapped, { ...USE, context: "other" })).rejects.toMatchObject({
        code: "aws/kms-key-not-usable",
      });
    }
    expect(new Set(service.requests)).toEqual(new Set(["GenerateDataKey eu-west-1", "Decrypt eu-west-1"]));
    expect(service.contexts[0]).toEqual({ "aws:imagebuilder:arn": USE.context });
  }));

test("an ARN is asked for in its own Region", () =>
  withKey(async (service) => {
    const key = service.addKey("us-west-2", "mrk-1");
    await kmsDataKeys().generate(key, USE);
    expect(service.requests).toEqual(["GenerateDataKey us-west-2"]);
  }));

test.each([
  "",
  "alias/",
  "arn:aws:kms:eu-west-1:12:key/x",
  "arn:aws:s3:::bucket",
  "key with spaces",
  "arn:aws:kms:eu-west-1:111122223333:grant/x",
])("%j names no key, and KMS is not asked", (named) =>
  withKey(async (service) => {
    await expect(kmsDataKeys().generate(named, USE)).rejects.toMatchObject({
      code: "aws/not-a-kms-key",
      message: `${JSON.stringify(named)} names no key of KMS; allowed: the id of a key, alias/NAME, or the ARN of a key or of an alias`,
    });
    expect(service.requests).toEqual([]);
  }),
);

test("says what KMS says of a key that cannot be used, and what may pass by its class", () =>
  withKey(async (service, key) => {
    const { wrapped } = await kmsDataKeys().generate(key, USE);
    for (const [state, reason] of [
      ["disabled", `DisabledException: "${key} is disabled."`],
      ["pending deletion", `KMSInvalidStateException: "${key} is pending deletion."`],
      ["denied", 'AccessDeniedException: "User: test is not authorized to perform: kms:Decrypt"'],
    ] as const) {
      service.states.set(key, state);
      await expect(kmsDataKeys().open(key, wrapped, USE)).rejects.toMatchObject({
        errorClass: "forbidden",
        message: `the KMS key "${key}" cannot be used: ${reason}`,
      });
    }
    await expect(kmsDataKeys().generate("alias/none", USE)).rejects.toMatchObject({
      message:
        'the KMS key "alias/none" cannot be used: NotFoundException: "Alias arn:aws:kms:eu-west-1:111122223333:alias/none is not found."',
    });
    await withAwsEnvironment({ AWS_ENDPOINT_URL_KMS: await unreachableUrl(), AWS_MAX_ATTEMPTS: "1" }, async () => {
      await expect(kmsDataKeys().open(key, wrapped, USE)).rejects.toMatchObject({ errorClass: "unavailable" });
    });
  }));
