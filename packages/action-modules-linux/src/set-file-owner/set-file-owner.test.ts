import { execFileSync } from "node:child_process";
import { chmod, chown, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCase, testActionCases, type ActionCase } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { setFileOwner } from "./index.js";

type Input = Parameters<typeof setFileOwner.run>[0];

/** The file `a`, the folder `x`, a link to `a` and one to nothing. */
async function given(folder: string): Promise<void> {
  await writeFile(join(folder, "a"), "");
  await mkdir(join(folder, "x"));
  await symlink("a", join(folder, "link"));
  await symlink("nowhere", join(folder, "broken"));
}

// 61234 and 61235 are in no list of accounts; bin is user 2 of group 2 on Debian and 1 of 1 on Red Hat
const idsOf = (...parameters: string[]) => execFileSync("id", parameters, { encoding: "utf8" }).trim();
const bin = { uid: idsOf("-u", "bin"), gid: idsOf("-g", "bin") };

describe("SetFileOwner, chapter 17: what it changes", () => {
  const rows: [string, Input, string][] = [
    ["an owner by name, with the owner's primary group", { path: "a", owner: "bin" }, `${bin.uid}:${bin.gid}`],
    ["an owner by id, with the owner's primary group", { path: "./a", owner: bin.uid }, `${bin.uid}:${bin.gid}`],
    ["owner and group by name", { path: "a", owner: "bin", group: "root" }, `${bin.uid}:0`],
    ["owner and group by id, which need no account", { path: "a", owner: "61234", group: "61235" }, "61234:61235"],
    ["an owner without an account keeps the group", { path: "a", owner: "61234" }, "61234:0"],
    ["the group alone", { path: "a", owner: "root", group: "61235" }, "0:61235"],
    ["the file that a link leads to, and not the link", { path: "link", owner: "61234" }, "61234:0"],
  ];
  testActionCases(
    setFileOwner,
    rows.map(([name, input, owner]) => ({
      name,
      runAs: "root",
      given,
      input,
      changes: ['- a file 0644 me ""', `+ a file 0644 ${owner} ""`],
      changed: true,
    })),
  );

  testActionCases(setFileOwner, [
    {
      name: "the special bits of a program are cleared, as with chown",
      runAs: "root",
      given: async (folder) => {
        await given(folder);
        await chmod(join(folder, "a"), 0o6755);
      },
      input: { path: "a", owner: "61234" },
      changes: ['- a file 6755 me ""', '+ a file 0755 61234:0 ""'],
      changed: true,
    },
    {
      name: "nothing, the special bits included, if owner and group are right",
      runAs: "root",
      given: async (folder) => {
        await given(folder);
        await chown(join(folder, "a"), 61234, 61235);
        await chmod(join(folder, "a"), 0o6755);
      },
      input: { path: "a", owner: "61234", group: "61235" },
      changed: false,
    },
    {
      name: "nothing of your own file, which needs no root",
      given,
      input: () => ({ path: "a", owner: String(process.getuid?.()), group: String(process.getgid?.()) }),
      changed: false,
    },
    {
      name: "a pipe, which is not opened",
      runAs: "root",
      given: async (folder) => execFileSync("mkfifo", ["-m", "600", join(folder, "pipe")]),
      input: { path: "pipe", owner: "61234" },
      changes: ["- pipe special 0600 me", "+ pipe special 0600 61234:0"],
      changed: true,
    },
  ]);
});

describe("SetFileOwner, chapter 17: returns an error when", () => {
  const cannot = (path: string, reason: string) => `cannot change the owner of "<folder>/${path}": ${reason}`;
  const owner = "61234";
  const rows: ActionCase<Input>[] = [
    {
      name: "you may not give the file to someone else",
      runAs: "nobody",
      input: { path: "a", owner },
      reason: cannot("a", "the operation is not permitted"),
    },
    {
      name: "you may not give the file to a group that is not yours",
      runAs: "nobody",
      input: { path: "a", owner: "root", group: "61235" },
      reason: cannot("a", "the operation is not permitted"),
    },
    {
      name: "there is no such user",
      input: { path: "a", owner: "no-such-user" },
      reason: 'no user named "no-such-user" on this machine',
    },
    {
      name: "there is no such group",
      input: { path: "a", owner, group: "no-such-group" },
      reason: 'no group named "no-such-group" on this machine',
    },
    { name: "the file does not exist", input: { path: "b", owner }, reason: cannot("b", "no such file or folder") },
    { name: "a link leads nowhere", input: { path: "broken", owner }, reason: cannot("broken", "no such file or folder") },
    { name: "the path is a folder", input: { path: "x", owner }, reason: cannot("x", "it is a folder") },
    { name: "a part of the path is a file", input: { path: "a/b", owner }, reason: cannot("a/b", "a part of the path is not a folder") },
  ];
  testActionCases(
    setFileOwner,
    rows.map((row) => ({ given, ...row })),
  );

  test("a folder is reported with the module to use instead", async () => {
    const { run } = await runCase(setFileOwner, { name: "", given, input: { path: "x", owner } });
    expect(run.hints).toEqual(["use SetFolderOwner for folders"]);
  });
});

test("SetFileOwner is for Linux and macOS, and its path names a file", () => {
  expect(setFileOwner.platforms).toEqual(["linux", "darwin"]);
  expect(setFileOwner.check?.({ path: "a/", owner: "root" }, "linux")).toEqual([
    { path: ["path"], message: '"path" must name a file, without a path separator at its end; found "a/"' },
  ]);
  expect(setFileOwner.check?.({ path: "a", owner: "root" }, "linux")).toEqual([]);
});
