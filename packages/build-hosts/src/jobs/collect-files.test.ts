import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readTree, withTemporaryFolder } from "@imagewright/test-kit";
import { collectFiles } from "./collect-files.js";
import { openFolder } from "./open-inside.js";

const LIMITS = { fileBytes: 1000, totalBytes: 10_000, files: 100 };

/** Collects the files of a run into a folder that others can write to, after they have done something to it. */
async function collectInto(root: string, before: (shared: string) => Promise<unknown>) {
  const [from, shared] = [join(root, "from"), join(root, "shared")];
  await mkdir(join(from, "TOE_1", "sub"), { recursive: true });
  await writeFile(join(from, "TOE_1", "console.log"), "log");
  await writeFile(join(from, "TOE_1", "sub", "more"), "more");
  await mkdir(shared);
  await before(shared);
  const source = await openFolder(from);
  if (source === undefined) throw new Error("no folder to collect from");
  const request = { folder: shared, accepts: () => true, limits: LIMITS };
  try {
    return [await collectFiles(source, request), await collectFiles(source, request)];
  } finally {
    await source.handle.close();
  }
}

test("into a folder of this user: again replaces what was collected before", () =>
  withTemporaryFolder(async (root) => {
    const [first, again] = await collectInto(root, (shared) => mkdir(join(shared, "TOE_1"), { mode: 0o700 }));
    expect([...(first?.files ?? [])].sort()).toEqual(["TOE_1/console.log", "TOE_1/sub/more"]);
    expect(again).toEqual(first);
    const found = await readTree(join(root, "shared"));
    expect(Object.fromEntries([...found].map(([path, text]) => [path, text.replace(/ \d+:\d+/, "")]))).toEqual({
      ...{ TOE_1: "folder 0700", "TOE_1/console.log": 'file 0600 "log"' },
      ...{ "TOE_1/sub": "folder 0700", "TOE_1/sub/more": 'file 0600 "more"' },
    });
  }));

test.each(["TOE_1", "TOE_1/sub"])("a link that others have made in the place of %s is refused, and nothing is written through it", (name) =>
  withTemporaryFolder(async (root) => {
    const elsewhere = join(root, "elsewhere");
    await mkdir(elsewhere);
    const collected = collectInto(root, async (shared) => {
      if (name !== "TOE_1") await mkdir(join(shared, "TOE_1"), { mode: 0o700 });
      await symlink(elsewhere, join(shared, name));
    });
    await expect(collected).rejects.toMatchObject({
      code: "node-host/path-refused",
      message: expect.stringMatching(/\/(TOE_1|sub)" is refused: it is no folder$/),
    });
    expect(await readdir(elsewhere)).toEqual([]);
  }),
);
