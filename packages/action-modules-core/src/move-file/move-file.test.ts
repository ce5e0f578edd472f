import { execFileSync } from "node:child_process";
import { chmod, chown, link, lstat, open, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createNodeHost } from "@imagewright/node-host";
import { readTree, runAction, treeDifference, withTemporaryFolder } from "@imagewright/test-kit";
import { runCase, testActionCases } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { makeTree } from "../testing/make-tree.js";
import { canMountDisk, withSmallDisk } from "../testing/small-disk.js";
import { moveFile } from "./index.js";

describe("MoveFile, chapter 17: one file", () => {
  testActionCases(moveFile, [
    {
      name: "to a file of another name",
      given: makeTree({ a: "one" }),
      input: { source: "a", destination: "b" },
      changes: ['- a file 0644 me "one"', '+ b file 0644 me "one"'],
      changed: true,
    },
    {
      name: "by absolute paths",
      given: makeTree({ a: "one" }),
      input: (folder) => ({ source: `${folder}/a`, destination: `${folder}/b` }),
      changes: ['- a file 0644 me "one"', '+ b file 0644 me "one"'],
    },
    {
      name: "into a folder under its own name, with the folders above it",
      given: makeTree({ "x/a": "one" }),
      input: { source: "x/a", destination: "y/z/" },
      changes: ['- x/a file 0644 me "one"', "+ y folder 0755 me", "+ y/z folder 0755 me", '+ y/z/a file 0644 me "one"'],
    },
    {
      name: "to a file in a missing folder",
      given: makeTree({ a: "one" }),
      input: { source: "a", destination: "x/b" },
      changes: ['- a file 0644 me "one"', "+ x folder 0755 me", '+ x/b file 0644 me "one"'],
    },
    {
      name: "over a file, with its own permissions, the special bits too",
      given: async (folder) => {
        await makeTree({ a: "one", b: "two" })(folder);
        await chmod(join(folder, "a"), 0o6750);
      },
      input: { source: "a", destination: "b" },
      changes: ['- a file 6750 me "one"', '- b file 0644 me "two"', '+ b file 6750 me "one"'],
    },
    {
      name: "overwrite false with an unused path",
      given: makeTree({ a: "one" }),
      input: { source: "a", destination: "b", overwrite: false },
      changes: ['- a file 0644 me "one"', '+ b file 0644 me "one"'],
    },
    {
      name: "a link as a link, wherever it leads",
      given: makeTree({ "x/": "", l: "-> x", n: "-> nowhere" }),
      input: { source: "n", destination: "x/" },
      changes: ["- n link to nowhere", "+ x/n link to nowhere"],
    },
    {
      name: "over a link: the link is replaced, not the file it leads to",
      given: makeTree({ a: "one", b: "two", l: "-> b" }),
      input: { source: "a", destination: "l" },
      changes: ['- a file 0644 me "one"', "- l link to b", '+ l file 0644 me "one"'],
    },
    {
      name: "over a link to the file itself",
      given: makeTree({ a: "one", l: "-> a" }),
      input: { source: "a", destination: "l" },
      changes: ['- a file 0644 me "one"', "- l link to a", '+ l file 0644 me "one"'],
    },
    {
      name: "a pipe",
      given: async (folder) => execFileSync("mkfifo", ["-m", "644", join(folder, "pipe")]),
      input: { source: "pipe", destination: "p" },
      changes: ["+ p special 0644 me", "- pipe special 0644 me"],
    },
  ]);

  test("all names of a file stay names of it, and its times stay", async () => {
    await withTemporaryFolder(async (folder) => {
      await makeTree({ a: "one" })(folder);
      await link(join(folder, "a"), join(folder, "other"));
      await utimes(join(folder, "a"), 1000, 1000);
      await runAction(moveFile, { source: "a", destination: "b" }, { workingDirectory: folder });
      const [moved, other] = [await stat(join(folder, "b")), await stat(join(folder, "other"))];
      expect([moved.ino, moved.mtimeMs]).toEqual([other.ino, 1_000_000]);
    });
  });
});

describe("MoveFile, chapter 17: files that match a wildcard", () => {
  const given = makeTree({ "x/a.log": "a", "x/.log": "hidden", "x/l.log": "-> a.log", "x/c.txt": "c", "x/folder.log/kept": "" });

  testActionCases(moveFile, [
    {
      name: "into a folder, links as links; folders are skipped",
      given,
      input: { source: "x/*.log", destination: "y/" },
      changes: [
        '- x/.log file 0644 me "hidden"',
        '- x/a.log file 0644 me "a"',
        "- x/l.log link to a.log",
        "+ y folder 0755 me",
        '+ y/.log file 0644 me "hidden"',
        '+ y/a.log file 0644 me "a"',
        "+ y/l.log link to a.log",
      ],
    },
    {
      name: "one match to a file",
      given,
      input: { source: "x/*.txt", destination: "d" },
      changes: ['+ d file 0644 me "c"', '- x/c.txt file 0644 me "c"'],
    },
    {
      name: "names with spaces, line ends and bytes that are not UTF-8",
      given: async (folder) => {
        await makeTree({ "x/a b": "1", "x/a\nc": "2" })(folder);
        await writeFile(Buffer.concat([Buffer.from(`${folder}/x/a`), Buffer.from([0xff])]), "3");
      },
      input: { source: "x/a*", destination: "y/" },
      changes: [
        '- x/a\nc file 0644 me "2"',
        '- x/a b file 0644 me "1"',
        '- x/aÿ file 0644 me "3"',
        "+ y folder 0755 me",
        '+ y/a\nc file 0644 me "2"',
        '+ y/a b file 0644 me "1"',
        '+ y/aÿ file 0644 me "3"',
      ],
    },
    {
      name: "several files match and the destination is not a folder's path",
      given,
      input: { source: "x/*.log", destination: "y" },
      reason: 'cannot move 3 files that match "x/*.log" to the one file "y"',
    },
    {
      name: "no file matches the wildcard",
      given,
      input: { source: "x/folder*", destination: "y/" },
      reason: 'no file matches "<folder>/x/folder*"',
    },
    {
      name: "overwrite is false and one of the files exists: none is moved",
      given: async (folder) => {
        await given(folder);
        await makeTree({ "y/a.log": "old" })(folder);
      },
      input: { source: "x/*.log", destination: "y/", overwrite: false },
      reason: 'cannot write file "<folder>/y/a.log": it exists already, and "overwrite" is false',
    },
  ]);

  test("each move is a line in the console log", async () => {
    const { run } = await runCase(moveFile, { name: "", given, input: { source: "x/*.txt", destination: "y/" } });
    expect(run.log).toEqual(['moved "<folder>/x/c.txt" to "<folder>/y/c.txt"']);
  });
});

describe("MoveFile, chapter 17: returns an error when", () => {
  testActionCases(moveFile, [
    {
      name: "the source does not exist",
      input: { source: "a", destination: "x/" },
      reason: 'cannot move file "<folder>/a": no such file or folder',
    },
    {
      name: "the source is a folder",
      given: makeTree({ "x/": "" }),
      input: { source: "x", destination: "y" },
      reason: 'cannot move file "<folder>/x": it is a folder',
    },
    {
      name: "overwrite is false and the file exists",
      given: makeTree({ a: "one", b: "two" }),
      input: { source: "a", destination: "b", overwrite: false },
      reason: 'cannot write file "<folder>/b": it exists already, and "overwrite" is false',
    },
    {
      name: "overwrite is false and a dangling link has the name",
      given: makeTree({ a: "one", b: "-> nowhere" }),
      input: { source: "a", destination: "b", overwrite: false },
      reason: 'cannot write file "<folder>/b": it exists already, and "overwrite" is false',
    },
    {
      name: "overwrite is false and a folder has the name",
      given: makeTree({ a: "one", "b/": "" }),
      input: { source: "a", destination: "b", overwrite: false },
      reason: 'cannot write file "<folder>/b": it is a folder',
    },
    {
      name: "a folder has the name, even if overwrite is true",
      given: makeTree({ a: "one", "x/a/": "" }),
      input: { source: "a", destination: "x/" },
      reason: 'cannot write file "<folder>/x/a": it is a folder',
    },
    {
      name: "a pipe or device has the name",
      given: async (folder) => {
        await makeTree({ a: "one" })(folder);
        execFileSync("mkfifo", [join(folder, "pipe")]);
      },
      input: { source: "a", destination: "pipe" },
      reason: 'cannot write file "<folder>/pipe": it is not a regular file',
    },
    {
      name: "source and destination are one file",
      given: makeTree({ a: "one" }),
      input: { source: "a", destination: "./a" },
      reason: 'cannot move file "<folder>/a": "<folder>/a" is the same file',
    },
    {
      name: "source and destination are two names of one file",
      given: async (folder) => {
        await makeTree({ a: "one" })(folder);
        await link(join(folder, "a"), join(folder, "b"));
      },
      input: { source: "a", destination: "b" },
      reason: 'cannot move file "<folder>/a": "<folder>/b" is the same file',
    },
    {
      name: "the destination's folder is a file",
      given: makeTree({ a: "one", b: "two" }),
      input: { source: "a", destination: "b/" },
      reason: 'cannot write file "<folder>/b/a": a part of the path is not a folder',
    },
    {
      name: "you may not create a file in the folder",
      runAs: "nobody",
      given: async (folder) => {
        await makeTree({ a: "one", "x/": "" })(folder);
        await chmod(folder, 0o777);
      },
      input: { source: "a", destination: "x/" },
      reason: 'cannot move file "<folder>/a" to "<folder>/x/a": permission denied',
    },
    {
      name: "you may not take the file out of its folder",
      runAs: "nobody",
      given: async (folder) => {
        await makeTree({ "x/a": "one" })(folder);
        await chmod(folder, 0o777);
      },
      input: { source: "x/a", destination: "a" },
      reason: 'cannot move file "<folder>/x/a" to "<folder>/a": permission denied',
    },
    {
      name: "you may not create the folder",
      runAs: "nobody",
      given: makeTree({ a: "one" }),
      input: { source: "a", destination: "x/" },
      reason: 'cannot create folder "<folder>/x/": permission denied',
    },
  ]);

  test("the run is cancelled: the file stays where it is", async () => {
    await withTemporaryFolder(async (folder) => {
      await makeTree({ a: "one" })(folder);
      const signal = AbortSignal.abort(new Error("cancelled"));
      const { result } = await runAction(moveFile, { source: "a", destination: "b" }, { workingDirectory: folder, signal });
      expect(result).toEqual({ status: "failed", reason: "cancelled" });
      expect([...(await readTree(folder)).keys()]).toEqual(["a"]);
    });
  });
});

(canMountDisk ? describe : describe.skip)("MoveFile to another disk (needs root)", () => {
  const onDisk = (body: (folder: string, disk: string) => Promise<void>) => () =>
    withTemporaryFolder((folder) => withSmallDisk(folder, 4096, (disk) => body(folder, disk)));

  test(
    "owner, permissions, times and holes arrive, and the original goes",
    onDisk(async (folder, disk) => {
      const file = await open(join(folder, "a"), "w");
      await file.write("in the middle", 20_000_000);
      await file.truncate(50_000_000);
      await file.close();
      await chown(join(folder, "a"), 61234, 61235);
      await chmod(join(folder, "a"), 0o6751);
      await utimes(join(folder, "a"), 1000.25, 2000.5);
      const before = await stat(join(folder, "a"));
      const { result } = await runAction(moveFile, { source: "a", destination: "disk/x/" }, { workingDirectory: folder });
      expect(result).toEqual({ status: "succeeded", changed: true });
      const { mode, uid, gid, size, mtimeMs, blocks } = await stat(join(disk, "x/a"));
      expect({ mode, uid, gid, size, mtimeMs }).toEqual({
        mode: before.mode,
        uid: 61234,
        gid: 61235,
        size: 50_000_000,
        mtimeMs: 2_000_500,
      });
      expect(blocks * 512).toBeLessThan(1_000_000);
      await expect(lstat(join(folder, "a"))).rejects.toMatchObject({ code: "ENOENT" });
      expect([...(await readTree(disk)).keys()]).toEqual(["x", "x/a"]);
    }),
  );

  test(
    "a link is moved as a link with its owner, and replaces an existing file",
    onDisk(async (folder, disk) => {
      await makeTree({ l: "-> no/where", "disk/l": "old" })(folder);
      await runAction(moveFile, { source: "l", destination: "disk/" }, { workingDirectory: folder });
      expect([...(await readTree(disk))]).toEqual([["l", "link to no/where"]]);
      await expect(lstat(join(folder, "l"))).rejects.toMatchObject({ code: "ENOENT" });
    }),
  );

  test(
    "a disk that is full keeps the old file, and the original stays",
    onDisk(async (folder, disk) => {
      await makeTree({ a: "x".repeat(5_000_000), "disk/a": "old" })(folder);
      const before = await readTree(folder);
      const { result } = await runAction(moveFile, { source: "a", destination: "disk/" }, { workingDirectory: folder });
      expect(result).toEqual({ status: "failed", reason: `cannot write file "${disk}/a": no space is left on the disk` });
      expect(treeDifference(before, await readTree(folder))).toEqual([]);
    }),
  );

  test(
    "a file that is written to while it is copied stays, and its copy goes",
    onDisk(async (folder, disk) => {
      await makeTree({ a: "x".repeat(600_000) })(folder);
      const host = createNodeHost();
      const open: typeof host.files.open = async (path, flags, mode) => {
        if (String(path).startsWith(disk) && flags === "wx") await writeFile(join(folder, "a"), "y".repeat(600_000));
        return host.files.open(path, flags, mode);
      };
      const context = { workingDirectory: folder, host: { ...host, files: { ...host.files, open } } };
      const { result } = await runAction(moveFile, { source: "a", destination: "disk/" }, context);
      expect(result).toEqual({
        status: "failed",
        reason: `cannot move file "${folder}/a": its copy "${disk}/a" on the other disk differs from it`,
      });
      expect(await readTree(disk)).toEqual(new Map());
      expect((await readFile(join(folder, "a"), "utf8")).length).toBe(600_000);
    }),
  );

  test(
    "a corrupted copy is removed, and the original stays",
    onDisk(async (folder, disk) => {
      await makeTree({ a: "x".repeat(600_000) })(folder);
      const host = createNodeHost();
      const open: typeof host.files.open = async (path, flags, mode) => {
        const handle = await host.files.open(path, flags, mode);
        if (flags !== "wx") return handle;
        const write = handle.write.bind(handle);
        handle.write = ((piece: Buffer, ...rest: readonly number[]) => {
          const wrong = Buffer.from(piece).fill("y", 1000, 1001);
          return (write as (...all: readonly unknown[]) => unknown)(wrong, ...rest);
        }) as typeof handle.write;
        return handle;
      };
      const context = { workingDirectory: folder, host: { ...host, files: { ...host.files, open } } };
      const { result } = await runAction(moveFile, { source: "a", destination: "disk/" }, context);
      expect(result).toEqual({
        status: "failed",
        reason: `cannot move file "${folder}/a": its copy "${disk}/a" on the other disk differs from it`,
      });
      expect(await readTree(disk)).toEqual(new Map());
      expect((await stat(join(folder, "a"))).size).toBe(600_000);
    }),
  );

  test(
    "an original that cannot be deleted stays alone",
    onDisk(async (folder, disk) => {
      await makeTree({ a: "one" })(folder);
      const host = createNodeHost();
      const refuse = Object.assign(new Error("refused"), { code: "EPERM" });
      const unlink: typeof host.files.unlink = (path) =>
        String(path).endsWith(`${folder}/a`) ? Promise.reject(refuse) : host.files.unlink(path);
      const context = { workingDirectory: folder, host: { ...host, files: { ...host.files, unlink } } };
      const { result } = await runAction(moveFile, { source: "a", destination: "disk/" }, context);
      expect(result).toEqual({ status: "failed", reason: `cannot delete file "${folder}/a": the operation is not permitted` });
      expect(await readTree(disk)).toEqual(new Map());
    }),
  );

  test(
    "a pipe cannot go there",
    onDisk(async (folder, disk) => {
      execFileSync("mkfifo", [join(folder, "pipe")]);
      const { result } = await runAction(moveFile, { source: "pipe", destination: "disk/" }, { workingDirectory: folder });
      expect(result).toEqual({ status: "failed", reason: `cannot move file "${folder}/pipe": it is not a regular file` });
      expect(await readTree(disk)).toEqual(new Map());
    }),
  );

  test(
    "the run is cancelled: the file stays, and no half copy",
    onDisk(async (folder, disk) => {
      await makeTree({ a: "x".repeat(3_000_000) })(folder);
      const controller = new AbortController();
      const host = createNodeHost();
      const open: typeof host.files.open = (path, flags, mode) => {
        if (flags === "wx") controller.abort(new Error("cancelled"));
        return host.files.open(path, flags, mode);
      };
      const context = { workingDirectory: folder, signal: controller.signal, host: { ...host, files: { ...host.files, open } } };
      expect((await runAction(moveFile, { source: "a", destination: "disk/" }, context)).result).toEqual({
        status: "failed",
        reason: "cancelled",
      });
      expect(await readTree(disk)).toEqual(new Map());
      expect((await stat(join(folder, "a"))).size).toBe(3_000_000);
    }),
  );
});

test("MoveFile finds misplaced wildcards and folders' paths before anything runs", () => {
  expect(moveFile.check?.({ source: "/x*/a", destination: "/y*" }, "linux")).toEqual([
    { path: ["source"], message: '"source" may contain a wildcard only after its last path separator; found "/x*/a"' },
    { path: ["destination"], message: '"destination" cannot contain a wildcard' },
  ]);
  expect(moveFile.check?.({ source: "/x/", destination: "/y/" }, "linux")).toEqual([
    { path: ["source"], message: '"source" must name a file, without a path separator at its end; found "/x/"' },
  ]);
  expect(moveFile.check?.({ source: "C:\\x\\Sample*", destination: "C:\\y\\" }, "windows")).toEqual([]);
});
