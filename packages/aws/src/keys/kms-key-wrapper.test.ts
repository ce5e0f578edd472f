// Faked: KMS, of which no server exists in npm. A small HTTP server on loopback wraps as the service does, for what the real SDK sends.
import { randomBytes } from "node:crypto";
import { expect, test } from "@jest/globals";
import { kmsKeyWrapper } from "../index.js";
import { withAwsEnvironment } from "../testing/environment.js";
import { KeyService } from "@imagewright/test-kit/key-service";
import { unreachableUrl } from "@imagewright/test-kit/loopback-server";

const arnOf = (id: string) => `arn:aws:kms:us-west-2:111122223333:key/${id}`;
const [ONE, OTHER] = [arnOf("1234abcd-12ab-34cd-56ef-1234567890ab"), arnOf("mrk-1234abcd12ab34cd56ef1234567890ab")];

async function withKeys(body: (service: KeyService) => Promise<void>): Promise<void> {
  const service = new KeyService();
  for (const arn of [ONE, OTHER]) service.keys.set(arn, randomBytes(32));
  const server = await service.start();
  try {
    await withAwsEnvironment({ AWS_ENDPOINT_URL_KMS: server.url, AWS_MAX_ATTEMPTS: "1" }, () => body(service));
  } finally {
    await server.close();
  }
}

test("wraps in the Region of the key, and unwraps with that key alone", () =>
  withKeys(async (service) => {
    const dataKey = randomBytes(32);
    const wrapper = kmsKeyWrapper(ONE);
    const wrapped = await wrapper.wrap(dataKey);
    expect([wrapper.name, Buffer.from(wrapped).includes(dataKey)]).toEqual([ONE, false]);
    expect(Buffer.from(await wrapper.unwrap(wrapped))).toEqual(dataKey);
    expect(service.requests).toEqual(["Encrypt us-west-2", "Decrypt us-west-2"]);
    await expect(kmsKeyWrapper(OTHER).unwrap(wrapped)).rejects.toMatchObject({ code: "aws/request-failed" });
  }));

test("says what fails, and for which key", () =>
  withKeys(async (service) => {
    const missing = kmsKeyWrapper(arnOf("none"));
    await expect(missing.wrap(randomBytes(32))).rejects.toMatchObject({
      message: `wrapping a data key with the KMS key "${arnOf("none")}" failed: "Key '${arnOf("none")}' does not exist"`,
    });
    service.isDenied = true;
    await expect(kmsKeyWrapper(ONE).unwrap(randomBytes(40))).rejects.toMatchObject({ code: "aws/access-denied" });
    await withAwsEnvironment({ AWS_ENDPOINT_URL_KMS: await unreachableUrl(), AWS_MAX_ATTEMPTS: "1" }, async () => {
      await expect(kmsKeyWrapper(ONE).wrap(randomBytes(32))).rejects.toMatchObject({ code: "aws/endpoint-unreachable" });
    });
  }));

test.each(["", "alias/images", "arn:aws:kms:us-west-2:111122223333:alias/images", "1234abcd-12ab-34cd-56ef-1234567890ab"])(
  "%j is not the ARN of a key",
  (arn) => {
    expect(() => kmsKeyWrapper(arn)).toThrow(`${JSON.stringify(arn)} is not the ARN of a key of KMS`);
  },
);
