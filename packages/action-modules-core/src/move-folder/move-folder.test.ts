import { execFileSync } from "node:child_process";
import { chmod, chown, link, lstat, mkdir, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createNodeHost } from "@imagewright/node-host";
import { readTree, runAction, treeDifference, withTemporaryFolder } from "@imagewright/test-kit";
import { runCase, testActionCases } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { makeTree } from "../testing/make-tree.js";
import { canMountDisk, withSmallDisk } from "../testing/small-disk.js";
import { moveFolder } from "./index.js";

const given = makeTree({ "x/a": "one", "x/y/b": "two" });
const GONE = ["- x folder 0755 me", '- x/a file 0644 me "one"', "- x/y folder 0755 me", '- x/y/b file 0644 me "two"'];

describe("MoveFolder, chapter 17: one folder", () => {
  testActionCases(moveFolder, [
    {
      name: "to a folder of another name",
      given,
      input: { source: "x", destination: "z" },
      changes: [...GONE, "+ z folder 0755 me", '+ z/a file 0644 me "one"', "+ z/y folder 0755 me", '+ z/y/b file 0644 me "two"'],
      changed: true,
    },
    {
      name: "into a folder under its own name, with the folders above it",
      given: makeTree({ "x/": "" }),
      input: (folder) => ({ source: `${folder}/x/`, destination: "p/q//" }),
      changes: ["+ p folder 0755 me", "+ p/q folder 0755 me", "+ p/q/x folder 0755 me", "- x folder 0755 me"],
    },
    {
      name: ".. is replaced by the folder's real name",
      given: makeTree({ "x/y/a": "" }),
      input: { source: "x/y/..", destination: "z/" },
      changes: [
        "- x folder 0755 me",
        "- x/y folder 0755 me",
        '- x/y/a file 0644 me ""',
        "+ z folder 0755 me",
        "+ z/x folder 0755 me",
        "+ z/x/y folder 0755 me",
        '+ z/x/y/a file 0644 me ""',
      ],
    },
    {
      name: "links in it stay as they are",
      given: makeTree({ "x/up": "-> ..", "x/self": "-> self" }),
      input: { source: "x", destination: "z" },
      changes: [
        "- x folder 0755 me",
        "- x/self link to self",
        "- x/up link to ..",
        "+ z folder 0755 me",
        "+ z/self link to self",
        "+ z/up link to ..",
      ],
    },
  ]);
});

describe("MoveFolder, chapter 17: into a folder that exists", () => {
  testActionCases(moveFolder, [
    {
      name: "files of the same names are replaced, other files stay, and the source goes",
      given: async (folder) => {
        await given(folder);
        await makeTree({ "x/l": "-> a", "x/new/c": "three", "z/a": "old", "z/y/b": "old", "z/y/kept": "", "z/l": "old" })(folder);
        await chmod(join(folder, "z/y"), 0o700);
      },
      input: { source: "x", destination: "z" },
      changes: [
        ...GONE.slice(0, 2),
        "- x/l link to a",
        "- x/new folder 0755 me",
        '- x/new/c file 0644 me "three"',
        ...GONE.slice(2),
        '- z/a file 0644 me "old"',
        '+ z/a file 0644 me "one"',
        '- z/l file 0644 me "old"',
        "+ z/l link to a",
        "+ z/new folder 0755 me",
        '+ z/new/c file 0644 me "three"',
        '- z/y/b file 0644 me "old"',
        '+ z/y/b file 0644 me "two"',
      ],
    },
    {
      name: "the content of a folder is moved to its parent",
      given: makeTree({ "app/app-1.2/bin/run": "1", "app/kept": "" }),
      input: { source: "app/app-1.2", destination: "app" },
      changes: [
        "- app/app-1.2 folder 0755 me",
        "- app/app-1.2/bin folder 0755 me",
        '- app/app-1.2/bin/run file 0644 me "1"',
        "+ app/bin folder 0755 me",
        '+ app/bin/run file 0644 me "1"',
      ],
    },
    {
      name: "overwrite false with an unused path",
      given: makeTree({ "x/": "" }),
      input: { source: "x", destination: "z", overwrite: false },
      changes: ["- x folder 0755 me", "+ z folder 0755 me"],
    },
  ]);
});

describe("MoveFolder, chapter 17: folders that match a wildcard", () => {
  const several = makeTree({ "p/app-1/a": "1", "p/app-2/": "", "p/app-file": "", "p/app-link": "-> app-1" });

  testActionCases(moveFolder, [
    {
      name: "into a folder, each under its own name; files and links are skipped",
      given: several,
      input: { source: "p/app-*", destination: "z/" },
      changes: [
        "- p/app-1 folder 0755 me",
        '- p/app-1/a file 0644 me "1"',
        "- p/app-2 folder 0755 me",
        "+ z folder 0755 me",
        "+ z/app-1 folder 0755 me",
        '+ z/app-1/a file 0644 me "1"',
        "+ z/app-2 folder 0755 me",
      ],
    },
    {
      name: "several folders match and the destination is not a folder's path",
      given: several,
      input: { source: "p/app-*", destination: "z" },
      reason: 'cannot move 2 folders that match "p/app-*" to the one folder "z"',
    },
    {
      name: "no folder matches the wildcard",
      given: several,
      input: { source: "p/*-file", destination: "z/" },
      reason: 'no folder matches "<folder>/p/*-file"',
    },
    {
      name: "overwrite is false and one of the folders exists: none is moved",
      given: async (folder) => {
        await several(folder);
        await mkdir(join(folder, "z/app-2"), { recursive: true });
      },
      input: { source: "p/app-*", destination: "z/", overwrite: false },
      reason: 'cannot create folder "<folder>/z/app-2": it exists already, and "overwrite" is false',
    },
  ]);

  test("each move is a line in the console log", async () => {
    const { run } = await runCase(moveFolder, { name: "", given: several, input: { source: "p/app-2", destination: "z/" } });
    expect(run.log).toEqual(['moved "<folder>/p/app-2" to "<folder>/z/app-2"']);
  });
});

describe("MoveFolder, chapter 17: returns an error when", () => {
  testActionCases(moveFolder, [
    {
      name: "the source does not exist",
      input: { source: "x", destination: "z/" },
      reason: 'cannot move folder "<folder>/x": no such file or folder',
    },
    {
      name: "the source is a file",
      given: makeTree({ x: "" }),
      input: { source: "x", destination: "z" },
      reason: 'cannot move folder "<folder>/x": it is a file',
    },
    {
      name: "the source is a link to a folder",
      given: makeTree({ "real/": "", x: "-> real" }),
      input: { source: "x", destination: "z" },
      reason: 'cannot move folder "<folder>/x": it is a symbolic link',
    },
    {
      name: "overwrite is false and the folder exists",
      given: makeTree({ "x/a": "", "z/": "" }),
      input: { source: "x", destination: "z", overwrite: false },
      reason: 'cannot create folder "<folder>/z": it exists already, and "overwrite" is false',
    },
    {
      name: "a file has the name",
      given: makeTree({ "x/a": "", z: "" }),
      input: { source: "x", destination: "z" },
      reason: 'cannot create folder "<folder>/z": a file has this name',
    },
    {
      name: "a folder conflicts with a file; nothing is moved",
      given: makeTree({ "x/a": "", "x/y/b": "", "z/y/b/": "" }),
      input: { source: "x", destination: "z" },
      reason: 'cannot write file "<folder>/z/y/b": it is a folder',
    },
    {
      name: "a file conflicts with a folder; nothing is moved",
      given: makeTree({ "x/a": "", "x/y/b": "", "z/y": "" }),
      input: { source: "x", destination: "z" },
      reason: 'cannot create folder "<folder>/z/y": a file has this name',
    },
    {
      name: "the destination is the source",
      given: makeTree({ "x/a": "" }),
      input: { source: "x", destination: "./x" },
      reason: 'cannot move folder "<folder>/x": "<folder>/x" is the same folder',
    },
    {
      name: "the destination is inside the source",
      given: makeTree({ "x/a": "" }),
      input: { source: "x", destination: "x/y/" },
      reason: 'cannot move folder "<folder>/x" to "<folder>/x/y/x": that is inside it',
    },
    {
      name: "the folder's content would replace itself",
      given: makeTree({ "x/y/y/a": "" }),
      input: { source: "x/y", destination: "x" },
      reason: 'cannot move folder "<folder>/x/y" to its own parent folder: its content would replace itself at "<folder>/x/y"',
    },
    {
      name: "you may not create a folder in the destination",
      runAs: "nobody",
      given: async (folder) => {
        await makeTree({ "x/": "", "z/": "" })(folder);
        await chmod(folder, 0o777);
        await chown(join(folder, "x"), 65534, 65534);
      },
      input: { source: "x", destination: "z/" },
      reason: 'cannot move folder "<folder>/x" to "<folder>/z/x": permission denied',
    },
    {
      name: "you may not create the parent folders of the destination",
      runAs: "nobody",
      given,
      input: { source: "x", destination: "p/z" },
      reason: 'cannot create folder "<folder>/p": permission denied',
    },
  ]);
});

(canMountDisk ? describe : describe.skip)("MoveFolder to another disk (needs root)", () => {
  const onDisk = (body: (folder: string, disk: string) => Promise<void>) => () =>
    withTemporaryFolder((folder) => withSmallDisk(folder, 4096, (disk) => body(folder, disk)));

  test(
    "owners, permissions, times, links and hard links arrive, and the original goes",
    onDisk(async (folder, disk) => {
      await makeTree({ "x/a b": "one", "x/y/b": "two", "x/y/up": "-> ..", "x/no": "-> where" })(folder);
      const odd = Buffer.concat([Buffer.from(`${folder}/x/`), Buffer.from([0xff])]);
      await writeFile(odd, "odd");
      await link(join(folder, "x/a b"), join(folder, "x/y/second"));
      await chown(join(folder, "x/y/b"), 61234, 61235);
      await chmod(join(folder, "x/y/b"), 0o4711);
      await chown(join(folder, "x/y"), 61234, 61235);
      await chmod(join(folder, "x/y"), 0o2550);
      for (const name of ["x/y/b", "x/y", "x"]) await utimes(join(folder, name), 1000, 2000.5);
      const before = await readTree(join(folder, "x"));
      const { result } = await runAction(moveFolder, { source: "x", destination: "disk/p/" }, { workingDirectory: folder });
      expect(result).toEqual({ status: "succeeded", changed: true });
      expect(treeDifference(before, await readTree(join(disk, "p/x")))).toEqual([]);
      for (const name of ["y/b", "y", ""]) expect((await stat(join(disk, "p/x", name))).mtimeMs).toBe(2_000_500);
      expect((await stat(join(disk, "p/x/a b"))).ino).toBe((await stat(join(disk, "p/x/y/second"))).ino);
      await expect(lstat(join(folder, "x"))).rejects.toMatchObject({ code: "ENOENT" });
    }),
  );

  test(
    "into a folder that exists there",
    onDisk(async (folder, disk) => {
      await given(folder);
      await makeTree({ "disk/x/a": "old", "disk/x/kept": "" })(folder);
      await runAction(moveFolder, { source: "x", destination: "disk/" }, { workingDirectory: folder });
      const moved = await readTree(disk);
      expect([...moved.keys()]).toEqual(["x", "x/a", "x/kept", "x/y", "x/y/b"]);
      expect(moved.get("x/a")).toMatch(/"one"$/);
      await expect(lstat(join(folder, "x"))).rejects.toMatchObject({ code: "ENOENT" });
    }),
  );

  test(
    "a full disk keeps no part of it, and the original stays",
    onDisk(async (folder, disk) => {
      await makeTree({ "x/a": "one", "x/y/b": "x".repeat(5_000_000) })(folder);
      const before = await readTree(join(folder, "x"));
      const { result } = await runAction(moveFolder, { source: "x", destination: "disk/z" }, { workingDirectory: folder });
      expect(result).toEqual({ status: "failed", reason: `cannot write file "${disk}/z/y/b": no space is left on the disk` });
      expect(await readTree(disk)).toEqual(new Map());
      expect(treeDifference(before, await readTree(join(folder, "x")))).toEqual([]);
    }),
  );

  test(
    "a folder with a pipe in it stays, since a pipe cannot go there",
    onDisk(async (folder, disk) => {
      await given(folder);
      execFileSync("mkfifo", [join(folder, "x/y/pipe")]);
      const { result } = await runAction(moveFolder, { source: "x", destination: "disk/" }, { workingDirectory: folder });
      expect(result).toEqual({ status: "failed", reason: `cannot move file "${folder}/x/y/pipe": it is not a regular file` });
      expect(await readTree(disk)).toEqual(new Map());
      expect((await readTree(join(folder, "x"))).size).toBe(4);
    }),
  );

  test(
    "a file that is written to while it is copied: the folder stays, and its copy goes",
    onDisk(async (folder, disk) => {
      await given(folder);
      const host = createNodeHost();
      const open: typeof host.files.open = async (path, flags, mode) => {
        const handle = await host.files.open(path, flags, mode);
        if (flags === "wx" && String(path).endsWith("/b")) await writeFile(join(folder, "x/y/b"), "other");
        return handle;
      };
      const context = { workingDirectory: folder, host: { ...host, files: { ...host.files, open } } };
      const { result } = await runAction(moveFolder, { source: "x", destination: "disk/" }, context);
      expect(result).toEqual({
        status: "failed",
        reason: `cannot move file "${folder}/x/y/b": its copy "${disk}/x/y/b" on the other disk differs from it`,
      });
      expect(await readTree(disk)).toEqual(new Map());
      expect([...(await readTree(join(folder, "x"))).keys()]).toEqual(["a", "y", "y/b"]);
    }),
  );
});

test("MoveFolder finds misplaced wildcards before anything runs", () => {
  expect(moveFolder.check?.({ source: "/x*/a", destination: "/y*/" }, "linux")).toEqual([
    { path: ["source"], message: '"source" may contain a wildcard only after its last path separator; found "/x*/a"' },
    { path: ["destination"], message: '"destination" cannot contain a wildcard' },
  ]);
  expect(moveFolder.check?.({ source: "C:\\x\\Sample*", destination: "C:\\y\\" }, "windows")).toEqual([]);
});
