import { mkdir, symlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { resolveInRoot } from "./resolve-in-root.js";

test.each([
  ["/", ""],
  ["/etc/hosts", "etc/hosts"],
  ["etc//./hosts/", "etc/hosts"],
  ["/../../etc", "etc"],
  ["/missing/../etc", "etc"],
  ["/absolute/x", "etc/x"],
  ["/etc/nested/x", "etc/x"],
  ["/relative/x", "etc/x"],
  ["/up/x", "etc/x"],
  ["/etc/missing/deep", "etc/missing/deep"],
])("%s is %s below the root", async (path, expected) => {
  await withRoot(async (root) => expect(relative(root, await resolveInRoot(root, path))).toBe(expected));
});

test("links that lead to each other end", async () => {
  await withRoot((root) => expect(resolveInRoot(root, "/loop/x")).rejects.toThrow("too many symbolic links in /loop/x"));
});

function withRoot(body: (root: string) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (root) => {
    await mkdir(join(root, "etc"));
    for (const [name, target] of Object.entries({
      absolute: "/etc",
      "etc/nested": "/etc",
      relative: "etc",
      up: "../../../../etc",
      loop: "pool",
      pool: "/loop",
    }))
      await symlink(target, join(root, name));
    await body(root);
  });
}
