import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readTree, runAction, treeDifference, withTemporaryFolder } from "@imagewright/test-kit";
import { testActionCases } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { canMountDisk, withSmallDisk } from "../testing/small-disk.js";
import { appendFile } from "./index.js";

const withOldFile = (folder: string) => writeFile(join(folder, "a.txt"), "old\n");

describe("AppendFile, chapter 17: what it changes", () => {
  testActionCases(appendFile, [
    {
      name: "the text is added at the end, without a line end before or after it",
      given: withOldFile,
      input: { path: "a.txt", content: "new" },
      changes: ['- a.txt file 0644 me "old\\n"', '+ a.txt file 0644 me "old\\nnew"'],
      changed: true,
    },
    { name: "no content changes nothing", given: withOldFile, input: { path: "a.txt" }, changed: false },
    {
      name: "permissions stay",
      given: async (folder) => {
        await withOldFile(folder);
        await chmod(join(folder, "a.txt"), 0o600);
      },
      input: { path: "./a.txt", content: "new" },
      changes: ['- a.txt file 0600 me "old\\n"', '+ a.txt file 0600 me "old\\nnew"'],
    },
    {
      name: "a link is followed",
      given: async (folder) => {
        await withOldFile(folder);
        await symlink("a.txt", join(folder, "link"));
      },
      input: { path: "link", content: "new" },
      changes: ['- a.txt file 0644 me "old\\n"', '+ a.txt file 0644 me "old\\nnew"'],
    },
    {
      name: "a text longer than one chunk is added completely",
      given: (folder) => writeFile(join(folder, "a.txt"), "0"),
      input: { path: "a.txt", content: "x".repeat(600_000) },
      changes: [
        '- a.txt file 0644 me "0"',
        "+ a.txt file 0644 me 600001 bytes sha256 616ffcdaf7e26b4d8ba98044d320c52b2f110d2b11cd03d270ac8a42c846ee13",
      ],
    },
  ]);

  const rows: [string, number[]][] = [
    ["utf8", [0xef, 0xbb, 0xbf, 0xe2, 0x82, 0xac]],
    ["UTF-16", [0xef, 0xbb, 0xbf, 0xac, 0x20]],
    ["utf-16-BE", [0xef, 0xbb, 0xbf, 0x20, 0xac]],
    ["utf32", [0xef, 0xbb, 0xbf, 0xac, 0x20, 0, 0]],
    ["UTF32-be", [0xef, 0xbb, 0xbf, 0, 0, 0x20, 0xac]],
  ];
  test.each(rows)("%s adds these bytes, and no byte-order mark", async (encoding, bytes) => {
    await withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "a.txt"), "\ufeff");
      await runAction(appendFile, { path: "a.txt", content: "€", encoding }, { workingDirectory: folder });
      expect([...(await readFile(join(folder, "a.txt")))]).toEqual(bytes);
    });
  });
});

describe("AppendFile, chapter 17: returns an error when", () => {
  testActionCases(appendFile, [
    {
      name: "the file does not exist",
      input: { path: "a.txt", content: "new" },
      reason: 'cannot append to file "<folder>/a.txt": no such file or folder',
    },
    {
      name: "the file does not exist and there is nothing to add",
      input: { path: "a.txt" },
      reason: 'cannot append to file "<folder>/a.txt": no such file or folder',
    },
    {
      name: "you may not write to the file",
      runAs: "nobody",
      given: withOldFile,
      input: { path: "a.txt", content: "new" },
      reason: 'cannot append to file "<folder>/a.txt": permission denied',
    },
    {
      name: "the path is a folder",
      given: (folder) => mkdir(join(folder, "x")),
      input: { path: "x", content: "new" },
      reason: 'cannot append to file "<folder>/x": it is a folder',
    },
    {
      name: "the path is a pipe, which must not block",
      given: async (folder) => execFileSync("mkfifo", [join(folder, "pipe")]),
      input: { path: "pipe", content: "new" },
      reason: 'cannot append to file "<folder>/pipe": it is not a regular file',
    },
    {
      name: "a part of the path is a file",
      given: withOldFile,
      input: { path: "a.txt/b.txt", content: "new" },
      reason: 'cannot append to file "<folder>/a.txt/b.txt": a part of the path is not a folder',
    },
    {
      name: "the encoding is unknown",
      given: withOldFile,
      input: { path: "a.txt", content: "new", encoding: "latin1" },
      reason:
        'the encoding must be "utf-16", "utf-16-BE", "utf-16-LE", "utf-32", "utf-32-BE", "utf-32-LE", "utf-8", "utf16", "utf16-BE", "utf16-LE", ' +
        '"utf32", "utf32-BE", "utf32-LE" or "utf8", in upper or lower case; found "latin1"',
    },
  ]);

  (canMountDisk ? test : test.skip)("the disk is full: the file stays as it was (needs root)", async () => {
    await withTemporaryFolder(async (folder) => {
      await withSmallDisk(folder, 64, async (disk) => {
        await writeFile(join(disk, "a.txt"), "old");
        const before = await readTree(disk);
        const { result } = await runAction(appendFile, { path: "disk/a.txt", content: "x".repeat(200_000) }, { workingDirectory: folder });
        expect(result).toEqual({
          status: "failed",
          reason: `cannot append to file "${join(disk, "a.txt")}": no space is left on the disk`,
        });
        expect(treeDifference(before, await readTree(disk))).toEqual([]);
      });
    });
  });
});

test("AppendFile finds a path that names a folder before anything runs", () => {
  expect(appendFile.check?.({ path: "a/" }, "linux")).toEqual([
    { path: ["path"], message: '"path" must name a file, without a path separator at its end; found "a/"' },
  ]);
  expect(appendFile.check?.({ path: "a" }, "linux")).toEqual([]);
});
