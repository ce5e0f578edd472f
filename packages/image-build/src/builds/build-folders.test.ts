import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { BuildFolders } from "./build-folders.js";
import { createBuildId, createRunId } from "./build-id.js";

const now = new Date("2026-11-28T23:59:59Z");

test("ids have the day and a random part; each build has a folder of its own", () =>
  withTemporaryFolder(async (root) => {
    expect([createBuildId(now), createRunId(now)]).toEqual([
      expect.stringMatching(/^b-20261128-[0-9a-f]{6}$/),
      expect.stringMatching(/^r-20261128-[0-9a-f]{6}$/),
    ]);
    const folders = new BuildFolders({ dataFolder: root, stateFolder: join(root, "state") });
    const created = [await folders.create(now), await folders.create(now)];
    expect([...(await folders.ids())].sort()).toEqual([...created].sort());
    const [first = ""] = created;
    expect(await folders.require(first)).toBe(join(root, "builds", first));
    await expect(folders.require(`${first.slice(0, -1)}x`)).rejects.toMatchObject({
      code: "image-build/build-unknown",
      message: expect.stringMatching(/^no build "\S+"; did you mean "b-20261128-[0-9a-f]{6}"\?$/),
    });
    // another build of that day is not meant
    await expect(folders.require(createBuildId(now))).rejects.toMatchObject({ message: expect.stringMatching(/^no build "\S+"$/) });
  }));

/** Two data folders that use one state folder, in which a build of the first one is known as an owner. */
async function buildOfOneOfTwo(root: string) {
  const stateFolder = join(root, "state");
  const foldersIn = (name: string) => new BuildFolders({ dataFolder: join(root, name), stateFolder });
  const [one, other] = [foldersIn("one"), foldersIn("other")];
  const id = await one.create(now);
  await one.addOwner(id, one.folderOf(id));
  return { stateFolder, one, other, id };
}

test("who owns something is known to all data folders that use one state folder", () =>
  withTemporaryFolder(async (root) => {
    const { stateFolder, one, other, id } = await buildOfOneOfTwo(root);
    expect(other.isOwner(id)).toBe(false);
    await writeFile(join(one.folderOf(id), "build.json"), "{}");
    expect(other.isOwner(id)).toBe(true);
    await other.forgetOwners();
    expect(other.isOwner(id)).toBe(true);
    await rm(join(one.folderOf(id), "build.json"));
    expect(one.isOwner(id)).toBe(false);
    await other.forgetOwners();
    expect(await readdir(join(stateFolder, "owners"))).toEqual([]);
  }));

test("a note about an owner of which any bit is flipped is one error with its file: nothing takes a build that goes on for dead", () =>
  withTemporaryFolder(async (root) => {
    const { stateFolder, one, other, id } = await buildOfOneOfTwo(root);
    await writeFile(join(one.folderOf(id), "build.json"), "{}");
    const note = join(stateFolder, "owners", id);
    const text = await readFile(note);
    for (let index = 0; index < text.length; index++) {
      const flipped = Buffer.from(text);
      flipped[index] = (flipped[index] ?? 0) ^ (1 << (index % 8));
      await writeFile(note, flipped);
      await expect(other.forgetOwners()).rejects.toMatchObject({
        code: "image-build/owner-not-readable",
        message: expect.stringMatching(/^the note "\S+" about what has machines and images cannot be used: it is damaged: its? /),
        hints: [`once ${id} does not go on any more: rm ${note}`],
      });
    }
    expect(await readdir(join(stateFolder, "owners"))).toEqual([id]);
  }));

test("a run is an owner as long as it has its folder; others are none", () =>
  withTemporaryFolder(async (root) => {
    const folders = new BuildFolders({ dataFolder: root, stateFolder: join(root, "state") });
    const folder = join(folders.runs, "r-20261128-000001");
    await mkdir(folder, { recursive: true });
    await folders.addOwner("r-20261128-000001", folder);
    expect(["r-20261128-000001", "b-20261128-000001", "../../etc/passwd", ""].map((id) => folders.isOwner(id))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    await folders.removeOwner("r-20261128-000001");
    expect(folders.isOwner("r-20261128-000001")).toBe(false);
  }));
