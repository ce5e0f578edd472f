// Chapter 09, --log-s3-bucket-name and its companions: the real SDK against a real S3 server on loopback.
// Faked in front of that server, which knows no owners and no policies: the 403 for a wrong owner and for keys below "denied/".
import { rmSync } from "node:fs";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { answerError, BUCKET_OWNER } from "@imagewright/test-kit/s3";
import { uploadLogFolder, type UploadProgress } from "../index.js";
import { withAwsEnvironment } from "../testing/environment.js";
import { unreachableUrl } from "@imagewright/test-kit/loopback-server";
import { BUCKET, withObjectStore } from "../testing/object-store.js";

const NAME = "TOE_2025-11-21_03-09-08_UTC-0_2f3c8f0e-5d0c-4d5e-9a3b-0c9d5b7f6a11";

async function withLogFolder(body: (folder: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (parent) => {
    const folder = join(parent, NAME);
    await mkdir(join(folder, "steps"), { recursive: true });
    await writeFile(join(folder, "console.log"), "Info Document web.yaml\n");
    await writeFile(join(folder, "detailedoutput.json"), "{}");
    await writeFile(join(folder, "empty.log"), "");
    await writeFile(join(folder, "steps", "1 é.log"), "one");
    await body(folder);
  });
}

test("every file goes below prefix and folder name", () =>
  withObjectStore((store) =>
    withLogFolder(async (folder) => {
      await symlink("/etc/passwd", join(folder, "link"));
      const uploaded = await uploadLogFolder({ folder: `${folder}/`, bucket: BUCKET, prefix: "/logs/web/", bucketOwner: BUCKET_OWNER });
      expect(uploaded).toEqual({ url: `s3://documents/logs/web/${NAME}/`, files: 4, bytes: 28 });
      expect(store.requests).toEqual(
        ["console.log", "detailedoutput.json", "empty.log", "steps/1%20%C3%A9.log"].map(
          (file) => `PUT /documents/logs/web/${NAME}/${file} x-id`,
        ),
      );
      expect(String(await store.get(`logs/web/${NAME}/console.log`))).toBe("Info Document web.yaml\n");
      expect(String(await store.get(`logs/web/${NAME}/steps/1 é.log`))).toBe("one");
      const types = await Promise.all(
        ["console.log", "detailedoutput.json"].map((file) => fetch(`${store.url}/${BUCKET}/logs/web/${NAME}/${file}`)),
      );
      expect(types.map((answer) => answer.headers.get("content-type"))).toEqual(["text/plain; charset=utf-8", "application/json"]);
    }),
  ));

test("no prefix, and a folder without files", () =>
  withObjectStore((store) =>
    withTemporaryFolder(async (parent) => {
      await mkdir(join(parent, "run"));
      expect(await uploadLogFolder({ folder: join(parent, "run"), bucket: BUCKET })).toEqual({
        url: "s3://documents/run/",
        files: 0,
        bytes: 0,
      });
      expect(store.requests).toEqual([]);
    }),
  ));

test("a large file goes in parts, two at a time, with its progress", () =>
  withObjectStore((store) =>
    withTemporaryFolder(async (parent) => {
      const content = randomBytes(32 * 1024 * 1024 + 1);
      await mkdir(join(parent, "run"));
      await writeFile(join(parent, "run", "console.log"), content);
      const seen: UploadProgress[] = [];
      const hold = store.holdUntil(2);
      store.before = async ({ query }) => {
        if ("partNumber" in query) await hold();
        return false;
      };
      await uploadLogFolder({ folder: join(parent, "run"), bucket: BUCKET, onProgress: (progress) => seen.push(progress) });
      expect(store.requests.filter((request) => request.startsWith("PUT"))).toHaveLength(7);
      expect(store.mostAtOnce).toBe(2);
      expect(seen.map((progress) => progress.sent)).toEqual([...seen.map((progress) => progress.sent)].sort((a, b) => a - b));
      expect(seen).toHaveLength(7);
      expect(seen.at(-1)).toEqual({ file: "console.log", sent: content.length, size: content.length });
      expect(sha256((await store.get("run/console.log")) ?? Buffer.alloc(0))).toBe(sha256(content));
    }),
  ));

test("a file that fails does not keep the others back, and the error names bucket and key", () =>
  withObjectStore((store) =>
    withTemporaryFolder(async (parent) => {
      const folder = join(parent, "run");
      await mkdir(join(folder, "denied"), { recursive: true });
      for (const name of ["a.log", "denied/b.log", "denied/c.log", "d.log"]) await writeFile(join(folder, name), name);
      const failure = (name: string) => ({
        file: `denied/${name}`,
        key: `logs/run/denied/${name}`,
        code: "aws/access-denied",
        message: `uploading "s3://documents/logs/run/denied/${name}" failed: access is denied: "AccessDenied"`,
      });
      await expect(uploadLogFolder({ folder, bucket: BUCKET, prefix: "logs" })).rejects.toMatchObject({
        code: "aws/logs-not-uploaded",
        message:
          '2 of 4 log files were not uploaded; uploading "s3://documents/logs/run/denied/b.log" failed: access is denied: "AccessDenied"',
        hints: ["grant the credentials this action", "without the permission s3:ListBucket a missing object is reported in the same way"],
        data: { failures: [failure("b.log"), failure("c.log")] },
      });
      expect(String(await store.get("logs/run/d.log"))).toBe("d.log");
    }),
  ));

test("a bucket of someone else, and one that is not there", () =>
  withObjectStore((store) =>
    withLogFolder(async (folder) => {
      await expect(uploadLogFolder({ folder, bucket: BUCKET, bucketOwner: "999999999999" })).rejects.toMatchObject({
        message:
          `4 of 4 log files were not uploaded; uploading "s3://documents/${NAME}/console.log" failed: access is denied; ` +
          'bucket "documents" does not belong to account "999999999999", or the credentials lack the permission',
      });
      const before = store.requests.length;
      await expect(uploadLogFolder({ folder, bucket: "elsewhere" })).rejects.toMatchObject({
        message: `4 of 4 log files were not uploaded; uploading "s3://elsewhere/${NAME}/console.log" failed: there is no bucket "elsewhere"`,
      });
      // the others would fail in the same way, so nothing more is asked
      expect(store.requests.length - before).toBe(1);
    }),
  ));

test("a failed part: the others are deleted, and the part's failure is reported even if that fails too", () =>
  withObjectStore((store) =>
    withTemporaryFolder(async (parent) => {
      const folder = join(parent, "run");
      await mkdir(folder);
      await writeFile(join(folder, "console.log"), randomBytes(11 * 1024 * 1024));
      let denied = false;
      store.before = (context) => {
        if (denied || !("partNumber" in context.query)) return false;
        denied = true;
        answerError(context, 403, "AccessDenied");
        return true;
      };
      await expect(uploadLogFolder({ folder, bucket: BUCKET })).rejects.toMatchObject({
        message: '1 of 1 log file was not uploaded; uploading "s3://documents/run/console.log" failed: access is denied: "AccessDenied"',
      });
      // which this server rejects, since it has no such operation
      expect(store.requests.at(-1)).toBe("DELETE /documents/run/console.log uploadId&x-id");
    }),
  ));

test("a service that cannot be reached, and no credentials", () =>
  withLogFolder(async (folder) => {
    const url = await unreachableUrl();
    const first = `4 of 4 log files were not uploaded; uploading "s3://documents/${NAME}/console.log" failed: `;
    await withAwsEnvironment({ AWS_ENDPOINT_URL: url }, async () => {
      await expect(uploadLogFolder({ folder, bucket: BUCKET })).rejects.toMatchObject({
        message: `${first}the service cannot be reached: "connect ECONNREFUSED ${url.slice("http://".length)}"`,
      });
    });
    await withAwsEnvironment({ AWS_SECRET_ACCESS_KEY: undefined }, async () => {
      await expect(uploadLogFolder({ folder, bucket: BUCKET })).rejects.toMatchObject({
        message: `${first}there are no AWS credentials: "Could not load credentials from any providers"`,
        hints: ["give the machine an instance role, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"],
      });
    });
  }));

test("a log folder that is not there", async () => {
  await withTemporaryFolder(async (parent) => {
    const folder = join(parent, "absent");
    await expect(uploadLogFolder({ folder, bucket: BUCKET })).rejects.toMatchObject({
      code: "aws/log-folder-not-readable",
      message: `the log folder "${folder}" cannot be read: "ENOENT: no such file or directory, open '${folder}'"`,
    });
  });
});

test("a file that is gone when its turn comes does not keep the others back", () =>
  withObjectStore((store) =>
    withLogFolder(async (folder) => {
      const gone = join(folder, "detailedoutput.json");
      await expect(
        uploadLogFolder({ folder, bucket: BUCKET, onProgress: ({ file }) => file === "console.log" && rmSync(gone) }),
      ).rejects.toMatchObject({
        message:
          `1 of 4 log files was not uploaded; uploading "s3://documents/${NAME}/detailedoutput.json" failed: ` +
          `"ENOENT: no such file or directory, open '${gone}'"`,
      });
      expect(store.requests).toHaveLength(3);
    }),
  ));

function sha256(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
