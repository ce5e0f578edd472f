// What others can have put where builds and runs are kept: root removed whatever a link of theirs led to.
import { chmod, mkdir, readdir, symlink, utimes } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import type { ContainerHost } from "@imagewright/build-hosts";
import { ImageStore } from "../store/image-store.js";
import { BuildFolders } from "./build-folders.js";
import { removeAbandoned } from "./remove-abandoned.js";

// it is not asked for anything before the folders are judged
const host = {} as ContainerHost;

test.each<[string, (path: string, precious: string) => Promise<unknown>, string]>([
  ["is a link", (path, precious) => symlink(precious, path), "it is a link"],
  [
    "others can write to",
    async (path) => {
      await mkdir(path);
      await chmod(path, 0o1777);
    },
    "others than its owner can write to it",
  ],
])("nothing is removed where the folder of builds, or of runs, %s", (_what, make, reason) =>
  withTemporaryFolder(async (root) => {
    const precious = join(root, "precious");
    const before = new Date(Date.now() - 3_600_000);
    for (const name of ["etc", ".removed~0123456789abcdef"]) {
      await mkdir(join(precious, name), { recursive: true });
      await utimes(join(precious, name), before, before);
    }
    for (const name of ["builds", "runs"]) {
      const dataFolder = join(root, `data-of-${name}`);
      await mkdir(dataFolder);
      await make(join(dataFolder, name), precious);
      const folders = new BuildFolders({ dataFolder, stateFolder: join(root, "state") });
      await expect(removeAbandoned(folders, { host, store: new ImageStore(dataFolder) })).rejects.toMatchObject({
        code: "node-host/path-refused",
        message: `"${join(dataFolder, name)}" is refused: ${reason}`,
      });
    }
    expect((await readdir(precious)).sort()).toEqual([".removed~0123456789abcdef", "etc"]);
  }),
);
