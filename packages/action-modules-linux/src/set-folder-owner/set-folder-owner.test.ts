import { execFileSync } from "node:child_process";
import { chmod, chown, lchown, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NOBODY, runAction, withTemporaryFolder } from "@imagewright/test-kit";
import { runCase, testActionCases, type ActionCase } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { setFolderOwner } from "./index.js";

type Input = Parameters<typeof setFolderOwner.run>[0];

/** The folder `x` with a file, a folder in it and links out of it, and next to it the file `a`, a link to the folder and one to nothing. */
async function given(folder: string): Promise<void> {
  await mkdir(join(folder, "x", "y"), { recursive: true });
  await writeFile(join(folder, "a"), "");
  await writeFile(join(folder, "x", "b"), "");
  await writeFile(join(folder, "x", "y", "c"), "");
  await symlink("../a", join(folder, "x", "out"));
  await symlink("x", join(folder, "link"));
  await symlink("nowhere", join(folder, "broken"));
}

const changesTo = (owner: string) => [
  "- x folder 0755 me",
  `+ x folder 0755 ${owner}`,
  '- x/b file 0644 me ""',
  `+ x/b file 0644 ${owner} ""`,
  "- x/out link to ../a",
  `+ x/out link ${owner} to ../a`,
  "- x/y folder 0755 me",
  `+ x/y folder 0755 ${owner}`,
  '- x/y/c file 0644 me ""',
  `+ x/y/c file 0644 ${owner} ""`,
];

const idsOf = (...parameters: string[]) => execFileSync("id", parameters, { encoding: "utf8" }).trim();
const bin = { uid: idsOf("-u", "bin"), gid: idsOf("-g", "bin") };

describe("SetFolderOwner, chapter 17: what it changes", () => {
  const rows: [string, Input, string][] = [
    ["everything in the folder, with the owner's primary group", { path: "x/", owner: "bin" }, `${bin.uid}:${bin.gid}`],
    ["everything if recursive is true", { path: "x", owner: "bin", recursive: true }, `${bin.uid}:${bin.gid}`],
    ["owner and group by name", { path: "./x", owner: "bin", group: "root" }, `${bin.uid}:0`],
    ["owner and group by id, which need no account", { path: "x//", owner: "61234", group: "61235" }, "61234:61235"],
    ["an owner without an account keeps the groups", { path: "x", owner: "61234" }, "61234:0"],
    ["the folder that a link leads to, and not the link", { path: "link", owner: "61234" }, "61234:0"],
    ["the same by a link with a separator at its end", { path: "link/", owner: "61234" }, "61234:0"],
  ];
  testActionCases(
    setFolderOwner,
    rows.map(([name, input, owner]) => ({ name, runAs: "root", given, input, changes: changesTo(owner), changed: true })),
  );

  testActionCases(setFolderOwner, [
    {
      name: "only the folder itself if recursive is false",
      runAs: "root",
      given,
      input: { path: "x", owner: "61234", recursive: false },
      changes: ["- x folder 0755 me", "+ x folder 0755 61234:0"],
      changed: true,
    },
    {
      name: "only what is not right yet, at any depth",
      runAs: "root",
      given: async (folder) => {
        await given(folder);
        for (const path of ["x", "x/b", "x/y"]) await chown(join(folder, path), 61234, 61235);
        await lchown(join(folder, "x", "out"), 61234, 61235);
      },
      input: { path: "x", owner: "61234", group: "61235" },
      changes: ['- x/y/c file 0644 me ""', '+ x/y/c file 0644 61234:61235 ""'],
      changed: true,
    },
    {
      name: "nothing if all is right",
      given,
      input: () => ({ path: "x", owner: String(process.getuid?.()), group: String(process.getgid?.()) }),
      changed: false,
    },
    {
      name: "nothing of an empty folder that is right",
      given: (folder) => mkdir(join(folder, "x")),
      input: () => ({ path: "x", owner: String(process.getuid?.()), group: String(process.getgid?.()), recursive: false }),
      changed: false,
    },
    {
      name: "names that are not UTF-8, have line ends or look like options, and pipes",
      runAs: "root",
      given: async (folder) => {
        await mkdir(join(folder, "x"));
        await mkdir(Buffer.from(`${folder}/x/\xff`, "latin1"));
        await writeFile(Buffer.from(`${folder}/x/\xff/\xfe`, "latin1"), "");
        await writeFile(join(folder, "x", "-R\n"), "");
        execFileSync("mkfifo", ["-m", "600", join(folder, "x", "pipe")]);
      },
      input: { path: "x", owner: "61234" },
      changes: [
        "- x folder 0755 me",
        "+ x folder 0755 61234:0",
        '- x/-R\n file 0644 me ""',
        '+ x/-R\n file 0644 61234:0 ""',
        "- x/pipe special 0600 me",
        "+ x/pipe special 0600 61234:0",
        "- x/\xff folder 0755 me",
        "+ x/\xff folder 0755 61234:0",
        '- x/\xff/\xfe file 0644 me ""',
        '+ x/\xff/\xfe file 0644 61234:0 ""',
      ],
      changed: true,
    },
  ]);

  test("stops between two entries when the step times out", async () => {
    await withTemporaryFolder(async (workingDirectory) => {
      await given(workingDirectory);
      const input = { path: "x", owner: String(process.getuid?.()) };
      const { result } = await runAction(setFolderOwner, input, { workingDirectory, signal: AbortSignal.abort(new Error("out of time")) });
      expect(result).toEqual({ status: "failed", reason: "out of time" });
    });
  });
});

describe("SetFolderOwner, chapter 17: returns an error when", () => {
  const cannot = (path: string, reason: string) => `cannot change the owner of "<folder>/${path}": ${reason}`;
  const owner = "61234";
  const rows: ActionCase<Input>[] = [
    {
      name: "you may not give the folder to someone else",
      runAs: "nobody",
      input: { path: "x", owner, recursive: false },
      reason: cannot("x", "the operation is not permitted"),
    },
    {
      name: "you may not give away a file in the folder",
      runAs: "nobody",
      given: async (folder) => {
        await given(folder);
        await chown(join(folder, "x"), NOBODY, NOBODY);
      },
      input: { path: "x", owner: String(NOBODY) },
      reason: cannot("x/b", "the operation is not permitted"),
    },
    {
      name: "you may not read the folder",
      runAs: "nobody",
      given: async (folder) => {
        await given(folder);
        await chmod(join(folder, "x"), 0o711);
      },
      input: { path: "x", owner },
      reason: 'cannot read folder "<folder>/x": permission denied',
    },
    {
      name: "there is no such user",
      input: { path: "x", owner: "no-such-user" },
      reason: 'no user named "no-such-user" on this machine',
    },
    {
      name: "there is no such group",
      input: { path: "x", owner, group: "no-such-group" },
      reason: 'no group named "no-such-group" on this machine',
    },
    { name: "the folder does not exist", input: { path: "z/", owner }, reason: cannot("z", "no such file or folder") },
    { name: "a link leads nowhere", input: { path: "broken", owner }, reason: cannot("broken", "no such file or folder") },
    { name: "the path is a file", input: { path: "a", owner }, reason: cannot("a", "a file has this name") },
    { name: "a part of the path is a file", input: { path: "a/b", owner }, reason: cannot("a/b", "a part of the path is not a folder") },
  ];
  testActionCases(
    setFolderOwner,
    rows.map((row) => ({ given, ...row })),
  );

  test("a file is reported with the module to use instead", async () => {
    const { run } = await runCase(setFolderOwner, { name: "", given, input: { path: "a/", owner } });
    expect([run.result, run.hints]).toEqual([
      { status: "failed", reason: cannot("a", "a file has this name") },
      ["use SetFileOwner for files"],
    ]);
  });
});

test("SetFolderOwner is for Linux and macOS", () => {
  expect(setFolderOwner.platforms).toEqual(["linux", "darwin"]);
});
