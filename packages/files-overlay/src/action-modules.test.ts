import { chmod, link, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ActionModule, AnyActionModule } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import { createNodeHost } from "@imagewright/node-host";
import { isRoot, readTree, runAction, treeDifference, withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { createOverlay } from "./index.js";

const modules: readonly AnyActionModule[] = [...coreActions, ...linuxActions].filter(({ effects }) => effects === "files");

// a name that is not UTF-8, a link, two names of one file, special bits
async function makeTree(folder: string): Promise<void> {
  await mkdir(join(folder, "tree/sub/empty"), { recursive: true });
  await writeFile(join(folder, "file.txt"), "some text\n", { mode: 0o640 });
  await writeFile(Buffer.concat([Buffer.from(join(folder, "tree/")), Buffer.from([0xe9, 0x2e, 0x74, 0x78, 0x74])]), "latin name");
  for (const name of ["one.txt", "two.txt"]) await writeFile(join(folder, "tree", name), name);
  await writeFile(join(folder, "tree/sub/large"), Buffer.alloc(200_000, "large"));
  await chmod(join(folder, "tree/two.txt"), 0o4755);
  await link(join(folder, "tree/one.txt"), join(folder, "tree/sub/twin"));
  await symlink("../file.txt", join(folder, "tree/link"));
  await mkdir(join(folder, "old"));
  await writeFile(join(folder, "old/one.txt"), "older");
}

type Row = readonly [action: string, input: Readonly<Record<string, unknown>>, needs?: "root"];

const rows: readonly Row[] = [
  ["AppendFile", { path: "file.txt", content: "more" }],
  ["AppendFile", { path: "missing", content: "more" }],
  ["Assert", { fileExists: "file.txt" }],
  ["CopyFile", { source: "file.txt", destination: "copy" }],
  ["CopyFile", { source: "tree/*.txt", destination: "old/" }],
  ["CopyFile", { source: "tree/*.txt", destination: "old/", overwrite: false }],
  ["CopyFolder", { source: "tree", destination: "new" }],
  ["CopyFolder", { source: "tree", destination: "old" }],
  ["CreateFile", { path: "made/new.sh", content: "#!/bin/sh\n", permissions: "0755" }],
  ["CreateFile", { path: "file.txt", content: "other" }],
  ["CreateFile", { path: "file.txt", content: "other", overwrite: false }],
  ["CreateFile", { path: "file.txt", content: "some text\n" }],
  ["CreateFolder", { path: "a/b/c" }],
  ["CreateFolder", { path: "tree" }],
  ["CreateSymlink", { path: "link", target: "file.txt" }],
  ["DeleteFile", { path: "tree/*.txt" }],
  ["DeleteFile", { path: "tree/link" }],
  ["DeleteFolder", { path: "tree", force: true }],
  ["DeleteFolder", { path: "tree" }],
  ["DeleteFolder", { path: "tree/sub/empty" }],
  ["ListFiles", { path: "tree", recursive: true }],
  ["MoveFile", { source: "file.txt", destination: "tree/one.txt" }],
  ["MoveFile", { source: "tree/*.txt", destination: "old/" }],
  ["MoveFolder", { source: "tree", destination: "moved" }],
  ["MoveFolder", { source: "tree", destination: "old" }],
  ["ReadFile", { path: "tree/link" }],
  ["SetFileEncoding", { path: "file.txt", encoding: "utf-16-LE" }],
  ["SetFileOwner", { path: "file.txt", owner: "nobody" }, "root"],
  ["SetFolderOwner", { path: "tree", owner: "nobody", recursive: true }, "root"],
  ["SetFilePermissions", { path: "tree/link", permissions: "0600" }],
  ["SetFolderPermissions", { path: "tree", permissions: "0750", recursive: true }],
];

test("every action on files has a row", () => {
  expect(modules.map(({ name }) => name).filter((name) => !rows.some(([action]) => action === name))).toEqual([]);
});

// only root may change owners
const possible = rows.filter(([, , needs]) => needs === undefined || isRoot).map(([name, input]) => [name, input] as const);

test.each(possible)("%s %j behaves on the overlay as on the real files", async (name, input) => {
  const found = modules.find((module) => module.name === name);
  if (found === undefined) throw new Error(`there is no action ${name} on files`);
  // the rows are written for the schemas
  const module = found as ActionModule<unknown>;
  await withTemporaryFolder(async (root) => {
    const [folder, scratchFolder] = [join(root, "folder"), join(root, "scratch")];
    for (const path of [folder, scratchFolder]) await mkdir(path);
    await makeTree(folder);
    const before = await readTree(folder);
    const overlay = await createOverlay({ files: createNodeHost().files, scratchFolder });
    const planned = await runAction(module, input, { host: { ...createNodeHost(), files: overlay.files }, workingDirectory: folder });
    expect(treeDifference(before, await readTree(folder))).toEqual([]);
    const changes = await overlay.changes();
    const real = await runAction(module, input, { workingDirectory: folder });
    const after = await readTree(folder);
    expect(planned).toEqual(real);
    expect(changes.map(({ kind, path }) => `${kind} ${show(path, folder)}`).sort()).toEqual(kindsOf(before, after));
  });
});

/** The path as shown in a tree. */
function show(path: string | Buffer, folder: string): string {
  return (typeof path === "string" ? path : path.toString("latin1")).slice(folder.length + 1);
}

function kindsOf(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
  return changed.map((path) => `${!before.has(path) ? "created" : !after.has(path) ? "deleted" : "changed"} ${path}`).sort();
}
