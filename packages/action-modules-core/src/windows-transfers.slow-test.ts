// Chapter 16 with Windows' paths, on a Windows of Wine's.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import type { ObjectStore } from "@imagewright/test-kit/object-store";
import { selfSignedCertificate } from "@imagewright/test-kit";
import { BUCKET_OWNER } from "@imagewright/test-kit/s3";
import { expect, test } from "@jest/globals";
import { BUCKET, withObjectStore } from "./testing/object-store.js";
import { withWebServer } from "./testing/web-server.js";
import { windowsOfTests } from "./testing/windows-of-tests.js";

const { describeOnWindows, atC, make, work, run, runThere } = windowsOfTests();

const runWith = ({ environment }: Pick<ObjectStore, "environment">, action: string, input: unknown) => run(action, input, { environment });

describeOnWindows("chapter 16 on Windows", () => {
  test("S3Download of one object: to a file, with overwrite, and of an account", () =>
    withObjectStore(async (store) => {
      await store.put("path/package.zip", "new");
      const source = `s3://${BUCKET}/path/package.zip`;
      const input = { source, destination: "C:\\work\\folder\\package.zip", expectedBucketOwner: BUCKET_OWNER };
      const downloaded = [`downloaded "${source}" to "C:\\\\work\\\\folder\\\\package.zip"`];
      expect(await runWith(store, "S3Download", { ...input, overwrite: false })).toEqual(downloaded);
      writeFileSync(atC("work/folder/package.zip"), "old");
      expect(await runWith(store, "S3Download", { ...input, overwrite: false })).toBe(
        'cannot write file "C:\\\\work\\\\folder\\\\package.zip": it exists already, and "overwrite" is false',
      );
      expect(await runWith(store, "S3Download", { ...input, expectedBucketOwner: "123456789022" })).toMatch(/does not belong to account/);
      expect(readFileSync(atC("work/folder/package.zip"), "utf8")).toBe("old");
      expect(await runWith(store, "S3Download", input)).toEqual(downloaded);
      expect([work(), readFileSync(atC("work/folder/package.zip"), "utf8")]).toEqual([["folder/package.zip"], "new"]);
    }));

  test("S3Download of a prefix into a folder, whose lines have Windows' paths", () =>
    withObjectStore(async (store) => {
      await store.put("p/deep/two.txt", "2");
      const input = { source: `s3://${BUCKET}/p/*`, destination: "C:\\work\\down\\" };
      const line = `downloaded "s3://${BUCKET}/p/deep/two.txt" to "C:\\\\work\\\\down\\\\deep\\\\two.txt"`;
      expect(await runWith(store, "S3Download", input)).toEqual([line]);
      expect(await runWith(store, "S3Download", { ...input, overwrite: false })).toBe(
        'cannot write file "C:\\\\work\\\\down\\\\deep\\\\two.txt": it exists already, and "overwrite" is false',
      );
      expect(work()).toEqual(["down/deep/two.txt"]);
    }));

  test.each(["a:b", "a\\b", "x/nul", "com1.txt", "x./y", "a?b", "blank "])(
    "S3Download writes no key that Windows takes for something else: %j",
    (key) =>
      withObjectStore(async (store) => {
        await store.put(`p/${key}`, "1");
        await store.put("p/good", "2");
        expect(await runWith(store, "S3Download", { source: `s3://${BUCKET}/p/*`, destination: "C:\\work\\down\\" })).toBe(
          `cannot download ${JSON.stringify(`s3://${BUCKET}/p/${key}`)}: its key is not a valid path below the destination`,
        );
        expect(work()).toEqual([]);
      }),
  );

  test("S3Download refuses two keys that are one file on Windows", () =>
    withObjectStore(async (store) => {
      await store.put("p/README", "1");
      await store.put("p/readme", "2");
      expect(await runWith(store, "S3Download", { source: `s3://${BUCKET}/p/*`, destination: "C:\\work\\down\\" })).toBe(
        `cannot download "s3://${BUCKET}/p/readme": "s3://${BUCKET}/p/README" has the same destination "C:\\\\work\\\\down\\\\readme"`,
      );
      expect(work()).toEqual([]);
    }));

  test("S3Download of one object into a folder", () =>
    withObjectStore(async (store) => {
      await store.put("p/Tool.zip", "1");
      const source = `s3://${BUCKET}/p/Tool.zip`;
      expect(await runWith(store, "S3Download", { source, destination: "down/" })).toEqual([
        `downloaded "${source}" to "C:\\\\work\\\\down\\\\Tool.zip"`,
      ]);
      expect(work()).toEqual(["down/Tool.zip"]);
    }));

  test("S3Upload of a file, of the files of a folder, and of all below it", () =>
    withObjectStore(async (store) => {
      await make("work/up/one.TXT", "work/up/deep/two.txt", "work/up/deep/three.log");
      let uploads = 0;
      /** The keys below a prefix of its own, or the reason of the failure. */
      const upload = async (source: string, to: string, more = {}) => {
        const prefix = `${uploads++}/`;
        const input = { source, destination: `s3://${BUCKET}/${prefix}${to}`, expectedBucketOwner: BUCKET_OWNER, ...more };
        const ended = await runWith(store, "S3Upload", input);
        const keys = (await store.keys()).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
        return typeof ended === "string" ? ended : keys;
      };
      expect(await upload("C:\\work\\up\\one.txt", "path/package.zip")).toEqual(["path/package.zip"]);
      expect(await upload("C:\\work\\up\\*", "p/")).toEqual(["p/one.TXT"]);
      expect(await upload("C:\\work\\up\\*", "p/", { recurse: true })).toEqual(["p/deep/three.log", "p/deep/two.txt", "p/one.TXT"]);
      expect(await upload("C:/work/up/deep\\*.TXT", "p/")).toEqual(["p/two.txt"]);
      expect(await upload("up\\deep\\", "p/", { recurse: true })).toEqual(["p/three.log", "p/two.txt"]);
      expect(await upload("C:\\work\\no.txt", "p/")).toMatch(/^cannot upload .*C:\\\\work\\\\no\.txt/);
      expect(await upload("C:\\work\\*.exe", "p/")).toMatch(/"C:\\\\work\\\\\*\.exe"/);
      expect(await upload("C:\\work\\up", "p/")).toBe('cannot upload file "C:\\\\work\\\\up": it is a folder');
      expect(await upload("C:\\work\\up\\one.txt", "p/", { expectedBucketOwner: "123456789022" })).toMatch(/does not belong to account/);
    }));

  const MD5 = createHash("md5").update("content").digest("hex");

  test("WebDownload to a file and into a folder, with overwrite and checksums", () =>
    withWebServer(
      (_, response) => response.end("content"),
      async ({ url, requests }) => {
        const get = (destination: string, more = {}) => runThere("WebDownload", { source: `${url}/path/java14.zip`, destination, ...more });
        const file = "C:\\work\\new\\java14_renamed.zip";
        expect((await get("C:/work/new/java14_renamed.zip", { overwrite: false })).result).toMatchObject({
          outputs: { destination: file },
        });
        expect((await get(file, { overwrite: false })).result).toMatchObject({
          ...{ status: "failed", reason: `cannot write file ${JSON.stringify(file)}: it exists already, and "overwrite" is false` },
        });
        writeFileSync(atC("work/new/java14_renamed.zip"), "old");
        expect((await get(file, { checksum: MD5, algorithm: "MD5" })).result).toMatchObject({ status: "succeeded", changed: true });
        expect(readFileSync(atC("work/new/java14_renamed.zip"), "utf8")).toBe("content");
        const before = requests.length;
        expect((await get(file, { checksum: MD5, algorithm: "MD5" })).result).toMatchObject({ status: "succeeded", changed: false });
        expect(requests.length).toBe(before);
        const wrong = { checksum: MD5.replace(/^./, (digit) => (digit === "0" ? "1" : "0")), algorithm: "md5" };
        expect((await get("C:\\work\\folder\\", wrong)).result).toMatchObject({
          reason: expect.stringContaining(`its MD5 checksum is ${MD5}`),
        });
        expect((await get("C:\\work\\folder\\", { checksum: MD5, algorithm: "MD5" })).result).toMatchObject({
          outputs: { destination: "C:\\work\\folder\\java14.zip" },
        });
        expect(work()).toEqual(["folder/java14.zip", "new/java14_renamed.zip"]);
      },
    ));

  test("WebDownload leaves no file if the server has none, or its certificate is not trusted", () =>
    withWebServer(
      ({ url }, response) => void response.writeHead(url === "/tool.zip" ? 200 : 404).end("content"),
      async ({ url }) => {
        const get = (name: string, more = {}) => run("WebDownload", { source: `${url}/${name}`, destination: "C:\\work\\down\\", ...more });
        const untrusted = `cannot download "${url}/tool.zip": the server cannot be trusted: its certificate is self-signed`;
        expect(await get("tool.zip")).toBe(untrusted);
        const unchecked = { ignoreCertificateErrors: true };
        expect(await get("no.zip", unchecked)).toBe(`cannot download "${url}/no.zip": the server answered 404 Not Found`);
        expect(work()).toEqual([]);
        expect(await get("tool.zip", unchecked)).toEqual([`downloaded "${url}/tool.zip" to "C:\\\\work\\\\down\\\\tool.zip"`]);
        expect(await get("tool.zip", { ...unchecked, overwrite: false })).toMatch(/: it exists already, and "overwrite" is false$/);
        expect(work()).toEqual(["down/tool.zip"]);
      },
      selfSignedCertificate("DNS:localhost"),
    ));
});
