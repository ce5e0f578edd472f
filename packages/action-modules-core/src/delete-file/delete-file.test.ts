import { execFileSync } from "node:child_process";
import { mkdir, symlink, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createNodeHost } from "@imagewright/node-host";
import { readTree, runAction, withTemporaryFolder } from "@imagewright/test-kit";
import { runCase, testActionCases } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { deleteFile } from "./index.js";

const withFiles =
  (...names: readonly string[]) =>
  async (folder: string) => {
    for (const name of names) await writeFile(join(folder, name), "");
  };

describe("DeleteFile, chapter 17: what it deletes", () => {
  testActionCases(deleteFile, [
    { name: "one file", given: withFiles("a", "b"), input: { path: "a" }, changes: ['- a file 0644 me ""'], changed: true },
    {
      name: "one file by its absolute path",
      given: withFiles("a b\nc"),
      input: (folder) => ({ path: `${folder}/a b\nc` }),
      changes: ['- a b\nc file 0644 me ""'],
    },
    {
      name: "a link, not the file that it leads to",
      given: async (folder) => {
        await withFiles("a")(folder);
        await symlink("a", join(folder, "link"));
      },
      input: { path: "link" },
      changes: ["- link link to a"],
    },
    {
      name: "a link to a folder, not the folder",
      given: async (folder) => {
        await mkdir(join(folder, "x"));
        await symlink("x", join(folder, "link"));
      },
      input: { path: "link" },
      changes: ["- link link to x"],
    },
    {
      name: "a link that leads nowhere",
      given: (folder) => symlink("nowhere", join(folder, "link")),
      input: { path: "link" },
      changes: ["- link link to nowhere"],
    },
    {
      name: "a path through a link and up again is the system's, not the text's",
      given: async (folder) => {
        await mkdir(join(folder, "x", "y"), { recursive: true });
        await withFiles("a", "x/a")(folder);
        await symlink("x/y", join(folder, "link"));
      },
      input: { path: "link/../a" },
      changes: ['- x/a file 0644 me ""'],
    },
    {
      name: "the files whose names end as the wildcard says",
      given: withFiles("a.log", "b.log", "a.txt", "log"),
      input: { path: "*log" },
      changes: ['- a.log file 0644 me ""', '- b.log file 0644 me ""', '- log file 0644 me ""'],
      changed: true,
    },
    {
      name: "all files of a folder with the hidden ones, but no folder and nothing in one",
      given: async (folder) => {
        await mkdir(join(folder, "x", "y"), { recursive: true });
        await withFiles("x/.hidden", "x/a b", "x/line\nend", "x/y/kept")(folder);
        await symlink("y", join(folder, "x", "link"));
      },
      input: { path: "x/*" },
      changes: ['- x/.hidden file 0644 me ""', '- x/a b file 0644 me ""', '- x/line\nend file 0644 me ""', "- x/link link to y"],
    },
    {
      name: "a wildcard in the middle",
      given: withFiles("a1z", "az", "a", "z1a"),
      input: { path: "a*z" },
      changes: ['- a1z file 0644 me ""', '- az file 0644 me ""'],
    },
    { name: "several wildcards", given: withFiles("xaybz", "xbyaz"), input: { path: "*a*b*" }, changes: ['- xaybz file 0644 me ""'] },
    {
      name: "no other sign is a wildcard",
      given: withFiles("a1", "a?", "[a]1", "a"),
      input: { path: "[a]*" },
      changes: ['- [a]1 file 0644 me ""'],
    },
    { name: "nothing if no file matches", given: withFiles("a"), input: { path: "*.log" }, changed: false },
    {
      name: "a pipe",
      given: async (folder) => execFileSync("mkfifo", ["-m", "644", join(folder, "pipe")]),
      input: { path: "pipe" },
      changes: ["- pipe special 0644 me"],
    },
    {
      name: "a name that is not UTF-8",
      given: (folder) => writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x61, 0xff])]), ""),
      input: { path: "a*" },
      changes: ['- aÿ file 0644 me ""'],
    },
  ]);

  test("a match that something else deletes in the meantime is no fault", async () => {
    await withTemporaryFolder(async (folder) => {
      await withFiles("a", "b")(folder);
      const host = createNodeHost();
      const readdir = (async (path: string, options: { encoding: "buffer" }) => {
        const names = await host.files.readdir(path, options);
        await unlink(join(folder, "a"));
        return names;
      }) as typeof host.files.readdir;
      const { result } = await runAction(
        deleteFile,
        { path: "*" },
        { workingDirectory: folder, host: { ...host, files: { ...host.files, readdir } } },
      );
      expect(result).toEqual({ status: "succeeded", changed: true });
      expect([...(await readTree(folder)).keys()]).toEqual([]);
    });
  });

  test("each deleted file is a line in the console log", async () => {
    const { run } = await runCase(deleteFile, { name: "", given: withFiles("b.log", "a.log"), input: { path: "*.log" } });
    expect(run.log).toEqual(['deleted "<folder>/a.log"', 'deleted "<folder>/b.log"']);
  });
});

describe("DeleteFile, chapter 17: returns an error when", () => {
  testActionCases(deleteFile, [
    { name: "the file does not exist", input: { path: "a" }, reason: 'cannot delete file "<folder>/a": no such file or folder' },
    {
      name: "the path is a folder",
      given: (folder) => mkdir(join(folder, "x")),
      input: { path: "x" },
      reason: 'cannot delete file "<folder>/x": it is a folder',
    },
    {
      name: "the folder of a wildcard does not exist",
      input: { path: "x/*" },
      reason: 'cannot read folder "<folder>/x/": no such file or folder',
    },
    {
      name: "the folder of a wildcard is a file",
      given: withFiles("x"),
      input: { path: "x/*" },
      reason: 'cannot read folder "<folder>/x/": a part of the path is not a folder',
    },
    {
      name: "you may not delete in the folder",
      runAs: "nobody",
      given: withFiles("a"),
      input: { path: "a" },
      reason: 'cannot delete file "<folder>/a": permission denied',
    },
    {
      name: "you may not delete a match",
      runAs: "nobody",
      given: withFiles("a", "b"),
      input: { path: "*" },
      reason: 'cannot delete file "<folder>/a": permission denied',
    },
    {
      name: "you may not read the folder of a wildcard",
      runAs: "nobody",
      given: (folder) => mkdir(join(folder, "x"), { mode: 0o700 }),
      input: { path: "x/*" },
      reason: 'cannot read folder "<folder>/x/": permission denied',
    },
  ]);
});

test("DeleteFile finds misplaced wildcards and folders' paths before anything runs", () => {
  const misplaced = (path: string) => `"path" may contain a wildcard only after its last path separator; found ${path}`;
  expect(deleteFile.check?.({ path: "/var/*/a.log" }, "linux")).toEqual([{ path: ["path"], message: misplaced('"/var/*/a.log"') }]);
  expect(deleteFile.check?.({ path: "C:\\*\\a.log" }, "windows")).toEqual([{ path: ["path"], message: misplaced('"C:\\\\*\\\\a.log"') }]);
  expect(deleteFile.check?.({ path: "C:\\*\\a.log" }, "linux")).toEqual([]);
  const help = "delete a folder with DeleteFolder; if it is not empty, set force";
  expect(deleteFile.check?.({ path: "x*/" }, "linux")).toEqual([
    { path: ["path"], message: '"path" must name a file, without a path separator at its end; found "x*/"', help },
    { path: ["path"], message: misplaced('"x*/"') },
  ]);
  expect(deleteFile.check?.({ path: "/var/log/*" }, "linux")).toEqual([]);
});
