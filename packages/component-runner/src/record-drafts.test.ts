import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createNodeHost } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { recordDrafts } from "./record-drafts.js";
import { inTemporaryFolder } from "./temporary-folder.js";

test("a temporary file next to another one is recorded before it is made, and once", () =>
  withTemporaryFolder(async (folder) => {
    const record = join(folder, "record");
    await mkdir(record);
    const { files } = createNodeHost();
    const seen: string[] = [];
    const open: typeof files.open = async (path, ...rest) => {
      seen.push(await readFile(join(record, "drafts"), "utf8").catch(() => ""));
      return files.open(path, ...rest);
    };
    const recorded = recordDrafts({ ...files, open }, record);
    const draft = join(folder, ".imagewright-0123456789abcdef");
    await (await recorded.open(draft, "wx")).close();
    await (await recorded.open(Buffer.from(draft), "r")).close();
    await (await recorded.open(join(folder, "other"), "wx")).close();
    await recorded.symlink("target", `${draft}-link`);
    expect(seen).toEqual(Array.from({ length: 3 }, () => `${JSON.stringify(draft)}\n`));
    expect(await readFile(join(record, "drafts"), "utf8")).toBe(`${JSON.stringify(draft)}\n${JSON.stringify(`${draft}-link`)}\n`);
  }));

test("what an action has left is removed at the end of the run, except for a download that can be continued", () =>
  withTemporaryFolder(async (folder) => {
    await inTemporaryFolder(async (record) => {
      const files = recordDrafts(createNodeHost().files, record);
      for (const name of ["0123456789abcdef", "0123456789abcdef.part", "0123456789abcdef.json"])
        await files.writeFile(join(folder, `.imagewright-${name}`), "");
      await writeFile(join(folder, "file"), "");
    });
    expect((await readdir(folder)).sort()).toEqual([".imagewright-0123456789abcdef.json", ".imagewright-0123456789abcdef.part", "file"]);
  }));
