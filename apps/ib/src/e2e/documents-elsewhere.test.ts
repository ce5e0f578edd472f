// The real SDK against a real S3 server on loopback.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { startS3 } from "@imagewright/test-kit/s3";
import { expect, test } from "@jest/globals";
import { ib } from "./ib.js";

const GREET = `schemaVersion: 1.0
parameters:
  - Who: { type: string }
phases:
  - name: build
    steps:
      - { name: Greet, action: CreateFile, inputs: [{ path: greeting, content: "hello {{ Who }}" }] }
`;

function withBucket(body: (folder: string, environment: Record<string, string>) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    const s3 = await startS3(join(folder, "s3"), ["documents"]);
    try {
      await fetch(`${s3.url}/documents/greet.yaml`, { method: "PUT", body: GREET });
      const keys = {
        AWS_REGION: "eu-west-3",
        AWS_ACCESS_KEY_ID: "S3RVER",
        AWS_SECRET_ACCESS_KEY: "S3RVER",
        AWS_EC2_METADATA_DISABLED: "true",
      };
      await body(folder, { ...keys, AWS_ENDPOINT_URL_S3: s3.url });
    } finally {
      await s3.close();
    }
  });
}

test("component validate and run load documents from S3", () =>
  withBucket(async (folder, environment) => {
    expect(await ib(["component", "validate", "s3://documents/greet.yaml"], { folder, environment })).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/1 document valid\n$/),
    });
    expect(await ib(["component", "run", "s3://documents/greet.yaml", "--parameter", "Who=you"], { folder, environment })).toMatchObject({
      code: 0,
    });
    expect(await readFile(join(folder, "greeting"), "utf8")).toBe("hello you");
  }));

test("recipes do too, and are checked with them before anything is started", () =>
  withBucket(async (folder, environment) => {
    await writeFile(
      join(folder, "recipe.yaml"),
      "name: greeter\nsemanticVersion: 1.0.0\nparentImage: x\ncomponents:\n  - document: s3://documents/greet.yaml\n  - document: s3://documents/nowhere.yaml\n",
    );
    const { code, stderr } = await ib(["build", "recipe.yaml"], { folder, environment });
    expect([code, stderr.match(/^\S+:\d+:\d+: .*/gm)]).toEqual([
      1,
      [
        's3://documents/greet.yaml:3:5: the parameter "Who" has no default and no value was given [parameter-missing]',
        'recipe.yaml:6:15: reading "s3://documents/nowhere.yaml" failed: bucket "documents" has no object of this key [no-such-object]',
      ],
    ]);
  }));
