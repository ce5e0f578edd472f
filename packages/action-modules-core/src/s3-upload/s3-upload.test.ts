// Chapter 16 with the real SDK against a real S3 server on loopback; responses that the server lacks are given in front of it, see
// object-store.ts of test-kit.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ActionContext } from "@imagewright/action-contract";
import { asNobody, isRoot, readTree, runAction, treeDifference, withTemporaryFolder, type ActionRun } from "@imagewright/test-kit";
import type { ObjectStore } from "@imagewright/test-kit/object-store";
import { answerError, BUCKET_OWNER } from "@imagewright/test-kit/s3";
import { describe, expect, test } from "@jest/globals";
import { BUCKET, withObjectStore } from "../testing/object-store.js";
import { s3Upload } from "./index.js";

type Input = Parameters<typeof s3Upload.run>[0];

const MIB = 1024 * 1024;
const SUCCEEDED = { status: "succeeded", changed: false };

function withBoth(body: (folder: string, store: ObjectStore) => Promise<void>): Promise<void> {
  return withTemporaryFolder((folder) => withObjectStore((store) => body(folder, store)));
}

function upload(folder: string, store: ObjectStore, input: Input, context: Partial<ActionContext> = {}): Promise<ActionRun> {
  return runAction(s3Upload, input, { workingDirectory: folder, environment: store.environment, ...context });
}

async function expectFailure(run: Promise<ActionRun>, reason: string): Promise<void> {
  expect((await run).result).toEqual({ status: "failed", reason });
}

/** Makes files with their names as content. */
async function fill(folder: string, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), name);
  }
}

describe("S3Upload, chapter 16: one file", () => {
  test.each([
    ["to the key", `s3://${BUCKET}/path/to/b.zip`, "path/to/b.zip"],
    ["below a prefix under its own name", `s3://${BUCKET}/path/to/`, "path/to/package.zip"],
    ["into the bucket under its own name", `s3://${BUCKET}`, "package.zip"],
  ])("%s", (_, destination, key) =>
    withBoth(async (folder, store) => {
      await fill(folder, "x/package.zip");
      const before = await readTree(folder);
      const run = await upload(folder, store, { source: "x/package.zip", destination, expectedBucketOwner: BUCKET_OWNER });
      expect(run.result).toEqual(SUCCEEDED);
      expect(run.log).toEqual([`uploaded "${folder}/x/package.zip" to "s3://${BUCKET}/${key}"`]);
      expect(await store.keys()).toEqual([key]);
      expect(String(await store.get(key))).toBe("x/package.zip");
      expect(treeDifference(before, await readTree(folder))).toEqual([]);
    }),
  );

  test.each(["a b+c%20d&e=f.txt", "é😀.txt", "a'b\"(c)!~@$,;:[]{}|^`<>#?\\.txt", "empty"])("with the name %s", (name) =>
    withBoth(async (folder, store) => {
      await writeFile(join(folder, name), name === "empty" ? "" : name);
      expect((await upload(folder, store, { source: name, destination: `s3://${BUCKET}/x y/` })).result).toEqual(SUCCEEDED);
      expect(String(await store.get(`x y/${name}`))).toBe(name === "empty" ? "" : name);
    }),
  );

  test("a large one in parts, several at once", () =>
    withBoth(async (folder, store) => {
      const content = randomBytes(33 * MIB + 5);
      await writeFile(join(folder, "large"), content);
      const hold = store.holdUntil(2);
      store.before = async ({ query }) => {
        if ("partNumber" in query) await hold();
        return false;
      };
      expect((await upload(folder, store, { source: "large", destination: `s3://${BUCKET}/large` })).result).toEqual(SUCCEEDED);
      expect((await store.get("large"))?.equals(content)).toBe(true);
      expect(store.requests.filter((line) => line.includes("partNumber"))).toHaveLength(5);
      expect(store.mostAtOnce).toBeGreaterThan(1);
    }));

  test("a link leads to the file", () =>
    withBoth(async (folder, store) => {
      await fill(folder, "a");
      await symlink("a", join(folder, "link"));
      expect((await upload(folder, store, { source: "link", destination: `s3://${BUCKET}/` })).result).toEqual(SUCCEEDED);
      expect(String(await store.get("link"))).toBe("a");
    }));
});

describe("S3Upload, chapter 16: files of a folder", () => {
  const given = async (folder: string) => {
    await fill(folder, "x/a.log", "x/b.log", "x/.hidden", "x/y/c.log", "x/y/z/d d.txt", "x/y.log/e");
    await mkdir(join(folder, "x", "empty"));
    await symlink("../x", join(folder, "x", "loop"));
    await symlink("y/c.log", join(folder, "x", "link"));
    execFileSync("mkfifo", [join(folder, "x", "y", "pipe")]);
  };
  const below = (...names: readonly string[]) => names.map((name) => `p/${name}`).sort();

  test.each<[string, Input, readonly string[]]>([
    ["a wildcard: files only", { source: "x/*", destination: `s3://${BUCKET}/p/` }, below(".hidden", "a.log", "b.log", "link")],
    ["a destination without a slash at its end", { source: "x/*.log", destination: `s3://${BUCKET}/p` }, below("a.log", "b.log")],
    ["one match", { source: "x/a*", destination: `s3://${BUCKET}/p`, recurse: false }, below("a.log")],
    [
      "a wildcard and recurse: folders with their content; links to folders are followed only at the top level",
      { source: "x/y*", destination: `s3://${BUCKET}/p/`, recurse: true },
      below("y.log/e", "y/c.log", "y/z/d d.txt"),
    ],
    [
      "a folder and recurse",
      { source: "x", destination: `s3://${BUCKET}/p`, recurse: true },
      below(".hidden", "a.log", "b.log", "link", "y.log/e", "y/c.log", "y/z/d d.txt"),
    ],
    [
      "a folder with a separator at its end",
      { source: "x/y/", destination: `s3://${BUCKET}/p/`, recurse: true },
      below("c.log", "z/d d.txt"),
    ],
  ])("%s", (_, input, keys) =>
    withBoth(async (folder, store) => {
      await given(folder);
      const run = await upload(folder, store, input);
      expect(run.result).toEqual(SUCCEEDED);
      expect((await store.keys()).sort()).toEqual(keys);
      expect(run.log).toHaveLength(keys.length);
    }),
  );

  test("the content of each, ten at once", () =>
    withBoth(async (folder, store) => {
      const names = Array.from({ length: 60 }, (_, index) => `many/${index + 10}`);
      await fill(folder, ...names);
      const hold = store.holdUntil(10);
      store.before = async () => {
        await hold();
        return false;
      };
      expect((await upload(folder, store, { source: "many/*", destination: `s3://${BUCKET}/many/` })).result).toEqual(SUCCEEDED);
      expect(store.mostAtOnce).toBe(10);
      for (const name of names) expect(String(await store.get(name))).toBe(name);
    }));
});

describe("S3Upload, chapter 16: returns an error when", () => {
  const to = (key: string) => `cannot upload to "s3://${BUCKET}/${key}":`;

  test("the source does not exist", () =>
    withBoth((folder, store) =>
      expectFailure(
        upload(folder, store, { source: "a", destination: `s3://${BUCKET}/a` }),
        `cannot upload file "${folder}/a": no such file or folder`,
      ),
    ));

  test("no file matches", () =>
    withBoth(async (folder, store) => {
      await fill(folder, "x/y/z");
      await expectFailure(upload(folder, store, { source: "x/*", destination: `s3://${BUCKET}/a` }), `no file matches "${folder}/x/*"`);
      await expectFailure(
        upload(folder, store, { source: "x/*.a", destination: `s3://${BUCKET}/a`, recurse: true }),
        `no file matches "${folder}/x/*.a"`,
      );
    }));

  test("the source is a folder and recurse is false", () =>
    withBoth(async (folder, store) => {
      await fill(folder, "x/a");
      await expectFailure(
        upload(folder, store, { source: "x", destination: `s3://${BUCKET}/p/` }),
        `cannot upload file "${folder}/x": it is a folder`,
      );
    }));

  test("there is no file in the folder", () =>
    withBoth(async (folder, store) => {
      await mkdir(join(folder, "x", "y"), { recursive: true });
      await expectFailure(
        upload(folder, store, { source: "x", destination: `s3://${BUCKET}/p/`, recurse: true }),
        `no file to upload in folder "${folder}/x"`,
      );
    }));

  test("the source is a pipe, which must not block", () =>
    withBoth(async (folder, store) => {
      execFileSync("mkfifo", [join(folder, "pipe")]);
      await expectFailure(
        upload(folder, store, { source: "pipe", destination: `s3://${BUCKET}/p` }),
        `cannot upload file "${folder}/pipe": it is not a regular file`,
      );
    }));

  (isRoot ? test : test.skip)("you may not read the file", () =>
    withBoth(async (folder, store) => {
      await fill(folder, "a");
      await chmod(join(folder, "a"), 0o600);
      await chmod(folder, 0o755);
      // the store is not affected: it has received no request when the file is opened
      await expectFailure(
        asNobody(() => upload(folder, store, { source: "a", destination: `s3://${BUCKET}/a` })),
        `cannot read file "${folder}/a": permission denied`,
      );
    }),
  );

  test("a link leads nowhere", () =>
    withBoth(async (folder, store) => {
      await fill(folder, "x/a");
      await symlink("nowhere", join(folder, "x", "link"));
      const reason = `cannot upload file "${folder}/x/link": no such file or folder`;
      await expectFailure(upload(folder, store, { source: "x/*", destination: `s3://${BUCKET}/p/` }), reason);
      await expectFailure(upload(folder, store, { source: "x", destination: `s3://${BUCKET}/p/`, recurse: true }), reason);
      expect(await store.keys()).toEqual([]);
    }));

  test("a name is not UTF-8", () =>
    withBoth(async (folder, store) => {
      await fill(folder, "x/a");
      await writeFile(Buffer.concat([Buffer.from(`${folder}/x/b`), Buffer.from([0xff])]), "");
      const reason = `cannot upload file "${folder}/x/b\\xff": its name is not UTF-8, which every object key is`;
      await expectFailure(upload(folder, store, { source: "x/*", destination: `s3://${BUCKET}/p/` }), reason);
      expect(await store.keys()).toEqual([]);
    }));

  test("there is no such bucket", () =>
    withBoth(async (folder, store) => {
      await fill(folder, "a");
      await expectFailure(
        upload(folder, store, { source: "a", destination: "s3://nowhere/" }),
        'cannot upload to "s3://nowhere/a": there is no bucket "nowhere"',
      );
    }));

  test("the bucket does not belong to the expected account", () =>
    withBoth(async (folder, store) => {
      await fill(folder, "a");
      await writeFile(join(folder, "large"), Buffer.alloc(9 * MIB));
      const why = `access is denied; bucket "${BUCKET}" does not belong to account "123456789022", or the credentials lack the permission`;
      for (const source of ["a", "large"]) {
        await expectFailure(
          upload(folder, store, { source, destination: `s3://${BUCKET}/`, expectedBucketOwner: "123456789022" }),
          `${to(source)} ${why}`,
        );
      }
      expect(await store.keys()).toEqual([]);
    }));

  test("access is denied", () =>
    withBoth(async (folder, store) => {
      await fill(folder, "a");
      await expectFailure(
        upload(folder, store, { source: "a", destination: `s3://${BUCKET}/denied/` }),
        `${to("denied/a")} access is denied: "AccessDenied"`,
      );
    }));

  test("a part is rejected: the uploaded parts are deleted", () =>
    withBoth(async (folder, store) => {
      await writeFile(join(folder, "large"), Buffer.alloc(33 * MIB));
      store.before = (context) => {
        if (context.query["partNumber"] !== "3") return false;
        answerError(context, 403, "AccessDenied");
        return true;
      };
      await expectFailure(
        upload(folder, store, { source: "large", destination: `s3://${BUCKET}/` }),
        `${to("large")} access is denied: "AccessDenied"`,
      );
      expect(store.requests.at(-1)).toBe(`DELETE /${BUCKET}/large uploadId&x-id`);
      expect(await store.keys()).toEqual([]);
    }));

  test("one of many fails: uploaded objects stay", () =>
    withBoth(async (folder, store) => {
      await fill(folder, ...Array.from({ length: 40 }, (_, index) => `many/${index + 10}`));
      store.before = (context) => {
        if (!context.path.endsWith("/many/30")) return false;
        answerError(context, 403, "AccessDenied");
        return true;
      };
      await expectFailure(
        upload(folder, store, { source: "many/*", destination: `s3://${BUCKET}/many/` }),
        `${to("many/30")} access is denied: "AccessDenied"`,
      );
      const keys = await store.keys();
      expect(keys).toContain("many/10");
      expect(keys).not.toContain("many/49");
    }));

  test("the step is cancelled: the uploaded parts are deleted", () =>
    withBoth(async (folder, store) => {
      await writeFile(join(folder, "large"), Buffer.alloc(33 * MIB));
      const cancel = new AbortController();
      store.before = (context) => {
        if (context.query["partNumber"] === "3") cancel.abort(new Error("cancelled"));
        return false;
      };
      await expectFailure(
        upload(folder, store, { source: "large", destination: `s3://${BUCKET}/` }, { signal: cancel.signal }),
        "cancelled",
      );
      expect(store.requests.filter((line) => line.startsWith("DELETE"))).toEqual([`DELETE /${BUCKET}/large uploadId&x-id`]);
    }));
});

test("S3Upload finds misplaced wildcards and destinations outside S3 before anything runs", () => {
  const check = (source: string, destination: string) => s3Upload.check?.({ source, destination }, "linux");
  for (const destination of ["s3://b", "s3://b/", "s3://b/k", "s3://b/p/"]) expect(check("/x/*", destination)).toEqual([]);
  expect(check("/x*/a", "/b/k")).toEqual([
    { path: ["source"], message: '"source" may contain a wildcard only after its last path separator; found "/x*/a"' },
    { path: ["destination"], message: '"destination" must be s3://BUCKET/KEY; found "/b/k"' },
  ]);
  expect(check("/x/a", "s3://b/*")).toEqual([{ path: ["destination"], message: '"destination" cannot contain a wildcard' }]);
  expect(s3Upload.check?.({ source: "C:\\x\\*", destination: "s3://b/p/" }, "windows")).toEqual([]);
});
