import { expect, test } from "@jest/globals";
import { withAwsEnvironment } from "../testing/environment.js";
import { startLoopbackServer, type Answer, type Request } from "@imagewright/test-kit/loopback-server";
import { objectFingerprint } from "./object-fingerprint.js";

/** What is read of a location from a service that answers so. */
async function fingerprint(location: string, answer: (request: Request) => Answer): Promise<string> {
  const server = await startLoopbackServer(answer);
  try {
    let found = "";
    await withAwsEnvironment({ AWS_ENDPOINT_URL_S3: server.url }, async () => {
      found = await objectFingerprint(location, undefined, new AbortController().signal);
    });
    return found;
  } finally {
    await server.close();
  }
}

test("of an object its ETag and size are asked for", async () => {
  const asked: string[] = [];
  const found = await fingerprint("s3://files/tools/a b.tar", ({ method, url }) => {
    asked.push(`${method} ${url.pathname}`);
    return { status: 200, headers: { etag: '"one"', "content-length": "7" }, body: "" };
  });
  expect([found, asked]).toEqual(['"one" 7', ["HEAD /files/tools/a%20b.tar"]]);
});

test("of a prefix the keys and ETags of all objects, page by page", async () => {
  const page = (key: string, more: string) =>
    `<ListBucketResult><Contents><Key>${key}</Key><ETag>"${key}"</ETag></Contents>${more}</ListBucketResult>`;
  const found = await fingerprint("s3://files/tools/*", ({ url }) => {
    expect([url.pathname.replace(/\/$/, ""), url.searchParams.get("prefix")]).toEqual(["/files", "tools/"]);
    const isSecond = url.searchParams.get("continuation-token") === "next";
    const more = "<IsTruncated>true</IsTruncated><NextContinuationToken>next</NextContinuationToken>";
    return { status: 200, headers: { "content-type": "application/xml" }, body: isSecond ? page("tools/b", "") : page("tools/a", more) };
  });
  expect(found).toBe('tools/a "tools/a"\ntools/b "tools/b"');
});

test("what cannot be read is an error that names it", async () => {
  const refused = fingerprint("s3://files/none", () => ({ status: 404, body: "" }));
  await expect(refused).rejects.toThrow(/^looking at "s3:\/\/files\/none" failed: /);
});
