import { execFileSync } from "node:child_process";
import { chmod, chown, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NOBODY } from "@imagewright/test-kit";
import { runCase, testActionCases, type ActionCase } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { setFilePermissions } from "./index.js";

/** The file `a`, the folder `x`, a link to `a` and one to nothing. */
async function given(folder: string): Promise<void> {
  await writeFile(join(folder, "a"), "");
  await chmod(join(folder, "a"), 0o640);
  await mkdir(join(folder, "x"));
  await symlink("a", join(folder, "link"));
  await symlink("nowhere", join(folder, "broken"));
}

describe("SetFilePermissions, chapter 17: what it changes", () => {
  const rows: [string, string, string, string][] = [
    ["three digits", "a", "766", "0766"],
    ["four digits", "./a", "0700", "0700"],
    ["none at all", "a", "000", "0000"],
    ["the special bits", "a", "6755", "6755"],
    ["the special bits after a leading zero", "a", "01755", "1755"],
    ["more than the umask would allow", "a", "0777", "0777"],
    ["the file that a link leads to", "link", "0600", "0600"],
  ];
  testActionCases(
    setFilePermissions,
    rows.map(([name, path, permissions, mode]) => ({
      name,
      given,
      input: { path, permissions },
      changes: ['- a file 0640 me ""', `+ a file ${mode} me ""`],
      changed: true,
    })),
  );

  testActionCases(setFilePermissions, [
    { name: "nothing if they are the same as before", given, input: { path: "a", permissions: "0640" }, changed: false },
    {
      name: "nothing of someone else's file that has them already",
      runAs: "nobody",
      given,
      input: { path: "a", permissions: "0640" },
      changed: false,
    },
    {
      name: "nothing if the system drops the set-group-ID bit, as it does for a group that is not yours",
      runAs: "nobody",
      given: async (folder) => {
        await given(folder);
        await chmod(join(folder, "a"), 0o755);
        await chown(join(folder, "a"), NOBODY, 61235);
      },
      input: { path: "a", permissions: "2755" },
      changed: false,
    },
    {
      name: "a pipe, which is not opened",
      given: async (folder) => execFileSync("mkfifo", ["-m", "600", join(folder, "pipe")]),
      input: { path: "pipe", permissions: "0666" },
      changes: ["- pipe special 0600 me", "+ pipe special 0666 me"],
      changed: true,
    },
  ]);
});

describe("SetFilePermissions, chapter 17: returns an error when", () => {
  const cannot = (path: string, reason: string) => `cannot change the permissions of "<folder>/${path}": ${reason}`;
  const rows: ActionCase<{ path: string; permissions: string }>[] = [
    {
      name: "you may not change the file",
      runAs: "nobody",
      input: { path: "a", permissions: "0777" },
      reason: cannot("a", "the operation is not permitted"),
    },
    { name: "the file does not exist", input: { path: "b", permissions: "0644" }, reason: cannot("b", "no such file or folder") },
    { name: "a link leads nowhere", input: { path: "broken", permissions: "0644" }, reason: cannot("broken", "no such file or folder") },
    { name: "the path is a folder", input: { path: "x", permissions: "0755" }, reason: cannot("x", "it is a folder") },
    {
      name: "a part of the path is a file",
      input: { path: "a/b", permissions: "0755" },
      reason: cannot("a/b", "a part of the path is not a folder"),
    },
    {
      name: "the permissions are not octal",
      input: { path: "a", permissions: "789" },
      reason: 'permissions must be three or four octal digits, such as 0644 or 755; found "789"',
    },
  ];
  testActionCases(
    setFilePermissions,
    rows.map((row) => ({ given, ...row })),
  );

  test("a folder is reported with the module to use instead", async () => {
    const { run } = await runCase(setFilePermissions, { name: "", given, input: { path: "x", permissions: "0755" } });
    expect(run.hints).toEqual(["use SetFolderPermissions for folders"]);
  });
});

test("SetFilePermissions is for Linux and macOS, and its path names a file", () => {
  expect(setFilePermissions.platforms).toEqual(["linux", "darwin"]);
  expect(setFilePermissions.check?.({ path: "a/", permissions: "0644" }, "linux")).toEqual([
    { path: ["path"], message: '"path" must name a file, without a path separator at its end; found "a/"' },
  ]);
  expect(setFilePermissions.check?.({ path: "a", permissions: "0644" }, "linux")).toEqual([]);
});
