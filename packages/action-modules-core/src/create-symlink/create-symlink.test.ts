import { readlink } from "node:fs/promises";
import { join } from "node:path";
import { createNodeHost } from "@imagewright/node-host";
import { readTree, runAction, withTemporaryFolder } from "@imagewright/test-kit";
import { runCase, testActionCases } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { makeTree } from "../testing/make-tree.js";
import { createSymlink } from "./index.js";

describe("CreateSymlink, chapter 17: what it makes", () => {
  testActionCases(createSymlink, [
    {
      name: "a link to a file next to it",
      given: makeTree({ a: "" }),
      input: { path: "l", target: "a" },
      changes: ["+ l link to a"],
      changed: true,
    },
    {
      name: "a link to an absolute path",
      input: (folder) => ({ path: `${folder}/l`, target: "/etc/passwd" }),
      changes: ["+ l link to /etc/passwd"],
    },
    { name: "a link to a folder", given: makeTree({ "x/": "" }), input: { path: "./l", target: "x/" }, changes: ["+ l link to x/"] },
    { name: "a link to a link", given: makeTree({ a: "", m: "-> a" }), input: { path: "l", target: "m" }, changes: ["+ l link to m"] },
    {
      name: "a relative target starts in the folder of the link",
      given: makeTree({ "x/a": "", b: "" }),
      input: { path: "x/l", target: "../b" },
      changes: ["+ x/l link to ../b"],
    },
    {
      name: "the parent folders, even if the target goes up through them",
      given: makeTree({ a: "" }),
      input: { path: "x/y/l", target: ".././../a" },
      changes: ["+ x folder 0755 me", "+ x/y folder 0755 me", "+ x/y/l link to .././../a"],
    },
    {
      name: "below a linked folder, .. is the parent of its target",
      given: makeTree({ "real/deep/": "", "real/a": "", x: "-> real/deep" }),
      input: { path: "x/l", target: "../a" },
      changes: ["+ real/deep/l link to ../a"],
    },
    {
      name: "force with an unused path",
      given: makeTree({ a: "" }),
      input: { path: "l", target: "a", force: true },
      changes: ["+ l link to a"],
    },
    {
      name: "force replaces a link",
      given: makeTree({ a: "", b: "", l: "-> b" }),
      input: { path: "l", target: "a", force: true },
      changes: ["- l link to b", "+ l link to a"],
      changed: true,
    },
    {
      name: "force replaces a link that leads nowhere",
      given: makeTree({ a: "", l: "-> nowhere" }),
      input: { path: "l", target: "a", force: true },
      changes: ["- l link to nowhere", "+ l link to a"],
    },
    {
      name: "force replaces a link to a folder, and puts nothing into the folder",
      given: makeTree({ a: "", "x/": "", l: "-> x" }),
      input: { path: "l", target: "a", force: true },
      changes: ["- l link to x", "+ l link to a"],
    },
    {
      name: "force keeps a link with the right target",
      given: makeTree({ a: "", l: "-> a" }),
      input: { path: "l", target: "a", force: true },
      changes: [],
      changed: false,
    },
    {
      name: "names with spaces and line ends",
      given: makeTree({ "a b\nc": "" }),
      input: { path: "l\nm", target: "a b\nc" },
      changes: ["+ l\nm link to a b\nc"],
    },
  ]);

  test("the link is a line in the console log", async () => {
    const { run } = await runCase(createSymlink, { name: "", given: makeTree({ a: "" }), input: { path: "l", target: "a" } });
    expect(run.log).toEqual(['created the link "<folder>/l" to "a"']);
  });

  test("replacement is atomic and leaves no temporary file", async () => {
    await withTemporaryFolder(async (folder) => {
      await makeTree({ a: "", b: "", l: "-> b" })(folder);
      const host = createNodeHost();
      const seen: string[] = [];
      const watched =
        (name: "symlink" | "rename" | "unlink" | "rm") =>
        async (...parameters: readonly unknown[]) => {
          seen.push(await readlink(join(folder, "l")));
          // the same call with the same parameters
          return (host.files[name] as (...all: readonly unknown[]) => Promise<void>)(...parameters);
        };
      const files = { ...host.files, symlink: watched("symlink"), rename: watched("rename"), unlink: watched("unlink"), rm: watched("rm") };
      await runAction(createSymlink, { path: "l", target: "a", force: true }, { workingDirectory: folder, host: { ...host, files } });
      expect(seen).toEqual(["b", "b"]);
      expect([...(await readTree(folder)).keys()]).toEqual(["a", "b", "l"]);
    });
  });
});

describe("CreateSymlink, chapter 17: returns an error when", () => {
  testActionCases(createSymlink, [
    {
      name: "the target does not exist",
      input: { path: "x/l", target: "a" },
      reason: 'cannot create link "<folder>/x/l": its target "a" does not exist',
    },
    {
      name: "the target exists in the working directory, not where the link is",
      given: makeTree({ a: "", "x/": "" }),
      input: { path: "x/l", target: "a" },
      reason: 'cannot create link "<folder>/x/l": its target "a" does not exist',
    },
    {
      name: "the target is a dangling link",
      given: makeTree({ m: "-> nowhere" }),
      input: { path: "l", target: "m" },
      reason: 'cannot create link "<folder>/l": its target "m" does not exist',
    },
    {
      name: "a link has the name and force is false",
      given: makeTree({ a: "", l: "-> a" }),
      input: { path: "l", target: "a" },
      reason: 'cannot create link "<folder>/l": a link of this name exists already',
    },
    {
      name: "a file has the name, even if force is true",
      given: makeTree({ a: "", l: "kept" }),
      input: { path: "l", target: "a", force: true },
      reason: 'cannot create link "<folder>/l": it is a file',
    },
    {
      name: "a folder has the name",
      given: makeTree({ a: "", "l/": "" }),
      input: { path: "l", target: "a", force: true },
      reason: 'cannot create link "<folder>/l": it is a folder',
    },
    {
      name: "the link would lead to itself",
      given: makeTree({ a: "", l: "-> a" }),
      input: { path: "l", target: "./l", force: true },
      reason: 'cannot create link "<folder>/l": it would lead to itself',
    },
    {
      name: "one of the parent folders is a file",
      given: makeTree({ a: "", x: "" }),
      input: (folder) => ({ path: "x/l", target: `${folder}/a` }),
      reason: 'cannot create link "<folder>/x/l": a part of the path is not a folder',
    },
    {
      name: "you may not create a link in the folder",
      runAs: "nobody",
      given: makeTree({ a: "" }),
      input: { path: "l", target: "a" },
      reason: 'cannot create link "<folder>/l": permission denied',
    },
    {
      name: "you may not replace the link",
      runAs: "nobody",
      given: makeTree({ a: "", b: "", l: "-> b" }),
      input: { path: "l", target: "a", force: true },
      reason: 'cannot create link "<folder>/l": permission denied',
    },
    {
      name: "you may not create the parent folders",
      runAs: "nobody",
      input: { path: "x/l", target: "/" },
      reason: 'cannot create folder "<folder>/x": permission denied',
    },
  ]);
});

test("CreateSymlink is for Linux and macOS, and finds a folder's path before anything runs", () => {
  expect(createSymlink.platforms).toEqual(["linux", "darwin"]);
  expect(createSymlink.check?.({ path: "/x/", target: "/y" }, "linux")).toEqual([
    { path: ["path"], message: '"path" must name a file, without a path separator at its end; found "/x/"' },
  ]);
});
