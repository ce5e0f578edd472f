import { chmod, mkdir, readdir, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { makeLogFolder } from "./log-place.js";

const RUN = "r-20261128-000001";

test("the folder of a run's logs is new, and for this user only", () =>
  withTemporaryFolder(async (root) => {
    const shared = join(root, "shared");
    expect(await makeLogFolder(shared, RUN)).toBe(join(shared, RUN));
    expect((await stat(join(shared, RUN))).mode & 0o777).toBe(0o700);
    await expect(makeLogFolder(shared, RUN)).rejects.toThrow(`"${join(shared, RUN)}" is refused: something of this name is there already`);
  }));

test("a link that others have put in its place, in a folder that is shared, is not followed", () =>
  withTemporaryFolder(async (root) => {
    const [shared, elsewhere] = [join(root, "shared"), join(root, "elsewhere")];
    for (const folder of [shared, elsewhere]) await mkdir(folder);
    await symlink(elsewhere, join(shared, RUN));
    await expect(makeLogFolder(shared, RUN)).rejects.toMatchObject({
      code: "node-host/path-refused",
      message: `"${join(shared, RUN)}" is refused: something of this name is there already`,
    });
    expect(await readdir(elsewhere)).toEqual([]);
  }));

test("a shared folder in which others could replace it is refused", () =>
  withTemporaryFolder(async (root) => {
    const shared = join(root, "shared");
    await mkdir(shared);
    await chmod(shared, 0o777);
    await expect(makeLogFolder(shared, RUN)).rejects.toThrow(
      `"${join(shared, RUN)}" is refused: "${shared}" is above it, and others than its owner can replace what is in it`,
    );
  }));
