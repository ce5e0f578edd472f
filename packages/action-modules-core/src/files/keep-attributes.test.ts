import { chmod, chown, open, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { asNobody, isRoot, NOBODY, withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { keepAttributes } from "./keep-attributes.js";

const GROUP = 61235;

(isRoot ? test : test.skip)(
  "a user may set the group of a copy to one of the user's groups, and keep the set-group-ID bit (needs root)",
  async () => {
    await withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "original"), "");
      await chown(join(folder, "original"), 61234, GROUP);
      await chmod(join(folder, "original"), 0o6755);
      await chmod(folder, 0o777);
      const facts = await stat(join(folder, "original"));
      // Node always includes the primary group
      const groups = (process.getgroups?.() ?? []).filter((group) => group !== process.getegid?.());
      process.setgroups?.([GROUP]);
      try {
        await asNobody(async () => {
          const copy = await open(join(folder, "copy"), "wx");
          const { mode, uid, gid, atimeMs, mtimeMs } = facts;
          await keepAttributes(copy, join(folder, "copy"), { mode, uid, gid, atimeMs, mtimeMs, exact: true });
          await copy.close();
        });
      } finally {
        process.setgroups?.(groups);
      }
      const { mode, uid, gid, mtimeMs } = await stat(join(folder, "copy"));
      expect({ permissions: (mode & 0o7777).toString(8), uid, gid }).toEqual({ permissions: "2755", uid: NOBODY, gid: GROUP });
      expect(Math.abs(mtimeMs - facts.mtimeMs)).toBeLessThan(1);
    });
  },
);
