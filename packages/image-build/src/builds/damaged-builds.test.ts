import { spawnSync } from "node:child_process";
import { chmod, mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { BuildFolders } from "./build-folders.js";
import { holdBuild } from "./held-build.js";
import { listBuilds } from "./list-builds.js";
import { removeUnstored } from "./remove-unstored.js";
import { writeStoredBuild, type StoredBuild } from "./stored-build.js";

const [ONE, OTHER] = ["b-20261128-000001", "b-20261128-000002"];

const buildOf = (id: string): StoredBuild => ({
  ...{ id, startedAt: "2026-11-28T10:00:00.000Z" },
  plan: {
    recipe: { path: "r", name: "web", semanticVersion: "1.0.0", parentImage: "p", workingDirectory: "/tmp", tags: {}, container: {} },
    ...{ components: [], workflows: [], nestedDocuments: [] },
  },
  settings: { host: "buildah", pull: false, numbering: "at-end" },
});

/** Two stored builds, of which the first one is changed. */
const withBuilds = (change: (folder: string) => Promise<unknown>, body: (folders: BuildFolders, data: string) => Promise<void>) =>
  withTemporaryFolder(async (data) => {
    const folders = new BuildFolders({ dataFolder: data, stateFolder: join(data, "state") });
    for (const id of [ONE, OTHER]) {
      await mkdir(folders.folderOf(id), { recursive: true, mode: 0o700 });
      await writeStoredBuild(folders.folderOf(id), buildOf(id));
    }
    await change(folders.folderOf(ONE));
    await body(folders, data);
  });

async function replace(path: string, make: () => Promise<unknown>): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await make();
}

const pipe = (path: string) => replace(path, () => Promise.resolve(spawnSync("mkfifo", [path])));

test.each<[string, (folder: string) => Promise<unknown>, string]>([
  ["whose file is a pipe", (folder) => pipe(join(folder, "build.json")), '" cannot be used: it is not a regular file'],
  [
    "whose file is a link",
    (folder) => replace(join(folder, "build.json"), () => symlink(join(folder, "..", OTHER, "build.json"), join(folder, "build.json"))),
    '" cannot be used: it is a link',
  ],
  ["that others can write to", (folder) => chmod(folder, 0o777), 'FOLDER" is refused: others than its owner can write to it'],
  ["whose lease is a file", (folder) => writeFile(join(folder, "lease"), ""), "ENOTDIR"],
  ["whose stage is a pipe", (folder) => pipe(join(folder, "stage")), 'FOLDER/stage" is refused: it is not a regular file'],
  ["whose end is a pipe", (folder) => pipe(join(folder, "end.json")), '" cannot be used: it is not a regular file'],
  [
    "whose end is damaged",
    (folder) => writeFile(join(folder, "end.json"), "{}"),
    '" cannot be used: it is damaged: it does not have a checksum',
  ],
])("a build %s hides no other", (_name, change, problem) =>
  withBuilds(change, async (folders) => {
    const found = await listBuilds(folders);
    expect(found.map(({ id, status }) => [id, status])).toEqual([
      [ONE, "resumable"],
      [OTHER, "resumable"],
    ]);
    const [damaged, other] = found;
    expect(damaged?.problem?.replace(folders.folderOf(ONE), "FOLDER")).toContain(problem);
    expect(other?.problem).toBeUndefined();
  }),
);

test.each<[string, string, string]>([
  ["a folder that others can write to", ONE, 'FOLDER" is refused: others than its owner can write to it'],
  ["a path out of the folder of builds", "../../x", 'no build "../../x"'],
  ["a path to a build", `../builds/${OTHER}`, `no build "../builds/${OTHER}"`],
])("not resumed and not discarded: %s", (_name, id, message) =>
  withBuilds(
    (folder) => chmod(folder, 0o777),
    async (folders) => {
      const thrown: unknown = await holdBuild(folders, id).catch((error: unknown) => error);
      expect((thrown as Error).message.replace(folders.folderOf(ONE), "FOLDER")).toContain(message);
      expect(await readdir(folders.folderOf(ONE))).toEqual(["build.json"]);
    },
  ),
);

test("a build that has ended while its end is damaged is neither resumed nor discarded", () =>
  withBuilds(
    async (folder) => {
      await rm(join(folder, "build.json"));
      await writeFile(join(folder, "end.json"), "{}");
    },
    async (folders) => {
      await expect(holdBuild(folders, ONE)).rejects.toMatchObject({
        code: "image-build/build-ended",
        message: expect.stringMatching(
          /^build "b-20261128-000001" cannot be resumed or discarded: it has ended, and it is not known how: the stored build ".*" cannot be used: it is damaged: it does not have a checksum$/,
        ),
      });
    },
  ));

test("builds in a folder that others can write to are refused altogether", () =>
  withBuilds(
    (folder) => chmod(join(folder, ".."), 0o777),
    async (folders) => {
      await expect(listBuilds(folders)).rejects.toThrow(`"${folders.root}" is refused: others than its owner can write to it`);
    },
  ));

test("the rest of a build that was being removed is removed", () =>
  withBuilds(
    () => Promise.resolve(),
    async (folders) => {
      await mkdir(join(folders.root, ".removed~0123456789abcdef", "logs"), { recursive: true });
      await removeUnstored(folders);
      expect((await readdir(folders.root)).sort()).toEqual([ONE, OTHER]);
    },
  ));
