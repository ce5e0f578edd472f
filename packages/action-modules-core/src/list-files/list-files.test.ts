import { execFileSync } from "node:child_process";
import { chmod, mkdir, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { runAction, withTemporaryFolder } from "@imagewright/test-kit";
import { runCase, testActionCases } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { LONGEST_CONTENT_BYTES } from "../read-file/run.js";
import { makeTree } from "../testing/make-tree.js";
import { listFiles } from "./index.js";

interface Row {
  readonly name: string;
  readonly given: Readonly<Record<string, string>>;
  readonly input: Parameters<typeof listFiles.run>[0];
  readonly files: readonly string[];
}

describe("ListFiles, chapter 17: what it lists", () => {
  const tree = { "x/b.log": "", "x/a.log": "", "x/.log": "", "x/c.txt": "", "x/y/d.log": "", "x/y/z/e.txt": "", "x/empty/": "" };
  const rows: readonly Row[] = [
    {
      name: "the files of a folder with the hidden ones, sorted, and none of the folders in it",
      given: tree,
      input: { path: "x" },
      files: [".log", "a.log", "b.log", "c.txt"],
    },
    { name: "a path that ends with separators", given: { "x/a": "" }, input: { path: "./x//" }, files: ["a"] },
    {
      name: "the files that match a pattern",
      given: tree,
      input: { path: "x", fileNamePattern: "*log" },
      files: [".log", "a.log", "b.log"],
    },
    { name: "a pattern with several wildcards", given: tree, input: { path: "x", fileNamePattern: "*.*t*" }, files: ["c.txt"] },
    { name: "a pattern without a wildcard is a name", given: tree, input: { path: "x", fileNamePattern: "a.log" }, files: ["a.log"] },
    {
      name: "no other sign is a wildcard",
      given: { "x/a1": "", "x/a?": "", "x/[a]1": "" },
      input: { path: "x", fileNamePattern: "a?" },
      files: ["a?"],
    },
    {
      name: "the files in subfolders",
      given: tree,
      input: { path: "x", recursive: true },
      files: [".log", "a.log", "b.log", "c.txt", "y/d.log", "y/z/e.txt"],
    },
    {
      name: "the files in subfolders that match",
      given: tree,
      input: { path: "x", recursive: true, fileNamePattern: "*.txt" },
      files: ["c.txt", "y/z/e.txt"],
    },
    {
      name: "a pattern is for files: it does not keep a subfolder out",
      given: tree,
      input: { path: "x", recursive: true, fileNamePattern: "e*" },
      files: ["y/z/e.txt"],
    },
    { name: "nothing in an empty folder", given: { "x/": "" }, input: { path: "x", recursive: true }, files: [] },
    { name: "nothing if no file matches", given: tree, input: { path: "x", fileNamePattern: "*.md" }, files: [] },
    {
      name: "links to files, but none to folders or to nowhere, and no circle is walked",
      given: { "x/a": "", "x/l": "-> a", "x/n": "-> nowhere", "x/self": "-> self", "x/y/up": "-> ..", "x/y/b": "" },
      input: { path: "x", recursive: true },
      files: ["a", "l", "y/b"],
    },
    {
      name: "a link to the folder is followed, and keeps its name in the list",
      given: { "real/a": "", x: "-> real" },
      input: { path: "x" },
      files: ["a"],
    },
    { name: "names with spaces and line ends", given: { "x/a b\nc": "" }, input: { path: "x" }, files: ["a b\nc"] },
    { name: "the folder . is listed by its real path", given: { "x/a": "" }, input: { path: "x/." }, files: ["a"] },
  ];

  test.each(rows)("$name", async ({ given, input, files }) => {
    await withTemporaryFolder(async (folder) => {
      await makeTree(given)(folder);
      const { result } = await runAction(listFiles, input, { workingDirectory: folder });
      expect(result).toEqual({
        status: "succeeded",
        changed: false,
        outputs: { files: files.map((name) => join(folder, "x", name)).join(",") },
      });
    });
  });

  test("pipes are no files", async () => {
    await withTemporaryFolder(async (folder) => {
      execFileSync("mkfifo", [join(folder, "pipe")]);
      expect((await runAction(listFiles, { path: folder }, { workingDirectory: "/" })).result).toMatchObject({ outputs: { files: "" } });
    });
  });

  test("a name that is not UTF-8 is listed as well as text can, and the console log reports it", async () => {
    const given = (folder: string) => writeFile(Buffer.concat([Buffer.from(`${folder}/a`), Buffer.from([0xff])]), "");
    const { run } = await runCase(listFiles, { name: "", given, input: { path: "." } });
    expect(run.result).toMatchObject({ outputs: { files: expect.stringMatching(/\/a\ufffd$/) } });
    expect(run.log).toEqual(['the name of "<folder>/a\\xff" is not UTF-8: in the output, each invalid byte is replaced by U+FFFD']);
  });

  test("a list of the maximum length is kept completely, a longer one ends with a complete path", async () => {
    await withTemporaryFolder(async (folder) => {
      await mkdir(join(folder, "x"));
      const pathOf = (index: number) => join(folder, "x", String(index).padStart(250, "0"));
      const fitting = Math.floor((LONGEST_CONTENT_BYTES + 1) / (pathOf(0).length + 1));
      for (let index = 0; index <= fitting; index++) await writeFile(pathOf(index), "");
      const { result } = await runAction(listFiles, { path: "x" }, { workingDirectory: folder });
      const all = Array.from({ length: fitting + 1 }, (_, index) => pathOf(index));
      const expected = {
        status: "succeeded",
        changed: false,
        outputs: { files: { kept: `${all.slice(0, -1).join(",")},…`, totalBytes: all.join(",").length } },
      };
      // not toEqual, which would print the megabyte
      expect(isDeepStrictEqual(result, expected)).toBe(true);
      await unlink(pathOf(fitting));
      const { result: whole } = await runAction(listFiles, { path: "x" }, { workingDirectory: folder });
      expect(isDeepStrictEqual(whole, { ...expected, outputs: { files: all.slice(0, -1).join(",") } })).toBe(true);
    });
  });
});

describe("ListFiles, chapter 17: returns an error when", () => {
  testActionCases(listFiles, [
    { name: "the folder does not exist", input: { path: "x" }, reason: 'cannot list files in "<folder>/x": no such file or folder' },
    {
      name: "a link leads nowhere",
      given: makeTree({ x: "-> nowhere" }),
      input: { path: "x" },
      reason: 'cannot list files in "<folder>/x": no such file or folder',
    },
    {
      name: "the path is a file",
      given: makeTree({ x: "" }),
      input: { path: "x" },
      reason: 'cannot list files in "<folder>/x": a file has this name',
    },
    {
      name: "you may not read the folder",
      runAs: "nobody",
      given: async (folder) => {
        await makeTree({ "x/a": "" })(folder);
        await chmod(join(folder, "x"), 0o700);
      },
      input: { path: "x" },
      reason: 'cannot list files in "<folder>/x": permission denied',
    },
    {
      name: "you may not read a subfolder",
      runAs: "nobody",
      given: async (folder) => {
        await makeTree({ "x/y/a": "" })(folder);
        await chmod(join(folder, "x/y"), 0o700);
      },
      input: { path: "x", recursive: true },
      reason: 'cannot list files in "<folder>/x/y": permission denied',
    },
  ]);
});

test("ListFiles finds wildcards in the path and paths in the pattern before anything runs", () => {
  expect(listFiles.check?.({ path: "/var/log/*.log" }, "linux")).toEqual([
    { path: ["path"], message: '"path" cannot contain a wildcard', help: "put the wildcard into fileNamePattern" },
  ]);
  expect(listFiles.check?.({ path: "/var", fileNamePattern: "log/*" }, "linux")).toEqual([
    { path: ["fileNamePattern"], message: '"fileNamePattern" is for names and cannot contain a path separator; found "log/*"' },
  ]);
  expect(listFiles.check?.({ path: "C:\\x\\", fileNamePattern: "*log" }, "windows")).toEqual([]);
});
