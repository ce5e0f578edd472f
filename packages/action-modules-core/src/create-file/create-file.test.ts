import { execFileSync } from "node:child_process";
import { chmod, chown, link, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createNodeHost } from "@imagewright/node-host";
import { NOBODY, readTree, runAction, treeDifference, withTemporaryFolder } from "@imagewright/test-kit";
import { testActionCases } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { quotePath } from "../files/show-path.js";
import { canMountDisk, withSmallDisk } from "../testing/small-disk.js";
import { createFile } from "./index.js";

const withOldFile = (folder: string) => writeFile(join(folder, "a.txt"), "old and longer");

describe("CreateFile, chapter 17: what it makes", () => {
  testActionCases(createFile, [
    { name: "an empty file if only the path is given", input: { path: "a.txt" }, changes: ['+ a.txt file 0644 me ""'], changed: true },
    { name: "a path from the current folder", input: { path: "./a.txt", content: "x" }, changes: ['+ a.txt file 0644 me "x"'] },
    { name: "an absolute path", input: (folder) => ({ path: join(folder, "a.txt") }), changes: ['+ a.txt file 0644 me ""'] },
    {
      name: "the text as it is, no line end added",
      input: { path: "a.txt", content: "one\ntwo" },
      changes: ['+ a.txt file 0644 me "one\\ntwo"'],
    },
    {
      name: "the folders above it",
      input: { path: "x/y/a.txt", content: "deep" },
      changes: ["+ x folder 0755 me", "+ x/y folder 0755 me", '+ x/y/a.txt file 0644 me "deep"'],
    },
    {
      name: "an existing file is replaced and keeps its permissions",
      given: async (folder) => {
        await withOldFile(folder);
        await chmod(join(folder, "a.txt"), 0o600);
      },
      input: { path: "a.txt", content: "new" },
      changes: ['- a.txt file 0600 me "old and longer"', '+ a.txt file 0600 me "new"'],
      changed: true,
    },
    {
      name: "a file with this content is not changed",
      given: withOldFile,
      input: { path: "a.txt", content: "old and longer" },
      changes: [],
      changed: false,
    },
    {
      name: "a file with this content and these permissions is not changed",
      given: withOldFile,
      input: { path: "a.txt", content: "old and longer", permissions: "0644" },
      changes: [],
      changed: false,
    },
    {
      name: "an empty file stays an empty file",
      given: (folder) => writeFile(join(folder, "a.txt"), ""),
      input: { path: "a.txt" },
      changes: [],
      changed: false,
    },
    {
      name: "a shorter file is replaced by a longer text",
      given: withOldFile,
      input: { path: "a.txt", content: "new and very much longer" },
      changes: ['- a.txt file 0644 me "old and longer"', '+ a.txt file 0644 me "new and very much longer"'],
    },
    {
      name: "an existing file without content is emptied",
      given: withOldFile,
      input: { path: "a.txt" },
      changes: ['- a.txt file 0644 me "old and longer"', '+ a.txt file 0644 me ""'],
    },
    {
      name: "a link is followed and stays a link",
      given: async (folder) => {
        await withOldFile(folder);
        await symlink("a.txt", join(folder, "link"));
      },
      input: { path: "link", content: "new" },
      changes: ['- a.txt file 0644 me "old and longer"', '+ a.txt file 0644 me "new"'],
    },
    {
      name: "a link that leads to a missing file makes that file",
      given: (folder) => symlink("target", join(folder, "link")),
      input: { path: "link", content: "new" },
      changes: ['+ target file 0644 me "new"'],
    },
    {
      name: "all names of a file keep the same content",
      given: async (folder) => {
        await withOldFile(folder);
        await link(join(folder, "a.txt"), join(folder, "b.txt"));
      },
      input: { path: "b.txt", content: "new" },
      changes: [
        '- a.txt file 0644 me "old and longer"',
        '+ a.txt file 0644 me "new"',
        '- b.txt file 0644 me "old and longer"',
        '+ b.txt file 0644 me "new"',
      ],
    },
    {
      name: "overwrite false makes a file that is not there",
      input: { path: "a.txt", content: "x", overwrite: false },
      changes: ['+ a.txt file 0644 me "x"'],
    },
    {
      name: "text of any language, in a file of any name",
      input: { path: "naïve\n名前.txt", content: "żółw 🐢" },
      changes: ['+ naïve\n名前.txt file 0644 me "żółw 🐢"'],
    },
  ]);
});

describe("CreateFile, chapter 17: owner, group and permissions", () => {
  testActionCases(createFile, [
    {
      name: "permissions are set regardless of the umask",
      input: { path: "a.txt", permissions: "0777" },
      changes: ['+ a.txt file 0777 me ""'],
    },
    {
      name: "permissions without a leading zero are octal too",
      input: { path: "a.txt", permissions: "755" },
      changes: ['+ a.txt file 0755 me ""'],
    },
    {
      name: "the special bits are set",
      input: { path: "a.txt", content: "x", permissions: "4755" },
      changes: ['+ a.txt file 4755 me "x"'],
    },
    {
      name: "a file that nobody may write to is written",
      input: { path: "a.txt", content: "x", permissions: "0400" },
      changes: ['+ a.txt file 0400 me "x"'],
    },
    {
      name: "permissions of an existing file are changed",
      given: withOldFile,
      input: { path: "a.txt", content: "old and longer", permissions: "0600" },
      changed: true,
      changes: ['- a.txt file 0644 me "old and longer"', '+ a.txt file 0600 me "old and longer"'],
    },
    {
      name: "owner and group by name",
      runAs: "root",
      input: { path: "a.txt", owner: "root", group: "root" },
      changes: ['+ a.txt file 0644 me ""'],
    },
    {
      name: "an owner alone keeps the group; ids need no account",
      runAs: "root",
      input: { path: "a.txt", content: "x", owner: "61234" },
      changes: ['+ a.txt file 0644 61234:0 "x"'],
    },
    {
      name: "a group alone keeps the owner",
      runAs: "root",
      input: { path: "a.txt", group: "61235" },
      changes: ['+ a.txt file 0644 0:61235 ""'],
    },
    {
      name: "a change of the owner keeps the special bits that were asked for",
      runAs: "root",
      input: { path: "a.txt", content: "x", owner: "61234", group: "61235", permissions: "6755" },
      changes: ['+ a.txt file 6755 61234:61235 "x"'],
    },
    {
      name: "the owner of an existing file is changed",
      runAs: "root",
      given: withOldFile,
      input: { path: "a.txt", content: "new", owner: "61234" },
      changes: ['- a.txt file 0644 me "old and longer"', '+ a.txt file 0644 61234:0 "new"'],
    },
    {
      name: "the group alone of an existing file",
      runAs: "root",
      given: async (folder) => {
        await withOldFile(folder);
        await chown(join(folder, "a.txt"), 61234, 61235);
      },
      input: { path: "a.txt", content: "new", group: "0" },
      changes: ['- a.txt file 0644 61234:61235 "old and longer"', '+ a.txt file 0644 61234:0 "new"'],
    },
    {
      name: "the special bits survive the writing by a user who is not root",
      runAs: "nobody",
      given: (folder) => chmod(folder, 0o777),
      input: { path: "a.txt", content: "x", permissions: "4755" },
      changes: [`+ a.txt file 4755 ${NOBODY}:${NOBODY} "x"`],
    },
  ]);
});

describe("CreateFile, chapter 17: returns an error when", () => {
  testActionCases(createFile, [
    {
      name: "overwrite is false and the file exists",
      given: withOldFile,
      input: { path: "a.txt", content: "new", overwrite: false },
      reason: 'cannot write file "<folder>/a.txt": it exists already, and "overwrite" is false',
    },
    {
      name: "overwrite is false and a dangling link has the name",
      given: (folder) => symlink("target", join(folder, "link")),
      input: { path: "link", overwrite: false },
      reason: 'cannot write file "<folder>/link": it exists already, and "overwrite" is false',
    },
    {
      name: "a folder has the name",
      given: (folder) => mkdir(join(folder, "x")),
      input: { path: "x" },
      reason: 'cannot write file "<folder>/x": it is a folder',
    },
    {
      name: "the parent folder is a file",
      given: withOldFile,
      input: { path: "a.txt/b.txt" },
      reason: 'cannot create folder "<folder>/a.txt": a file has this name',
    },
    {
      name: "one of the parent folders is a file",
      given: withOldFile,
      input: { path: "a.txt/x/b.txt" },
      reason: 'cannot create folder "<folder>/a.txt/x": a part of the path is not a folder',
    },
    {
      name: "you may not create a file in the folder",
      runAs: "nobody",
      input: { path: "a.txt" },
      reason: 'cannot write file "<folder>/a.txt": permission denied',
    },
    {
      name: "you may not create the parent folder",
      runAs: "nobody",
      input: { path: "x/y/a.txt" },
      reason: 'cannot create folder "<folder>/x": permission denied',
    },
    {
      name: "you may not write to the existing file",
      runAs: "nobody",
      given: withOldFile,
      input: { path: "a.txt", content: "new" },
      reason: 'cannot write file "<folder>/a.txt": permission denied',
    },
    {
      name: "you may not give a new file to someone else; the file is removed",
      runAs: "nobody",
      given: (folder) => chmod(folder, 0o777),
      input: { path: "a.txt", content: "x", owner: "61234" },
      reason: 'cannot change the owner of "<folder>/a.txt": the operation is not permitted',
    },
    {
      name: "you may write to the file but not change its permissions; its content stays",
      runAs: "nobody",
      given: async (folder) => {
        await withOldFile(folder);
        await chmod(join(folder, "a.txt"), 0o666);
      },
      input: { path: "a.txt", content: "new", permissions: "0600" },
      reason: 'cannot change the permissions of "<folder>/a.txt": the operation is not permitted',
    },
    {
      name: "there is no such user",
      input: { path: "x/a.txt", owner: "no such user" },
      reason: 'no user named "no such user" on this machine',
    },
    {
      name: "there is no such group",
      input: { path: "x/a.txt", group: "no-such-group" },
      reason: 'no group named "no-such-group" on this machine',
    },
    {
      name: "links form a cycle",
      given: (folder) => symlink("loop", join(folder, "loop")),
      input: { path: "loop" },
      reason: 'cannot write file "<folder>/loop": too many symbolic links lead to one another',
    },
    {
      name: "the path has a NUL character",
      input: { path: "a\0b" },
      reason: 'cannot write file "<folder>/a\\u0000b": the path has a NUL character',
    },
    {
      name: "a link leads below a missing folder",
      given: (folder) => symlink("no/target", join(folder, "link")),
      input: { path: "link" },
      reason: 'cannot write file "<folder>/link": no such file or folder',
    },
  ]);

  (canMountDisk ? test : test.skip)("the disk is full: a new file is removed, an old one keeps its content (needs root)", async () => {
    await withTemporaryFolder(async (folder) => {
      await withSmallDisk(folder, 64, async (disk) => {
        await writeFile(join(disk, "old.txt"), "old");
        const before = await readTree(disk);
        for (const path of ["disk/new.txt", "disk/old.txt"]) {
          const { result } = await runAction(createFile, { path, content: "x".repeat(200_000) }, { workingDirectory: folder });
          expect(result).toEqual({ status: "failed", reason: `cannot write file "${join(folder, path)}": no space is left on the disk` });
        }
        expect(treeDifference(before, await readTree(disk))).toEqual([]);
      });
    });
  });

  test("the name is too long", async () => {
    await withTemporaryFolder(async (folder) => {
      const path = "n".repeat(300);
      const { result } = await runAction(createFile, { path }, { workingDirectory: folder });
      expect(result).toEqual({ status: "failed", reason: `cannot write file ${quotePath(join(folder, path))}: the name is too long` });
    });
  });

  test("a named pipe has the name, which must not block", async () => {
    await withTemporaryFolder(async (folder) => {
      execFileSync("mkfifo", [join(folder, "pipe")]);
      const { result } = await runAction(createFile, { path: "pipe" }, { workingDirectory: folder });
      expect(result).toEqual({ status: "failed", reason: `cannot write file "${join(folder, "pipe")}": it is not a regular file` });
    });
  });
});

describe("CreateFile, chapter 17: encodings", () => {
  const inOrder = {
    "utf-16-LE": [0x41, 0, 0xac, 0x20],
    "utf-16-BE": [0, 0x41, 0x20, 0xac],
    "utf-32-LE": [0x41, 0, 0, 0, 0xac, 0x20, 0, 0],
    "utf-32-BE": [0, 0, 0, 0x41, 0, 0, 0x20, 0xac],
  };
  const rows: [string, number[]][] = [
    ["utf8", [0x41, 0xe2, 0x82, 0xac]],
    ["UTF-8", [0x41, 0xe2, 0x82, 0xac]],
    ["utf16", inOrder["utf-16-LE"]],
    ["utf-16", inOrder["utf-16-LE"]],
    ["utf16-LE", inOrder["utf-16-LE"]],
    ["Utf-16-le", inOrder["utf-16-LE"]],
    ["utf16-BE", inOrder["utf-16-BE"]],
    ["UTF-16-BE", inOrder["utf-16-BE"]],
    ["utf32", inOrder["utf-32-LE"]],
    ["UTF-32", inOrder["utf-32-LE"]],
    ["utf32-LE", inOrder["utf-32-LE"]],
    ["utf-32-LE", inOrder["utf-32-LE"]],
    ["utf32-be", inOrder["utf-32-BE"]],
    ["utf-32-BE", inOrder["utf-32-BE"]],
  ];
  test.each(rows)("%s writes these bytes and no byte-order mark", async (encoding, bytes) => {
    await withTemporaryFolder(async (folder) => {
      await runAction(createFile, { path: "a.txt", content: "A€", encoding }, { workingDirectory: folder });
      expect([...(await readFile(join(folder, "a.txt")))]).toEqual(bytes);
    });
  });
});

describe("CreateFile: found before anything runs", () => {
  test("inputs that Windows does not support", () => {
    expect(createFile.check?.({ path: "a.txt", owner: "root", group: "root", permissions: "0644" }, "windows")).toEqual([
      { path: ["owner"], message: '"owner" is not supported on Windows; it is for Linux and macOS' },
      { path: ["group"], message: '"group" is not supported on Windows; it is for Linux and macOS' },
      { path: ["permissions"], message: '"permissions" is not supported on Windows; it is for Linux and macOS' },
    ]);
    expect(createFile.check?.({ path: "a.txt", owner: "root" }, "linux")).toEqual([]);
    expect(createFile.check?.({ path: "a.txt", content: "x", overwrite: false }, "windows")).toEqual([]);
  });

  test("a path that names a folder, by the separators of the platform", () => {
    const message = (path: string) => `"path" must name a file, without a path separator at its end; found ${path}`;
    expect(createFile.check?.({ path: "a/" }, "linux")).toEqual([{ path: ["path"], message: message('"a/"') }]);
    expect(createFile.check?.({ path: "C:\\a\\" }, "windows")).toEqual([{ path: ["path"], message: message('"C:\\\\a\\\\"') }]);
    expect(createFile.check?.({ path: "a\\" }, "linux")).toEqual([]);
  });
});

test("a new file that is to be secret is never open to others, also while it is written", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = join(folder, "secret");
    const seen: number[] = [];
    const host = createNodeHost();
    const open: typeof host.files.open = async (...parameters) => {
      const file = await host.files.open(...parameters);
      seen.push((await stat(path)).mode & 0o777);
      return file;
    };
    const input = { path: "secret", content: "x", permissions: "0600" };
    await runAction(createFile, input, { workingDirectory: folder, host: { ...host, files: { ...host.files, open } } });
    expect(seen).toEqual([0o600]);
  });
});
