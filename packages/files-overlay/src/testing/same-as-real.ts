import { chmod, chown, link, mkdir, symlink, writeFile } from "node:fs/promises";
import * as nodeFiles from "node:fs/promises";
import { join } from "node:path";
import type { FileSystem } from "@imagewright/action-contract";
import { asNobody, isRoot, NOBODY, readTree, withTemporaryFolder } from "@imagewright/test-kit";
import { expect } from "@jest/globals";
import fc from "fast-check";
import { createOverlay } from "../index.js";
import { mountDisk, unmountDisks } from "./disks.js";
import { describeTree, fileOperation, type FileOperation } from "./file-operations.js";

// links that lead out of the tree lead to the test's own empty folders
const DEPTH = "1/2/3/4/5/6/tree";

/** A tree with each kind of entry; half of it belongs to somebody else where possible, and a part may be on another disk. */
async function makeTree(folder: string, owner: number, hasDisk: boolean): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, mode] of [
    ["a", 0o755],
    ["a/b", 0o2775],
    ["a/b/c", 0o700],
    ["b", 0o1777],
    ["b/a", 0o555],
  ] as const) {
    await mkdir(join(folder, path));
    if (hasDisk && path === "a/b") mountDisk(join(folder, path));
    await chmod(join(folder, path), mode);
  }
  for (const [path, mode] of [
    ["a/a", 0o644],
    ["a/b/a", 0o4755],
    ["b/b", 0o600],
    ["c", 0o666],
    ["b/a/d", 0o444],
  ] as const) {
    await writeFile(join(folder, path), `content of ${path}`);
    await chmod(join(folder, path), mode);
  }
  for (const [path, target] of [
    ["a/d", "../b"],
    ["b/c", "../c"],
    ["d", "nowhere"],
    ["a/c", "c"],
  ] as const)
    await symlink(target, join(folder, path));
  await link(join(folder, "c"), join(folder, "b/d"));
  if (!isRoot) return;
  for (const path of [".", "a", "a/a", "b/a", "c"]) await chown(join(folder, path), owner, owner);
}

/** The outcome of an operation: its value or its error's code, without the names of the folder and its parents, to which links may lead. */
async function outcome(operation: FileOperation, files: FileSystem, folder: string): Promise<string> {
  const result = await operation.run(files, folder).then(
    (value) => JSON.stringify(value) ?? "done",
    (thrown: NodeJS.ErrnoException) => thrown.code ?? String(thrown),
  );
  return `${operation.name}: ${result.replaceAll(folder, "<folder>").replaceAll(folder.slice(0, -DEPTH.length), "<above>/")}`;
}

/** Who runs the operations, an unprivileged user or the user who runs the test, and whether a part of the tree is on another disk. */
interface Circumstances {
  readonly nobody: boolean;
  readonly hasDisk?: boolean;
}

/** Runs the same operations on real files and on an overlay, and expects the same outcome of each and the same final tree. */
async function runBoth(operations: readonly FileOperation[], { nobody, hasDisk = false }: Circumstances): Promise<void> {
  const oldMask = process.umask(0o027);
  try {
    await withTemporaryFolder((root) => runIn(root, operations, nobody, hasDisk).finally(() => unmountDisks(root)));
  } finally {
    process.umask(oldMask);
  }
}

async function runIn(root: string, operations: readonly FileOperation[], nobody: boolean, hasDisk: boolean): Promise<void> {
  await chmod(root, 0o755);
  const [real, below, scratchFolder] = [join(root, "real", DEPTH), join(root, "below", DEPTH), join(root, "scratch")];
  for (const each of [real, below]) await makeTree(each, nobody ? NOBODY : 1000, hasDisk);
  for (const each of ["real", "below"]) await openPath(join(root, each));
  await mkdir(scratchFolder, { mode: 0o777 });
  if (nobody) await chown(scratchFolder, NOBODY, NOBODY);
  const [before, untouched] = [await describeTree(nodeFiles, real), await readTree(below)];
  const overlay = await createOverlay({ files: nodeFiles, scratchFolder });
  const reported: { readonly real: string[]; readonly view: string[] } = { real: [], view: [] };
  for (const operation of operations) {
    reported.real.push(await as(nobody, () => outcome(operation, nodeFiles, real)));
    reported.view.push(await as(nobody, () => outcome(operation, overlay.files, below)));
    expect(reported.view.at(-1)).toBe(reported.real.at(-1));
  }
  const after = await describeTree(nodeFiles, real);
  expect(await describeTree(overlay.files, below)).toEqual(after);
  expect(await readTree(below)).toEqual(untouched);
  expect(
    (await overlay.changes())
      .filter(({ path }) => String(path).startsWith(`${below}/`))
      .map(({ kind, path }) => `${kind} ${String(path).slice(below.length + 1)}`),
  ).toEqual(kindsOf(before, after));
}

/** Lets everybody access the tree. */
async function openPath(folder: string): Promise<void> {
  const parts = DEPTH.split("/");
  for (let length = 0; length < parts.length; length++) await chmod(join(folder, ...parts.slice(0, length)), 0o755);
}

function as<Result>(nobody: boolean, body: () => Promise<Result>): Promise<Result> {
  return nobody ? asNobody(body) : body();
}

/** Which paths differ between two descriptions, and how. */
function kindsOf(before: readonly string[], after: readonly string[]): string[] {
  const byPath = (lines: readonly string[]) =>
    new Map(lines.map((line) => [line.split(" ")[0] ?? "", line.replace(/( file \S+ \S+) \d+/, "$1")]));
  const [old, now] = [byPath(before), byPath(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort();
  return paths.flatMap((path) => {
    const [one, other] = [old.get(path), now.get(path)];
    if (one === other) return [];
    return [`${one === undefined ? "created" : other === undefined ? "deleted" : "changed"} ${path}`];
  });
}

const ids = isRoot ? [0, 1000, NOBODY] : [process.getuid?.() ?? 0];

// earlier failures, found by random tests
const FOUND: readonly FileOperation[] = [
  { name: "chown a/b/a", run: (files, folder) => files.chown(`${folder}/a/b/a`, -1, -1) },
  { name: "chown a/a", run: (files, folder) => files.chown(`${folder}/a/a`, -1, -1) },
];

/** Checks the given number of random sequences of operations. */
export async function checkSequences({ numRuns, ...circumstances }: Circumstances & { readonly numRuns: number }): Promise<void> {
  for (const operation of FOUND) await runBoth([operation], circumstances);
  const sequences = fc.array(fileOperation(ids, isRoot && !circumstances.nobody), { minLength: 1, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(sequences, (operations) => runBoth(operations, circumstances)),
    { numRuns },
  );
}
