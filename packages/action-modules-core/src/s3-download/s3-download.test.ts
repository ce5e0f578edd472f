// Chapter 16 with the real SDK against a real S3 server on loopback; responses that the server lacks are given in front of it, see
// object-store.ts of test-kit.
import { createHash, randomBytes } from "node:crypto";
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ActionContext } from "@imagewright/action-contract";
import { createNodeHost } from "@imagewright/node-host";
import { runAction, withTemporaryFolder, type ActionRun } from "@imagewright/test-kit";
import { cutAfter, type ObjectStore } from "@imagewright/test-kit/object-store";
import { answerError, BUCKET_OWNER, type S3Context } from "@imagewright/test-kit/s3";
import { describe, expect, test } from "@jest/globals";
import { BUCKET, withObjectStore } from "../testing/object-store.js";
import { withProxy, withWebServer } from "../testing/web-server.js";
import { s3Download } from "./index.js";

type Input = Parameters<typeof s3Download.run>[0];

const MIB = 1024 * 1024;

function withBoth(body: (folder: string, store: ObjectStore) => Promise<void>): Promise<void> {
  return withTemporaryFolder((folder) => withObjectStore((store) => body(folder, store)));
}

function download(folder: string, store: ObjectStore, input: Input, context: Partial<ActionContext> = {}): Promise<ActionRun> {
  return runAction(s3Download, input, { workingDirectory: folder, environment: store.environment, ...context });
}

async function expectFailure(run: Promise<ActionRun>, reason: string): Promise<void> {
  expect((await run).result).toEqual({ status: "failed", reason });
}

/** The files below a folder by their paths. */
async function contentOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = files.map(async (path) => [path.slice(folder.length + 1), await readFile(path, "utf8")] as const);
  return Object.fromEntries((await Promise.all(pairs)).sort());
}

describe("S3Download, chapter 16: one object", () => {
  test("to a file, with the folders above it", () =>
    withBoth(async (folder, store) => {
      await store.put("path/to/package.zip", "one");
      const run = await download(folder, store, {
        source: `s3://${BUCKET}/path/to/package.zip`,
        destination: "x/y/a.zip",
        expectedBucketOwner: BUCKET_OWNER,
      });
      expect(run.result).toEqual({ status: "succeeded", changed: true });
      expect(run.log).toEqual([`downloaded "s3://${BUCKET}/path/to/package.zip" to "${folder}/x/y/a.zip"`]);
      expect(await contentOf(folder)).toEqual({ "x/y/a.zip": "one" });
      expect(store.requests.slice(1)).toEqual([`GET /${BUCKET}/path/to/package.zip x-id`]);
    }));

  test("into a folder, under the last part of its key", () =>
    withBoth(async (folder, store) => {
      await store.put("path/to/package.zip", "one");
      expect(
        (await download(folder, store, { source: `s3://${BUCKET}/path/to/package.zip`, destination: `${folder}/x/` })).result,
      ).toMatchObject({ status: "succeeded" });
      expect(await contentOf(folder)).toEqual({ "x/package.zip": "one" });
    }));

  test("over a file, which keeps its permissions; a link leads to the file that is replaced", () =>
    withBoth(async (folder, store) => {
      await store.put("a", "new");
      await writeFile(join(folder, "a"), "old and longer");
      await chmod(join(folder, "a"), 0o666);
      await symlink("a", join(folder, "link"));
      await download(folder, store, { source: `s3://${BUCKET}/a`, destination: "link", overwrite: true });
      expect(await contentOf(folder)).toEqual({ a: "new" });
      expect((await stat(join(folder, "a"))).mode & 0o777).toBe(0o666);
    }));

  test.each(["a b+c%20d&e=f.txt", "é😀.txt", "a'b\"(c)!~@$,;:[]{}|^`<>#?\\.txt", "x y/z=1/á+.txt", "empty"])("the key %s", (key) =>
    withBoth(async (folder, store) => {
      await store.put(key, key === "empty" ? "" : key);
      expect((await download(folder, store, { source: `s3://${BUCKET}/${key}`, destination: "a" })).result).toMatchObject({
        status: "succeeded",
      });
      expect(await contentOf(folder)).toEqual({ a: key === "empty" ? "" : key });
    }),
  );

  test("a large one in concurrent ranges, all of the same content", () =>
    withBoth(async (folder, store) => {
      const content = randomBytes(50 * MIB);
      await store.put("large", new Uint8Array(content));
      const ranges: string[] = [];
      const hold = store.holdUntil(2);
      store.before = async (context) => {
        if (context.method === "GET") ranges.push(`${context.get("range")} ${context.get("if-match")}`);
        if (context.get("range") !== "") await hold();
        return false;
      };
      expect((await download(folder, store, { source: `s3://${BUCKET}/large`, destination: "a" })).result).toMatchObject({
        status: "succeeded",
      });
      expect((await readFile(join(folder, "a"))).equals(content)).toBe(true);
      const etag = `"${createHash("md5").update(content).digest("hex")}"`;
      const later = [16, 32, 48].map((start) => `bytes=${start * MIB}-${Math.min(start + 16, 50) * MIB - 1} ${etag}`);
      expect(ranges.sort()).toEqual([" ", ...later].sort());
      expect(store.mostAtOnce).toBeGreaterThan(1);
    }));

  test("continues after an interrupted connection", () =>
    withBoth(async (folder, store) => {
      const content = randomBytes(33 * MIB);
      await store.put("large", new Uint8Array(content));
      await store.put("small", "0123456789".repeat(50_000));
      const cuts = new Set(["", `bytes=${16 * MIB}-${32 * MIB - 1}`]);
      store.after = (context) => {
        if (cuts.delete(context.get("range"))) cutAfter(context, 300_000);
      };
      expect((await download(folder, store, { source: `s3://${BUCKET}/large`, destination: "a" })).result).toMatchObject({
        status: "succeeded",
      });
      expect((await readFile(join(folder, "a"))).equals(content)).toBe(true);
      cuts.add("");
      expect((await download(folder, store, { source: `s3://${BUCKET}/small`, destination: "b" })).result).toMatchObject({
        status: "succeeded",
      });
      expect(await readFile(join(folder, "b"), "utf8")).toBe("0123456789".repeat(50_000));
      expect(cuts.size).toBe(0);
      expect((await readdir(folder)).sort()).toEqual(["a", "b"]);
    }));
});

describe("S3Download, chapter 16: all objects below a prefix", () => {
  const fill = async (store: ObjectStore) => {
    const keys = [
      "recipe/",
      "recipe/a",
      "recipe/b c+d.txt",
      "recipe/x/y/e",
      "recipe/x/f",
      "recipe/folder/",
      "recipe2/g",
      "recipe.txt",
      "other",
    ];
    for (const key of keys) await store.put(key, key.endsWith("/") ? "" : key);
  };
  const files = { a: "recipe/a", "b c+d.txt": "recipe/b c+d.txt", "x/f": "recipe/x/f", "x/y/e": "recipe/x/y/e" };

  test.each(["recipe", "recipe/"])("to %s, with the folders below it", (destination) =>
    withBoth(async (folder, store) => {
      await fill(store);
      const run = await download(folder, store, { source: `s3://${BUCKET}/recipe/*`, destination });
      expect(run.result).toEqual({ status: "succeeded", changed: true });
      expect(await contentOf(join(folder, "recipe"))).toEqual(files);
      expect((await readdir(join(folder, "recipe"))).sort()).toEqual(["a", "b c+d.txt", "folder", "x"]);
      expect([...run.log].sort()[0]).toBe(`downloaded "s3://${BUCKET}/recipe/a" to "${folder}/recipe/a"`);
    }),
  );

  test("all objects of the bucket", () =>
    withBoth(async (folder, store) => {
      await fill(store);
      expect((await download(folder, store, { source: `s3://${BUCKET}/*`, destination: "x" })).result).toMatchObject({
        status: "succeeded",
      });
      expect(Object.keys(await contentOf(join(folder, "x")))).toHaveLength(7);
    }));

  // S3rver encrypts the continuation token with DES, which OpenSSL no longer has: the pages are served in front of it
  test("over all pages of a listing, ten at once", () =>
    withBoth(async (folder, store) => {
      const keys = Array.from({ length: 60 }, (_, index) => `many/${index + 10}`);
      for (const key of keys) await store.put(key, key);
      const hold = store.holdUntil(10);
      store.before = async (context) => {
        if (context.query["list-type"] === undefined) await hold();
        const page = Number(context.query["continuation-token"] ?? 0);
        return list(context, keys.slice(page * 25, page * 25 + 25), page < 2 ? String(page + 1) : undefined);
      };
      store.mostAtOnce = 0;
      expect((await download(folder, store, { source: `s3://${BUCKET}/many/*`, destination: "x" })).result).toEqual({
        status: "succeeded",
        changed: true,
      });
      expect(Object.entries(await contentOf(join(folder, "x"))).map(([name, text]) => [`many/${name}`, text])).toEqual(
        keys.map((key) => [key, key]),
      );
      expect(store.mostAtOnce).toBe(10);
    }));

  test("escaped keys are decoded", () =>
    withBoth(async (folder, store) => {
      await store.put("odd/a b+\n", "odd");
      store.before = (context) => list(context, ["odd/a+b%2B%0A"]);
      expect((await download(folder, store, { source: `s3://${BUCKET}/odd/*`, destination: "x" })).result).toMatchObject({
        status: "succeeded",
      });
      expect(await contentOf(join(folder, "x"))).toEqual({ "a b+\n": "odd" });
    }));
});

/** Responds with a listing of these keys, escaped as by S3; `next` is the continuation token. */
function list(context: S3Context, keys: readonly string[], next?: string): boolean {
  if (context.query["list-type"] === undefined) return false;
  const contents = keys.map((key) => `<Contents><Key>${key}</Key><Size>3</Size></Contents>`).join("");
  const truncated =
    next === undefined
      ? "<IsTruncated>false</IsTruncated>"
      : `<IsTruncated>true</IsTruncated><NextContinuationToken>${next}</NextContinuationToken>`;
  context.status = 200;
  context.type = "application/xml";
  context.body = `<?xml version="1.0"?><ListBucketResult><EncodingType>url</EncodingType>${truncated}${contents}</ListBucketResult>`;
  return true;
}

describe("S3Download: how S3 is reached", () => {
  test("through the proxy of the environment", () =>
    withBoth((folder, store) =>
      withProxy(async (proxy) => {
        await store.put("a", "one");
        const environment = {
          ...store.environment,
          AWS_ENDPOINT_URL_S3: store.url.replace("127.0.0.1", "s3.example"),
          http_proxy: proxy.url,
        };
        expect((await download(folder, store, { source: `s3://${BUCKET}/a`, destination: "a" }, { environment })).result).toMatchObject({
          status: "succeeded",
        });
        expect(proxy.requests[0]).toMatch(new RegExp(`^GET http://s3.example:\\d+/${BUCKET}/a`));
      }),
    ));

  test("AWS_ENDPOINT_URL names the service too, by path and with a host name", () =>
    withBoth(async (folder, store) => {
      await store.put("a", "one");
      const { AWS_ENDPOINT_URL_S3, ...others } = store.environment;
      const environment = { ...others, AWS_ENDPOINT_URL: (AWS_ENDPOINT_URL_S3 ?? "").replace("127.0.0.1", "localhost") };
      expect((await download(folder, store, { source: `s3://${BUCKET}/a`, destination: "a" }, { environment })).result).toMatchObject({
        status: "succeeded",
      });
    }));
});

describe("S3Download, chapter 16: returns an error when", () => {
  const cannot = (key: string) => `cannot download "s3://${BUCKET}/${key}":`;

  test("overwrite is false and the file exists", () =>
    withBoth(async (folder, store) => {
      await store.put("path/a", "new");
      await writeFile(join(folder, "a"), "old");
      const reason = `cannot write file "${folder}/a": it exists already, and "overwrite" is false`;
      await expectFailure(download(folder, store, { source: `s3://${BUCKET}/path/a`, destination: "a", overwrite: false }), reason);
      expect(await contentOf(folder)).toEqual({ a: "old" });
      expect((await download(folder, store, { source: `s3://${BUCKET}/path/a`, destination: "b", overwrite: false })).result).toMatchObject(
        { status: "succeeded" },
      );
    }));

  test("overwrite is false and one of the files exists: none is downloaded", () =>
    withBoth(async (folder, store) => {
      for (let index = 10; index < 40; index++) await store.put(`path/${index}`, "new");
      await writeFile(join(folder, "39"), "old");
      const reason = `cannot write file "${folder}/39": it exists already, and "overwrite" is false`;
      await expectFailure(download(folder, store, { source: `s3://${BUCKET}/path/*`, destination: folder, overwrite: false }), reason);
      expect(await contentOf(folder)).toEqual({ 39: "old" });
    }));

  test("there is no such object", () =>
    withBoth(async (folder, store) => {
      await expectFailure(
        download(folder, store, { source: `s3://${BUCKET}/path/a`, destination: "a" }),
        `${cannot("path/a")} bucket "${BUCKET}" has no object with this key`,
      );
      expect(await readdir(folder)).toEqual([]);
    }));

  test("there is no object below the prefix", () =>
    withBoth(async (folder, store) => {
      await store.put("pathology", "one");
      const reason = `${cannot("path/*")} bucket "${BUCKET}" has no object whose key begins with "path/"`;
      await expectFailure(download(folder, store, { source: `s3://${BUCKET}/path/*`, destination: "x" }), reason);
      expect(await readdir(folder)).toEqual([]);
    }));

  test("there is no such bucket", () =>
    withBoth(async (folder, store) => {
      const reason = (key: string) => `cannot download "s3://nowhere/${key}": there is no bucket "nowhere"`;
      await expectFailure(download(folder, store, { source: "s3://nowhere/a", destination: "a" }), reason("a"));
      await expectFailure(download(folder, store, { source: "s3://nowhere/a/*", destination: "a" }), reason("a/*"));
    }));

  test("the bucket does not belong to the expected account", () =>
    withBoth(async (folder, store) => {
      await store.put("path/a", "one");
      const why = `access is denied; bucket "${BUCKET}" does not belong to account "123456789022", or the credentials lack the permission`;
      const expectedBucketOwner = "123456789022";
      await expectFailure(
        download(folder, store, { source: `s3://${BUCKET}/path/a`, destination: "a", expectedBucketOwner }),
        `${cannot("path/a")} ${why}`,
      );
      await expectFailure(
        download(folder, store, { source: `s3://${BUCKET}/path/*`, destination: "a", expectedBucketOwner }),
        `${cannot("path/*")} ${why}`,
      );
      expect(
        (await download(folder, store, { source: `s3://${BUCKET}/path/*`, destination: "x", expectedBucketOwner: BUCKET_OWNER })).result,
      ).toMatchObject({ status: "succeeded" });
    }));

  test("access is denied", () =>
    withBoth(async (folder, store) => {
      await expectFailure(
        download(folder, store, { source: `s3://${BUCKET}/denied/a`, destination: "a" }),
        `${cannot("denied/a")} access is denied: "AccessDenied"`,
      );
    }));

  test("the credentials are not accepted", () =>
    withBoth(async (folder, store) => {
      const environment = { ...store.environment, AWS_ACCESS_KEY_ID: "unknown" };
      const why = 'the AWS credentials are not accepted: "The AWS Access Key Id you provided does not exist in our records."';
      await expectFailure(
        download(folder, store, { source: `s3://${BUCKET}/a`, destination: "a" }, { environment }),
        `${cannot("a")} ${why}`,
      );
    }));

  test("the service cannot be reached", () =>
    withTemporaryFolder(async (folder) => {
      const { url } = await withWebServer(
        () => undefined,
        async (server) => server,
      );
      const environment = { AWS_ENDPOINT_URL: url, AWS_REGION: "eu-west-3", AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" };
      const run = runAction(s3Download, { source: `s3://${BUCKET}/a`, destination: "a" }, { workingDirectory: folder, environment });
      await expectFailure(run, `${cannot("a")} the service cannot be reached: "connect ECONNREFUSED ${url.slice("http://".length)}"`);
    }));

  test("a key leads out of the destination or is not a valid file name", () =>
    withBoth(async (folder, store) => {
      await store.put("evil/first", "one");
      for (const key of ["evil/../../etc/passwd", "evil/..", "evil/x/./y", "evil/a\0b"]) {
        store.before = (context) => list(context, ["evil/first", encodeURIComponent(key)]);
        const reason = `cannot download ${JSON.stringify(`s3://${BUCKET}/${key}`)}: its key is not a valid path below the destination`;
        await expectFailure(download(folder, store, { source: `s3://${BUCKET}/evil/*`, destination: "x/y" }), reason);
        expect(await readdir(folder)).toEqual([]);
      }
    }));

  test("two keys have the same destination", () =>
    withBoth(async (folder, store) => {
      store.before = (context) => list(context, ["twice/a//b", "twice/a/b"]);
      const reason = `${cannot("twice/a/b")} "s3://${BUCKET}/twice/a//b" has the same destination "${folder}/x/a/b"`;
      await expectFailure(download(folder, store, { source: `s3://${BUCKET}/twice/*`, destination: "x" }), reason);
    }));

  test("the object is replaced while it is downloaded", () =>
    withBoth(async (folder, store) => {
      await store.put("large", new Uint8Array(33 * MIB));
      await writeFile(join(folder, "a"), "old");
      store.before = (context) => {
        if (context.get("if-match") === "") return false;
        answerError(context, 412, "PreconditionFailed");
        return true;
      };
      await expectFailure(
        download(folder, store, { source: `s3://${BUCKET}/large`, destination: "a" }),
        `${cannot("large")} the object was replaced while it was downloaded`,
      );
      expect(await contentOf(folder)).toEqual({ a: "old" });
    }));

  test("the connection is interrupted repeatedly", () =>
    withBoth(async (folder, store) => {
      await store.put("a", "0123456789".repeat(50_000));
      store.after = (context) => cutAfter(context, 1000);
      const pauses: number[] = [];
      const clock = { now: () => 0, sleep: async (milliseconds: number) => void pauses.push(milliseconds) };
      const run = download(folder, store, { source: `s3://${BUCKET}/a`, destination: "a" }, { host: { ...createNodeHost(), clock } });
      await expectFailure(run, `${cannot("a")} the connection was cut`);
      expect(pauses).toEqual([250, 500, 1000, 2000]);
      expect(store.requests.filter((line) => line.startsWith("GET"))).toHaveLength(5);
      expect(await readdir(folder)).toEqual([]);
    }));

  test("one of many fails: complete downloads stay, and no incomplete ones", () =>
    withBoth(async (folder, store) => {
      for (let index = 10; index < 40; index++) await store.put(`many/${index}`, "one");
      store.before = (context) => {
        if (!context.path.endsWith("/many/30")) return false;
        answerError(context, 403, "AccessDenied");
        return true;
      };
      await expectFailure(
        download(folder, store, { source: `s3://${BUCKET}/many/*`, destination: "x" }),
        `${cannot("many/30")} access is denied: "AccessDenied"`,
      );
      const names = await readdir(join(folder, "x"));
      expect(names).toContain("10");
      expect(names.filter((name) => !/^[123]\d$/.test(name) || name === "30")).toEqual([]);
    }));

  test("a folder has the name of the file", () =>
    withBoth(async (folder, store) => {
      await store.put("a", "one");
      await mkdir(join(folder, "x"));
      await expectFailure(
        download(folder, store, { source: `s3://${BUCKET}/a`, destination: "x" }),
        `cannot write file "${folder}/x": it is a folder`,
      );
    }));

  test("the step is cancelled", () =>
    withBoth(async (folder, store) => {
      await store.put("large", new Uint8Array(33 * MIB));
      const cancel = new AbortController();
      store.before = (context) => {
        if (context.get("range") !== "") cancel.abort(new Error("cancelled"));
        return false;
      };
      await expectFailure(
        download(folder, store, { source: `s3://${BUCKET}/large`, destination: "a" }, { signal: cancel.signal }),
        "cancelled",
      );
      expect(await readdir(folder)).toEqual([]);
    }));
});

test("S3Download finds sources that name nothing before anything runs", () => {
  const check = (source: string, destination = "/x/") => s3Download.check?.({ source, destination }, "linux");
  for (const source of ["s3://b/k", "s3://b/p/*", "s3://b/*", "S3://b/k"]) expect(check(source)).toEqual([]);
  expect(check("/b/k")).toEqual([{ path: ["source"], message: '"source" must be s3://BUCKET/KEY; found "/b/k"' }]);
  const wildcard = (found: string) => [
    { path: ["source"], message: `"source" may contain a wildcard only at its end, after a slash; found "${found}"` },
  ];
  for (const source of ["s3://b/p*", "s3://b/*/x", "s3://b/x*/*", "s3://b/p/**"]) expect(check(source)).toEqual(wildcard(source));
  for (const source of ["s3://b", "s3://b/", "s3://b/p/"]) {
    expect(check(source)).toEqual([
      {
        path: ["source"],
        message: `"source" must name an object; found "${source}"`,
        help: "end it with /* to download all objects below it",
      },
    ]);
  }
  expect(check("s3://b/k", "/x/*")).toEqual([{ path: ["destination"], message: '"destination" cannot contain a wildcard' }]);
  const unnamed = '"destination" must be the path of a file, because "s3://b/p/.." contains no name for a file in the folder';
  expect(check("s3://b/p/..")).toEqual([{ path: ["destination"], message: unnamed }]);
  expect(s3Download.check?.({ source: "s3://b/k", destination: "C:\\x\\" }, "windows")).toEqual([]);
  expect(s3Download.check?.({ source: "s3://b/p/nul", destination: "C:\\x\\" }, "windows")).toEqual([
    { path: ["destination"], message: unnamed.replace("p/..", "p/nul") },
  ]);
});
