import { chmod, mkdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { readHostName, readStoredBuild, writeStoredBuild, type StoredBuild } from "./stored-build.js";

const build: StoredBuild = {
  ...{ id: "b-20261128-4f3a9c", startedAt: "2026-11-28T10:00:00.000Z" },
  plan: {
    recipe: { path: "r", name: "web", semanticVersion: "1.0.0", parentImage: "p", workingDirectory: "/tmp", tags: {}, container: {} },
    ...{ components: [], workflows: [], nestedDocuments: [{ location: "__proto__", text: "x" }] },
  },
  settings: { host: "buildah", pull: false, numbering: "at-end" },
};

/** Reads a stored build after its file was changed. */
async function readChanged(change: (path: string) => Promise<unknown>): Promise<unknown> {
  return withTemporaryFolder(async (folder) => {
    await writeStoredBuild(folder, build);
    await change(join(folder, "build.json"));
    try {
      return readStoredBuild(folder);
    } catch (thrown) {
      return (thrown as Error).message.replace(folder, "FOLDER");
    }
  });
}

const replace = (found: string, by: string) => async (path: string) => writeFile(path, (await readFile(path, "utf8")).replace(found, by));
const refused = (cause: string) => `the stored build "FOLDER/build.json" cannot be used: ${cause}`;

test("it is read as it was written, and only its owner can read the file", () =>
  withTemporaryFolder(async (folder) => {
    expect(readStoredBuild(folder)).toBeUndefined();
    await writeStoredBuild(folder, build);
    expect(readStoredBuild(folder)).toStrictEqual(build);
    expect((await stat(join(folder, "build.json"))).mode & 0o777).toBe(0o600);
  }));

test.each<[string, (path: string) => Promise<unknown>, string]>([
  ["a flipped bit of a value", replace('"p"', '"q"'), "its content does not fit its checksum"],
  ["no content", replace('"build":', '"other":'), "its content does not fit its checksum"],
  ["another version", replace('"schemaVersion": 2', '"schemaVersion": 1'), "its form has version 1, and this program reads version 2"],
  ["half of it", (path) => writeFile(path, "{"), "it is not JSON"],
  ["null", (path) => writeFile(path, "null"), "it is not JSON"],
  ["a file that others can write", (path) => chmod(path, 0o620), "others than its owner can write to it"],
  [
    "a link",
    async (path) => {
      await mkdir(`${path}.other`);
      await writeStoredBuild(`${path}.other`, build);
      await rm(path);
      await symlink(join(`${path}.other`, "build.json"), path);
    },
    "it is a link",
  ],
])("refused: %s", async (_, change, cause) => {
  expect(await readChanged(change)).toBe(refused(cause));
});

test("the host can be told from a damaged file", () =>
  withTemporaryFolder(async (folder) => {
    await writeStoredBuild(folder, build);
    const path = join(folder, "build.json");
    await writeFile(path, (await readFile(path, "utf8")).slice(0, -20));
    expect(readHostName(folder)).toBe("buildah");
    await writeFile(path, "");
    expect(readHostName(folder)).toBeUndefined();
  }));
