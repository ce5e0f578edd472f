import { execFileSync } from "node:child_process";
import { chmod, mkdir, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createNodeHost } from "@imagewright/node-host";
import { readTree, runAction, withTemporaryFolder } from "@imagewright/test-kit";
import { runCase, testActionCases } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { makeTree } from "../testing/make-tree.js";
import { deleteFolder } from "./index.js";

describe("DeleteFolder, chapter 17: what it deletes", () => {
  testActionCases(deleteFolder, [
    { name: "an empty folder", given: makeTree({ "x/": "" }), input: { path: "x" }, changes: ["- x folder 0755 me"], changed: true },
    {
      name: "an empty folder whose path ends with separators",
      given: makeTree({ "x/": "" }),
      input: { path: "./x//", force: false },
      changes: ["- x folder 0755 me"],
    },
    {
      name: "with force a folder with all that is in it",
      given: makeTree({ "x/a": "one", "x/y/.hidden": "", "x/y/z/": "", kept: "" }),
      input: (folder) => ({ path: `${folder}/x/`, force: true }),
      changes: [
        "- x folder 0755 me",
        '- x/a file 0644 me "one"',
        "- x/y folder 0755 me",
        '- x/y/.hidden file 0644 me ""',
        "- x/y/z folder 0755 me",
      ],
      changed: true,
    },
    {
      name: "with force an empty folder too",
      given: makeTree({ "x/": "" }),
      input: { path: "x", force: true },
      changes: ["- x folder 0755 me"],
    },
    {
      name: "links in it, not their targets; cycles of links do no harm",
      given: makeTree({ "kept/a": "", "x/l": "-> ../kept", "x/up": "-> ..", "x/no": "-> where" }),
      input: { path: "x", force: true },
      changes: ["- x folder 0755 me", "- x/l link to ../kept", "- x/no link to where", "- x/up link to .."],
    },
    {
      name: "a path through a link",
      given: makeTree({ "real/x/a": "", l: "-> real" }),
      input: { path: "l/x", force: true },
      changes: ["- real/x folder 0755 me", '- real/x/a file 0644 me ""'],
    },
    {
      name: "the folder .",
      given: makeTree({ "x/y/": "" }),
      input: { path: "x/y/.", force: true },
      changes: ["- x/y folder 0755 me"],
    },
    {
      name: "names with line ends and bytes that are not UTF-8, and pipes",
      given: async (folder) => {
        await makeTree({ "x/a\nb/c d": "" })(folder);
        const odd = Buffer.concat([Buffer.from(`${folder}/x/`), Buffer.from([0xff])]);
        await mkdir(odd);
        await writeFile(Buffer.concat([odd, Buffer.from([0x2f, 0xfe])]), "");
        execFileSync("mkfifo", ["-m", "644", join(folder, "x/pipe")]);
      },
      input: { path: "x", force: true },
      changes: [
        "- x folder 0755 me",
        "- x/a\nb folder 0755 me",
        '- x/a\nb/c d file 0644 me ""',
        "- x/pipe special 0644 me",
        "- x/ÿ folder 0755 me",
        '- x/ÿ/þ file 0644 me ""',
      ],
    },
  ]);

  test("the deleted folder is a line in the console log", async () => {
    const { run } = await runCase(deleteFolder, { name: "", given: makeTree({ "x/a": "" }), input: { path: "x/", force: true } });
    expect(run.log).toEqual(['deleted "<folder>/x"']);
  });

  test("entries deleted by others in the meantime are not errors", async () => {
    await withTemporaryFolder(async (folder) => {
      await makeTree({ "x/a": "", "x/b": "" })(folder);
      const host = createNodeHost();
      const lstat: typeof host.files.lstat = (async (path: Buffer) => {
        const facts = await host.files.lstat(path);
        if (String(path).endsWith("/a")) await unlink(path);
        return facts;
      }) as typeof host.files.lstat;
      const { result } = await runAction(
        deleteFolder,
        { path: "x", force: true },
        { workingDirectory: folder, host: { ...host, files: { ...host.files, lstat } } },
      );
      expect(result).toEqual({ status: "succeeded", changed: true });
      expect(await readTree(folder)).toEqual(new Map());
    });
  });
});

describe("DeleteFolder, chapter 17: returns an error when", () => {
  testActionCases(deleteFolder, [
    {
      name: "the folder is not empty and force is false",
      given: makeTree({ "x/a": "" }),
      input: { path: "x" },
      reason: 'cannot delete folder "<folder>/x": it is not empty',
    },
    {
      name: "the folder does not exist",
      input: { path: "x", force: true },
      reason: 'cannot delete folder "<folder>/x": no such file or folder',
    },
    {
      name: "the path is a file",
      given: makeTree({ x: "" }),
      input: { path: "x/", force: true },
      reason: 'cannot delete folder "<folder>/x": it is a file',
    },
    {
      name: "the path is a link to a folder",
      given: makeTree({ "real/a": "", x: "-> real" }),
      input: { path: "x/", force: true },
      reason: 'cannot delete folder "<folder>/x": it is a symbolic link',
    },
    {
      name: "the path is the root of the file system",
      input: { path: "/tmp/../", force: false },
      reason: 'cannot delete folder "/tmp/..": it is the root of the file system',
    },
    {
      name: "you may not delete in the parent folder",
      runAs: "nobody",
      given: makeTree({ "x/": "" }),
      input: { path: "x" },
      reason: 'cannot delete folder "<folder>/x": permission denied',
    },
    {
      name: "you may not delete in a folder within",
      runAs: "nobody",
      given: async (folder) => {
        await makeTree({ "x/y/a": "" })(folder);
        await chmod(join(folder, "x"), 0o777);
      },
      input: { path: "x", force: true },
      reason: 'cannot delete file "<folder>/x/y/a": permission denied',
    },
    {
      name: "you may not read a folder within",
      runAs: "nobody",
      given: async (folder) => {
        await makeTree({ "x/y/a": "" })(folder);
        await chmod(join(folder, "x/y"), 0o700);
      },
      input: { path: "x", force: true },
      reason: 'cannot read folder "<folder>/x/y": permission denied',
    },
  ]);

  test("a folder that is not empty says how to delete it", async () => {
    await withTemporaryFolder(async (folder) => {
      await makeTree({ "x/a": "" })(folder);
      const context = { host: createNodeHost(), workingDirectory: folder, signal: new AbortController().signal, log: () => undefined };
      await expect(deleteFolder.run({ path: "x" }, context as never)).rejects.toMatchObject({
        hints: ['set "force" to true to delete it with its content'],
      });
    });
  });

  test("the run is cancelled: nothing further is deleted", async () => {
    await withTemporaryFolder(async (folder) => {
      await makeTree({ "x/a": "" })(folder);
      const signal = AbortSignal.abort(new Error("cancelled"));
      const { result } = await runAction(deleteFolder, { path: "x", force: true }, { workingDirectory: folder, signal });
      expect(result).toEqual({ status: "failed", reason: "cancelled" });
      expect([...(await readTree(folder)).keys()]).toEqual(["x", "x/a"]);
    });
  });
});

test("DeleteFolder finds wildcards before anything runs", () => {
  expect(deleteFolder.check?.({ path: "/var/tmp/build-*", force: true }, "linux")).toEqual([
    { path: ["path"], message: '"path" cannot contain a wildcard', help: "name each folder; only DeleteFile takes a wildcard" },
  ]);
  expect(deleteFolder.check?.({ path: "C:\\Sample\\" }, "windows")).toEqual([]);
});
