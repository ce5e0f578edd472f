import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readTree, runAction, treeDifference, withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { setFilePermissions } from "./index.js";

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** Sets permissions on `path` in a folder that has the file `a`, the folder `x` and the link `link` to `a`. */
async function change(path: string, permissions: string, asNobody = false) {
  return withTemporaryFolder(async (folder) => {
    await chmod(folder, 0o755);
    await writeFile(join(folder, "a"), "");
    await chmod(join(folder, "a"), 0o640);
    await mkdir(join(folder, "x"));
    await symlink("a", join(folder, "link"));
    await symlink("nowhere", join(folder, "broken"));
    const before = await readTree(folder);
    if (asNobody) process.seteuid?.(NOBODY);
    const act = runAction(setFilePermissions, { path, permissions }, { workingDirectory: folder });
    const { result } = await act.finally(() => asNobody && process.seteuid?.(0));
    const changes = treeDifference(before, await readTree(folder)).map((line) => line.replace(` ${process.getuid?.()}:${process.getgid?.()}`, " me"));
    return { changes, reason: result.status === "failed" ? result.reason.replaceAll(folder, "<folder>") : undefined };
  });
}

describe("SetFilePermissions, chapter 17: what it changes", () => {
  const becomes = (mode: string) => ['- a file 0640 me ""', `+ a file ${mode} me ""`];
  const rows: [string, string, string, string[]][] = [
    ["three digits", "a", "766", becomes("0766")],
    ["four digits", "./a", "0700", becomes("0700")],
    ["none at all", "a", "000", becomes("0000")],
    ["the special bits", "a", "6755", becomes("6755")],
    ["more than the umask would leave", "a", "0777", becomes("0777")],
    ["the same as before", "a", "0640", []],
    ["the file that a link leads to", "link", "0600", becomes("0600")],
  ];
  test.each(rows)("%s", async (_name, path, permissions, changes) => {
    const oldUmask = process.umask(0o077);
    try {
      expect(await change(path, permissions)).toEqual({ changes, reason: undefined });
    } finally {
      process.umask(oldUmask);
    }
  });
});

describe("SetFilePermissions, chapter 17: returns an error when", () => {
  const cannot = (path: string, reason: string) => `cannot change the permissions of "<folder>/${path}": ${reason}`;
  const rows: [string, string, string, string][] = [
    ["the file does not exist", "b", "0644", cannot("b", "no such file or folder")],
    ["a link leads nowhere", "broken", "0644", cannot("broken", "no such file or folder")],
    ["the path is a folder", "x", "0755", cannot("x", "it is a folder")],
    ["a part of the path is a file", "a/b", "0755", cannot("a/b", "a part of the path is not a folder")],
    ["the permissions are not octal", "a", "789", 'permissions must be three or four octal digits, such as 0644 or 755; found "789"'],
  ];
  test.each(rows)("%s", async (_name, path, permissions, reason) => {
    expect(await change(path, permissions)).toEqual({ changes: [], reason });
  });

  (isRoot ? test : test.skip)("the file is someone else's (needs root)", async () => {
    expect(await change("a", "0777", true)).toEqual({ changes: [], reason: cannot("a", "the operation is not permitted") });
  });
});

test("SetFilePermissions is for Linux and macOS, and its path names a file", () => {
  expect(setFilePermissions.platforms).toEqual(["linux", "darwin"]);
  expect(setFilePermissions.check?.({ path: "a/", permissions: "0644" }, "linux")).toEqual([
    { path: ["path"], message: '"path" must name a file, without a path separator at its end; found "a/"' },
  ]);
  expect(setFilePermissions.check?.({ path: "a", permissions: "0644" }, "linux")).toEqual([]);
});
