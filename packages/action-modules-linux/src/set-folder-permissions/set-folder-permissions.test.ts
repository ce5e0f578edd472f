import { execFileSync } from "node:child_process";
import { chmod, chown, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NOBODY, runAction, withTemporaryFolder } from "@imagewright/test-kit";
import { runCase, testActionCases, type ActionCase } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { setFolderPermissions } from "./index.js";

type Input = Parameters<typeof setFolderPermissions.run>[0];

/** The folder `x` with a file, a folder in it and links out of it, and next to it the file `a`, a link to the folder and one to nothing. */
async function given(folder: string): Promise<void> {
  await mkdir(join(folder, "x", "y"), { recursive: true });
  await writeFile(join(folder, "a"), "");
  await writeFile(join(folder, "x", "b"), "");
  await writeFile(join(folder, "x", "y", "c"), "");
  await symlink("../a", join(folder, "x", "out"));
  await symlink("nowhere", join(folder, "x", "y", "broken"));
  await symlink("x", join(folder, "link"));
  await symlink("nowhere", join(folder, "broken"));
}

const changesTo = (mode: string, owner = "me") => [
  `- x folder 0755 ${owner}`,
  `+ x folder ${mode} ${owner}`,
  `- x/b file 0644 ${owner} ""`,
  `+ x/b file ${mode} ${owner} ""`,
  `- x/y folder 0755 ${owner}`,
  `+ x/y folder ${mode} ${owner}`,
  `- x/y/c file 0644 ${owner} ""`,
  `+ x/y/c file ${mode} ${owner} ""`,
];

/** The same, everything owned by nobody. */
async function givenToNobody(folder: string): Promise<void> {
  await given(folder);
  for (const path of ["x", "x/b", "x/y", "x/y/c"]) await chown(join(folder, path), NOBODY, NOBODY);
}

describe("SetFolderPermissions, chapter 17: what it changes", () => {
  const rows: [string, Input, string][] = [
    ["everything in the folder, more than the umask would allow", { path: "x/", permissions: "0777" }, "0777"],
    ["everything if recursive is true", { path: "x", permissions: "777", recursive: true }, "0777"],
    ["the special bits", { path: "./x", permissions: "3775" }, "3775"],
    ["the folder that a link leads to", { path: "link", permissions: "0700" }, "0700"],
    ["the same by a link with a separator at its end", { path: "link/", permissions: "0700" }, "0700"],
  ];
  testActionCases(
    setFolderPermissions,
    rows.map(([name, input, mode]) => ({ name, given, input, changes: changesTo(mode), changed: true })),
  );

  testActionCases(setFolderPermissions, [
    {
      name: "permissions that close the folders to their owner",
      runAs: "nobody",
      given: givenToNobody,
      input: { path: "x", permissions: "0600" },
      changes: changesTo("0600", `${NOBODY}:${NOBODY}`),
      changed: true,
    },
    {
      name: "permissions that open folders which were closed to their owner",
      runAs: "nobody",
      given: async (folder) => {
        await givenToNobody(folder);
        for (const path of ["x/y", "x"]) await chmod(join(folder, path), 0o000);
      },
      input: { path: "x", permissions: "0755" },
      changes: changesTo("0755", `${NOBODY}:${NOBODY}`).map((line) =>
        line.startsWith("- ") ? line.replace("folder 0755", "folder 0000") : line,
      ),
      changed: true,
    },
    {
      name: "only the folder itself if recursive is false",
      given,
      input: { path: "x", permissions: "1777", recursive: false },
      changes: ["- x folder 0755 me", "+ x folder 1777 me"],
      changed: true,
    },
    {
      name: "special bits that are not given are cleared",
      given: async (folder) => {
        await mkdir(join(folder, "x"));
        await chmod(join(folder, "x"), 0o2755);
      },
      input: { path: "x", permissions: "755" },
      changes: ["- x folder 2755 me", "+ x folder 0755 me"],
      changed: true,
    },
    {
      name: "only what is not right yet, at any depth",
      given: async (folder) => {
        await given(folder);
        for (const path of ["x/b", "x/y/c"]) await chmod(join(folder, path), 0o755);
        await chmod(join(folder, "x", "y", "c"), 0o600);
      },
      input: { path: "x", permissions: "0755" },
      changes: ['- x/y/c file 0600 me ""', '+ x/y/c file 0755 me ""'],
      changed: true,
    },
    {
      name: "nothing of a folder that has them already",
      given,
      input: { path: "x", permissions: "0755", recursive: false },
      changed: false,
    },
    {
      name: "nothing if all have them already",
      given: async (folder) => {
        await given(folder);
        for (const path of ["x/b", "x/y/c"]) await chmod(join(folder, path), 0o755);
      },
      input: { path: "x", permissions: "0755" },
      changed: false,
    },
    {
      name: "names that are not UTF-8, have line ends or look like options, and pipes",
      given: async (folder) => {
        await mkdir(join(folder, "x"));
        await mkdir(Buffer.from(`${folder}/x/\xff`, "latin1"));
        await writeFile(Buffer.from(`${folder}/x/\xff/\xfe`, "latin1"), "");
        await writeFile(join(folder, "x", "-R\n"), "");
        execFileSync("mkfifo", ["-m", "600", join(folder, "x", "pipe")]);
      },
      input: { path: "x", permissions: "0700" },
      changes: [
        "- x folder 0755 me",
        "+ x folder 0700 me",
        '- x/-R\n file 0644 me ""',
        '+ x/-R\n file 0700 me ""',
        "- x/pipe special 0600 me",
        "+ x/pipe special 0700 me",
        "- x/\xff folder 0755 me",
        "+ x/\xff folder 0700 me",
        '- x/\xff/\xfe file 0644 me ""',
        '+ x/\xff/\xfe file 0700 me ""',
      ],
      changed: true,
    },
  ]);

  test("stops between two entries when the step times out", async () => {
    await withTemporaryFolder(async (workingDirectory) => {
      await given(workingDirectory);
      const signal = AbortSignal.abort(new Error("out of time"));
      const { result } = await runAction(setFolderPermissions, { path: "x", permissions: "0700" }, { workingDirectory, signal });
      expect(result).toEqual({ status: "failed", reason: "out of time" });
    });
  });
});

describe("SetFolderPermissions, chapter 17: returns an error when", () => {
  const cannot = (path: string, reason: string) => `cannot change the permissions of "<folder>/${path}": ${reason}`;
  const permissions = "0700";
  const rows: ActionCase<Input>[] = [
    {
      name: "you may not change the folder",
      runAs: "nobody",
      input: { path: "x", permissions },
      reason: cannot("x", "the operation is not permitted"),
    },
    {
      name: "you may not change a file in the folder",
      runAs: "nobody",
      given: async (folder) => {
        await given(folder);
        await chown(join(folder, "x"), NOBODY, NOBODY);
      },
      input: { path: "x", permissions: "0755" },
      reason: cannot("x/b", "the operation is not permitted"),
    },
    {
      name: "you may not read the folder",
      runAs: "nobody",
      given: async (folder) => {
        await given(folder);
        await chmod(join(folder, "x"), 0o711);
      },
      input: { path: "x", permissions: "0600" },
      reason: 'cannot read folder "<folder>/x": permission denied',
    },
    { name: "the folder does not exist", input: { path: "z/", permissions }, reason: cannot("z", "no such file or folder") },
    { name: "a link leads nowhere", input: { path: "broken", permissions }, reason: cannot("broken", "no such file or folder") },
    { name: "the path is a file", input: { path: "a", permissions }, reason: cannot("a", "a file has this name") },
    {
      name: "a part of the path is a file",
      input: { path: "a/b", permissions },
      reason: cannot("a/b", "a part of the path is not a folder"),
    },
    {
      name: "the permissions are not octal",
      input: { path: "x", permissions: "rwx" },
      reason: 'permissions must be three or four octal digits, such as 0644 or 755; found "rwx"',
    },
  ];
  testActionCases(
    setFolderPermissions,
    rows.map((row) => ({ given, ...row })),
  );

  test("a file is reported with the module to use instead", async () => {
    const { run } = await runCase(setFolderPermissions, { name: "", given, input: { path: "a/", permissions } });
    expect([run.result, run.hints]).toEqual([
      { status: "failed", reason: cannot("a", "a file has this name") },
      ["use SetFilePermissions for files"],
    ]);
  });
});

test("SetFolderPermissions is for Linux and macOS", () => {
  expect(setFolderPermissions.platforms).toEqual(["linux", "darwin"]);
});
