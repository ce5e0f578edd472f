import { chmod, chown, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { isRoot, NOBODY, withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { placeOfOthers } from "./place-of-others.js";
import { requireRootsFolders } from "./require-roots-folders.js";

const asRoot = isRoot ? test : test.skip;

/** A folder of root's with one of another user's, one for everybody, and links that lead there. */
function withFolders(body: (folder: string) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    for (const name of ["own", "theirs", "theirs/own", "open", "open/own", "sticky", "sticky/own"]) await mkdir(join(folder, name), 0o755);
    await chown(join(folder, "theirs"), NOBODY, NOBODY);
    await chmod(join(folder, "open"), 0o775);
    await chmod(join(folder, "sticky"), 0o1777);
    await symlink("../own", join(folder, "own/link"));
    await symlink(join(folder, "theirs/own"), join(folder, "own/away"));
    await symlink("loop", join(folder, "loop"));
    await body(folder);
  });
}

asRoot.each([
  ["own", undefined],
  ["own/new/deep", undefined],
  ["own/link/new", undefined],
  ["sticky/own/new", undefined],
  ["theirs/own", "theirs"],
  ["own/away/new", "theirs"],
  ["open/own", "open"],
  ["open/new", "open"],
  ["sticky", "sticky"],
  ["sticky/new", "sticky"],
  ["loop", "loop"],
])("on the way to %s others can change: %s (needs root)", (path, expected) =>
  withFolders(async (folder) => {
    expect(await placeOfOthers(join(folder, path))).toBe(expected === undefined ? undefined : join(folder, expected));
  }),
);

asRoot("root keeps nothing where others decide what a path leads to (needs root)", () =>
  withFolders(async (folder) => {
    const setting = (name: string) => ({ value: join(folder, name), origin: { kind: "flag", name: "--data-dir" } as const });
    const configuration = {
      endpoints: {},
      region: undefined,
      profile: undefined,
      endpoint: undefined,
      roleArn: undefined,
      privateAddresses: { value: "allowed" as const, origin: { kind: "default" as const } },
      credentials: undefined,
    };
    const require = (dataFolder: string, stateFolder: string) =>
      requireRootsFolders({ ...configuration, dataFolder: setting(dataFolder), stateFolder: setting(stateFolder) });
    await require("own/data", "own/state");
    await expect(require("own/away", "own")).rejects.toMatchObject({
      code: "configuration/folder-of-others",
      message: `the data folder "${folder}/own/away" (from --data-dir) is no place for root's files: others than root can change "${folder}/theirs"`,
    });
    await expect(require("own", "open/state")).rejects.toMatchObject({
      message: `the state folder "${folder}/open/state" (from --data-dir) is no place for root's files: others than root can change "${folder}/open"`,
    });
  }),
);
