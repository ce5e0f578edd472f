// Chapter 09, where documents and configuration may be: the real SDK against a real S3 server on loopback.
// Faked in front of that server, which knows no owners and no policies: the 403 for a wrong owner and for keys below "denied/".
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { BUCKET_OWNER } from "@imagewright/test-kit/s3";
import { createDocumentLoader } from "../index.js";
import { withAwsEnvironment } from "../testing/environment.js";
import { unreachableUrl } from "@imagewright/test-kit/loopback-server";
import { withObjectStore } from "../testing/object-store.js";

const fetchLocal = (path: string) => Promise.resolve(new SourceFile(path, `local ${path}`));
// a loader keeps its client, and each test has a store of its own
const load = (location: string) => createDocumentLoader({ fetchLocal })(location);
const GRANT = "grant the credentials this action";

describe("s3://bucket/key", () => {
  test("gives the object's text under the location as it was written", () =>
    withObjectStore(async (store) => {
      await store.put("team/web server.yaml", "name: wéb\r\n");
      expect(await load("s3://documents/team/web server.yaml")).toEqual(
        new SourceFile("s3://documents/team/web server.yaml", "name: wéb\r\n"),
      );
      expect(store.requests.at(-1)).toBe("GET /documents/team/web%20server.yaml x-id");
    }));

  test("one loader serves many documents at once", () =>
    withObjectStore(async (store) => {
      const locations = Array.from({ length: 20 }, (_, index) => `s3://documents/${index}.yaml`);
      for (const [index] of locations.entries()) await store.put(`${index}.yaml`, `text ${index}`);
      const shared = createDocumentLoader({ fetchLocal });
      const sources = await Promise.all(locations.map((location) => shared(location)));
      expect(sources.map((source) => source.text)).toEqual(locations.map((_, index) => `text ${index}`));
    }));

  test("an empty object is an empty document, and a byte order mark is dropped", () =>
    withObjectStore(async (store) => {
      await store.put("empty.yaml", "");
      await store.put("marked.yaml", "\ufeffname: web");
      expect((await load("s3://documents/empty.yaml")).text).toBe("");
      expect((await load("s3://documents/marked.yaml")).text).toBe("name: web");
    }));

  test("the bucket must belong to the expected owner", () =>
    withObjectStore(async (store) => {
      await store.put("web.yaml", "name: web");
      expect((await createDocumentLoader({ fetchLocal, bucketOwner: BUCKET_OWNER })("s3://documents/web.yaml")).text).toBe("name: web");
      await expect(createDocumentLoader({ fetchLocal, bucketOwner: "999999999999" })("s3://documents/web.yaml")).rejects.toMatchObject({
        code: "aws/wrong-bucket-owner",
        message:
          'reading "s3://documents/web.yaml" failed: access is denied; bucket "documents" does not belong to account "999999999999", ' +
          "or the credentials lack the permission",
        hints: ["check the account id given as the bucket's owner", GRANT],
      });
    }));

  test.each([
    [
      "s3://documents/absent.yaml",
      "aws/no-such-object",
      'reading "s3://documents/absent.yaml" failed: bucket "documents" has no object of this key',
    ],
    ["s3://elsewhere/web.yaml", "aws/no-such-bucket", 'reading "s3://elsewhere/web.yaml" failed: there is no bucket "elsewhere"'],
    [
      "s3://documents/denied/web.yaml",
      "aws/access-denied",
      'reading "s3://documents/denied/web.yaml" failed: access is denied: "AccessDenied"',
    ],
    ["s3://documents/latin1.yaml", "aws/document-not-text", 'the document "s3://documents/latin1.yaml" is not UTF-8 text'],
    [
      "s3://documents/large.yaml",
      "aws/document-too-large",
      'the document "s3://documents/large.yaml" has more than 10485760 bytes, the most that is allowed',
    ],
    ["s3://documents", "aws/not-an-object-location", '"s3://documents" does not name an object; expected s3://BUCKET/KEY'],
    ["s3://documents/", "aws/not-an-object-location", '"s3://documents/" does not name an object; expected s3://BUCKET/KEY'],
    ["s3:///web.yaml", "aws/not-an-object-location", '"s3:///web.yaml" does not name an object; expected s3://BUCKET/KEY'],
    ["S3:web.yaml", "aws/not-an-object-location", '"S3:web.yaml" does not name an object; expected s3://BUCKET/KEY'],
  ])("%s is %s", (location, code, message) =>
    withObjectStore(async (store) => {
      await store.put("latin1.yaml", Uint8Array.of(0x6e, 0xe9));
      await store.put("large.yaml", new Uint8Array(10 * 1024 * 1024 + 1).fill(0x20));
      await expect(load(location)).rejects.toMatchObject({ code, message });
    }),
  );

  test("a document of exactly the limit is read", () =>
    withObjectStore(async (store) => {
      await store.put("large.yaml", new Uint8Array(10 * 1024 * 1024).fill(0x20));
      expect((await load("s3://documents/large.yaml")).text.length).toBe(10 * 1024 * 1024);
    }));
});

describe("the environment of the SDK", () => {
  const reading = 'reading "s3://documents/web.yaml" failed: ';

  test.each([
    [
      "no key",
      { AWS_ACCESS_KEY_ID: undefined },
      "aws/no-credentials",
      'there are no AWS credentials: "Could not load credentials from any providers"',
    ],
    ["no region", { AWS_REGION: undefined }, "aws/no-region", "no AWS region is set"],
    ["an empty region", { AWS_REGION: "" }, "aws/no-region", "no AWS region is set"],
    [
      "a wrong secret",
      { AWS_SECRET_ACCESS_KEY: "wrong" },
      "aws/credentials-refused",
      'the AWS credentials are not accepted: "The request signature we calculated does not match the signature you provided. Check your key and signing method."',
    ],
    [
      "an unknown key",
      { AWS_ACCESS_KEY_ID: "unknown" },
      "aws/credentials-refused",
      'the AWS credentials are not accepted: "The AWS Access Key Id you provided does not exist in our records."',
    ],
  ])("%s", (_name, variables, code, message) =>
    withObjectStore(async (store) => {
      await store.put("web.yaml", "name: web");
      await withAwsEnvironment({ AWS_ENDPOINT_URL_S3: store.url, ...variables }, async () => {
        await expect(load("s3://documents/web.yaml")).rejects.toMatchObject({ code, message: `${reading}${message}` });
      });
    }),
  );

  test("an endpoint where nobody listens", async () => {
    const url = await unreachableUrl();
    await withAwsEnvironment({ AWS_ENDPOINT_URL: url }, async () => {
      await expect(load("s3://documents/web.yaml")).rejects.toMatchObject({
        code: "aws/endpoint-unreachable",
        message: `${reading}the service cannot be reached: "connect ECONNREFUSED ${url.slice("http://".length)}"`,
        hints: ["check the network and, where one is set, the endpoint URL"],
      });
    });
  });

  test("an endpoint with a host name is asked by path, not by a host name for each bucket", () =>
    withObjectStore(async (store) => {
      await store.put("web.yaml", "name: web");
      await withAwsEnvironment({ AWS_ENDPOINT_URL_S3: store.url.replace("127.0.0.1", "localhost") }, async () => {
        expect((await load("s3://documents/web.yaml")).text).toBe("name: web");
      });
    }));

  test("an endpoint of the configuration file is asked by path as well", () =>
    withObjectStore((store) =>
      withTemporaryFolder(async (folder) => {
        await store.put("web.yaml", "name: web");
        await mkdir(join(folder, ".aws"));
        const keys = "aws_access_key_id = S3RVER\naws_secret_access_key = S3RVER\n";
        await writeFile(
          join(folder, ".aws/config"),
          `[profile shop]\nendpoint_url = ${store.url.replace("127.0.0.1", "localhost")}\n${keys}`,
        );
        const onlyProfile = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_PROFILE: "shop" };
        await withAwsEnvironment({ AWS_CONFIG_FILE: join(folder, ".aws/config"), ...onlyProfile }, async () => {
          expect((await load("s3://documents/web.yaml")).text).toBe("name: web");
        });
      }),
    ));
});

test("anything else is read locally", async () => {
  for (const path of ["web.yaml", "./arn:aws.yaml", "/srv/s3:/web.yaml", "C:\\web.yaml", "s3.yaml"]) {
    expect(await load(path)).toEqual(new SourceFile(path, `local ${path}`));
  }
});
