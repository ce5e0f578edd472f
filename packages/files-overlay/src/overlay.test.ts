import { constants } from "node:fs";
import * as nodeFiles from "node:fs/promises";
import { join } from "node:path";
import { createNodeHost } from "@imagewright/node-host";
import { readTree, treeDifference, withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { createOverlay, type FileChange, type Overlay } from "./index.js";
import { canMountDisk, mountDisk, unmountDisks } from "./testing/disks.js";

interface Given {
  readonly folder: string;
  readonly overlay: Overlay;
  readonly files: Overlay["files"];
}

/** Runs the body on an overlay over a folder with some files; afterwards the folder must be unchanged. */
async function withOverlay(body: (given: Given) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (root) => {
    const [folder, scratchFolder] = [join(root, "real"), join(root, "scratch")];
    for (const path of [folder, scratchFolder, join(folder, "sub"), join(folder, "sub/deep")]) await nodeFiles.mkdir(path, { mode: 0o755 });
    await nodeFiles.writeFile(join(folder, "a"), "alpha", { mode: 0o644 });
    await nodeFiles.writeFile(join(folder, "sub/b"), "beta", { mode: 0o640 });
    await nodeFiles.symlink("sub/b", join(folder, "link"));
    const before = await readTree(folder);
    const overlay = await createOverlay({ files: createNodeHost().files, scratchFolder });
    await body({ folder, overlay, files: overlay.files });
    expect(treeDifference(before, await readTree(folder))).toEqual([]);
  });
}

const me = { uid: process.geteuid?.(), gid: process.getegid?.() };
const file = (mode: number, content: string) => ({ type: "file", mode, ...me, size: content.length, content: Buffer.from(content) });

/** The errors of operations that fail. */
async function errorsOf(attempts: readonly Promise<unknown>[]): Promise<unknown[]> {
  return (await Promise.allSettled(attempts)).map((result) => {
    if (result.status === "fulfilled") return "no error";
    const { message, code, errno, syscall, path, dest } = result.reason as NodeJS.ErrnoException & { readonly dest?: string };
    // newer versions of Node do not name the file that cannot be read
    if (syscall === "read") return { code, errno, syscall };
    return { message: code?.startsWith("ERR_INVALID") === true ? "" : message, code, errno, syscall, path, dest };
  });
}

function below(folder: string, changes: readonly FileChange[]): unknown[] {
  return changes.map(({ path, ...rest }) => ({ path: String(path).replace(`${folder}/`, ""), ...rest }));
}

describe("changes", () => {
  test("without operations there are no changes", () =>
    withOverlay(async ({ folder, overlay, files }) => {
      await files.readFile(join(folder, "link"));
      await files.readdir(folder);
      expect(await overlay.changes()).toEqual([]);
    }));

  test("a file is written, made and removed", () =>
    withOverlay(async ({ folder, overlay, files }) => {
      await files.appendFile(join(folder, "a"), "bet");
      await files.writeFile(join(folder, "new"), "n", { mode: 0o600 });
      await files.unlink(join(folder, "sub/b"));
      expect(below(folder, await overlay.changes())).toEqual([
        { path: "a", kind: "changed", before: file(0o644, "alpha"), after: file(0o644, "alphabet") },
        { path: "new", kind: "created", after: file(0o600, "n") },
        { path: "sub/b", kind: "deleted", before: file(0o640, "beta") },
      ]);
    }));

  test("permissions, owners and links", () =>
    withOverlay(async ({ folder, overlay, files }) => {
      await files.chmod(join(folder, "link"), 0o600);
      await files.symlink("a", join(folder, "other"));
      expect(below(folder, await overlay.changes())).toEqual([
        { path: "other", kind: "created", after: { type: "link", ...me, target: Buffer.from("a") } },
        { path: "sub/b", kind: "changed", before: file(0o640, "beta"), after: file(0o600, "beta") },
      ]);
    }));

  test("a reverted change is not listed", () =>
    withOverlay(async ({ folder, overlay, files }) => {
      await files.writeFile(join(folder, "a"), "other");
      await files.writeFile(join(folder, "a"), "alpha");
      await files.rename(join(folder, "sub"), join(folder, "moved"));
      await files.rename(join(folder, "moved"), join(folder, "sub"));
      await files.rm(join(folder, "link"));
      await files.symlink("sub/b", join(folder, "link"));
      await files.mkdir(join(folder, "passing"));
      await files.rmdir(join(folder, "passing"));
      expect(await overlay.changes()).toEqual([]);
    }));

  test("a moved folder is listed as deleted and created, with its content", () =>
    withOverlay(async ({ folder, overlay, files }) => {
      await files.rename(join(folder, "sub"), join(folder, "moved"));
      const changes = below(folder, await overlay.changes()) as { readonly path: string; readonly kind: string }[];
      expect(changes.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
        "created moved",
        "created moved/b",
        "created moved/deep",
        "deleted sub",
        "deleted sub/b",
        "deleted sub/deep",
      ]);
    }));

  test("a long file is listed with its checksum", () =>
    withOverlay(async ({ folder, overlay, files }) => {
      await files.writeFile(join(folder, "long"), Buffer.alloc(100_000));
      expect(below(folder, await overlay.changes())).toEqual([
        {
          path: "long",
          kind: "created",
          after: {
            type: "file",
            mode: 0o666 & ~process.umask(),
            ...me,
            size: 100_000,
            sha256: "9192c25b734fcbadbe32dadc28089c60db0e39f90cc20ce2e5733f57261acc0c",
          },
        },
      ]);
    }));

  test("counts the names of a file that have not been loaded", () =>
    withOverlay(async ({ folder, overlay, files }) => {
      await nodeFiles.link(join(folder, "a"), join(folder, "sub/twin"));
      try {
        await files.appendFile(join(folder, "a"), "bet");
        expect(await overlay.changes()).toMatchObject([{ path: join(folder, "a"), kind: "changed", otherNames: 1 }]);
        expect(await files.readFile(join(folder, "sub/twin"), "utf8")).toBe("alphabet");
        const changes = await overlay.changes();
        expect(changes.map(({ path, otherNames }) => [path, otherNames])).toEqual([
          [join(folder, "a"), undefined],
          [join(folder, "sub/twin"), undefined],
        ]);
        await files.writeFile(join(folder, "new"), "n");
        await files.rename(join(folder, "new"), join(folder, "a"));
        expect((await overlay.changes()).find(({ path }) => path === join(folder, "a"))).not.toHaveProperty("otherNames");
      } finally {
        await nodeFiles.unlink(join(folder, "sub/twin"));
      }
    }));

  test("names that are not UTF-8 are bytes", () =>
    withOverlay(async ({ folder, overlay, files }) => {
      const path = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0x0a])]);
      await files.writeFile(path, "");
      expect((await overlay.changes()).map((change) => change.path)).toEqual([path]);
      expect(await files.readdir(folder, { encoding: "buffer" })).toContainEqual(Buffer.from([0xff, 0x0a]));
    }));
});

describe("the view", () => {
  test("does not show the scratch folder", () =>
    withOverlay(async ({ folder, files }) => {
      expect(await files.readdir(join(folder, ".."))).toEqual(["real"]);
      await expect(files.stat(join(folder, "../scratch"))).rejects.toMatchObject({ code: "ENOENT" });
    }));

  (process.platform === "linux" ? test : test.skip)("rejects changes whose effects cannot be predicted, and lists where", () =>
    withOverlay(async ({ folder, overlay, files }) => {
      expect(await files.readFile("/proc/self/comm", "utf8")).not.toBe("");
      expect(overlay.unpredictable()).toEqual([]);
      const refused = [
        files.writeFile("/proc/new", ""),
        files.appendFile("/proc/self/comm", "x"),
        files.mkdir("/proc/sys/kernel/new/deep", { recursive: true }),
        files.chmod("/proc/self/comm", 0o600),
        files.unlink("/proc/self/comm"),
        files.copyFile(join(folder, "a"), "/proc/new"),
      ];
      for (const result of await Promise.allSettled(refused))
        expect(result).toMatchObject({ status: "rejected", reason: { code: "ENOTSUP" } });
      expect(overlay.unpredictable()).toEqual(refused.map(() => "/proc"));
      expect(await overlay.changes()).toEqual([]);
    }),
  );

  test("a write to a file with two names is listed under both", () =>
    withOverlay(async ({ folder, files }) => {
      await files.link(join(folder, "a"), join(folder, "twin"));
      await files.writeFile(join(folder, "twin"), "both");
      expect([await files.readFile(join(folder, "a"), "utf8"), (await files.stat(join(folder, "a"))).nlink]).toEqual(["both", 2]);
    }));

  test("an open file shows writes through other handles, and outlives its name", () =>
    withOverlay(async ({ folder, files }) => {
      const reader = await files.open(join(folder, "a"), "r");
      expect((await reader.read(Buffer.alloc(2), 0, 2, null)).buffer.toString()).toBe("al");
      await files.writeFile(join(folder, "a"), "12345");
      await files.unlink(join(folder, "a"));
      expect(await reader.readFile("utf8")).toBe("345");
      await reader.close();
      await expect(reader.read()).rejects.toMatchObject({ code: "EBADF" });
    }));

  test("an open file appends, streams and truncates", () =>
    withOverlay(async ({ folder, files }) => {
      const handle = await files.open(join(folder, "a"), constants.O_RDWR | constants.O_APPEND);
      await handle.write("bet", 0);
      await handle.truncate(7);
      const pieces: Buffer[] = [];
      for await (const piece of handle.createReadStream({ start: 1, autoClose: false })) pieces.push(piece as Buffer);
      expect([Buffer.concat(pieces).toString(), (await handle.stat()).size]).toEqual(["lphabe", 7]);
      await handle.close();
    }));

  test("a link to a folder with a trailing separator is silently not removed, as in Node", () =>
    withOverlay(async ({ folder, overlay, files }) => {
      const [link, untouched] = [join(folder, "to-sub"), await readTree(join(folder, "sub"))];
      for (const each of [nodeFiles, files]) {
        await each.symlink("sub", link);
        await each.rm(`${link}/`, { recursive: true });
        expect(await each.readlink(link)).toBe("sub");
        if (each === nodeFiles) await each.unlink(link);
      }
      expect(await readTree(join(folder, "sub"))).toEqual(untouched);
      expect((await overlay.changes()).map(({ kind, path }) => [kind, path])).toEqual([["created", link]]);
    }));

  test("errors are like Node's own", () =>
    withOverlay(async ({ folder, files }) => {
      const attempts = (of: Overlay["files"]) => [
        of.readFile(join(folder, "no")),
        of.rename(join(folder, "no"), join(folder, "yes")),
        of.mkdir(join(folder, "sub")),
        of.rmdir(join(folder, "sub")),
        of.readFile(join(folder, "sub")),
        of.stat(join(folder, "a/b")),
        of.rm(join(folder, "sub")),
        of.symlink("x", join(folder, "a")),
        of.readFile("a\0b"),
        of.open(join(folder, "a"), "zz"),
      ];
      expect(await errorsOf(attempts(files))).toEqual(await errorsOf(attempts(nodeFiles)));
    }));

  (canMountDisk ? test : test.skip)("nothing can be renamed across mounts, as on the machine (needs root)", () =>
    withOverlay(async ({ folder }) => {
      const disk = join(folder, "sub/deep");
      mountDisk(disk);
      try {
        // the view reads the mounts when it is opened
        const { files } = await createOverlay({ files: nodeFiles, scratchFolder: join(folder, "../scratch") });
        const attempts = (of: Overlay["files"]) => [
          of.rename(join(folder, "a"), join(disk, "a")),
          of.rename(disk, join(folder, "elsewhere")),
          of.rename(`${disk}/.`, join(folder, "elsewhere")),
          of.rename(`${disk}/..`, join(folder, "elsewhere")),
          of.rename(`${folder}/sub/.`, join(folder, "elsewhere")),
          of.rename(join(folder, "sub/b"), disk),
          of.link(join(folder, "a"), join(disk, "a")),
          of.rmdir(disk),
        ];
        const errors = await errorsOf(attempts(files));
        expect(errors.map((error) => (error as NodeJS.ErrnoException).code)).toEqual([
          "EXDEV",
          "EBUSY",
          "EXDEV",
          "EXDEV",
          "EBUSY",
          "EISDIR",
          "EXDEV",
          "EBUSY",
        ]);
        expect(errors).toEqual(await errorsOf(attempts(nodeFiles)));
      } finally {
        unmountDisks(folder);
      }
    }),
  );
});
