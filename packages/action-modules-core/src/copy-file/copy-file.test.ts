import { execFileSync } from "node:child_process";
import { chmod, chown, link, mkdir, open, readFile, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createNodeHost } from "@imagewright/node-host";
import { NOBODY, readTree, runAction, treeDifference, withTemporaryFolder } from "@imagewright/test-kit";
import { runCase, testActionCases } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { canMountDisk, withSmallDisk } from "../testing/small-disk.js";
import { copyFile } from "./index.js";

const withFiles =
  (files: Readonly<Record<string, string>>) =>
  async (folder: string): Promise<void> => {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(join(folder, name, ".."), { recursive: true });
      await writeFile(join(folder, name), content);
    }
  };

describe("CopyFile, chapter 17: one file", () => {
  testActionCases(copyFile, [
    {
      name: "to a file of another name",
      given: withFiles({ a: "one" }),
      input: { source: "a", destination: "b" },
      changes: ['+ b file 0644 me "one"'],
      changed: true,
    },
    { name: "an empty file", given: withFiles({ a: "" }), input: { source: "a", destination: "b" }, changes: ['+ b file 0644 me ""'] },
    {
      name: "by absolute paths",
      given: withFiles({ a: "one" }),
      input: (folder) => ({ source: `${folder}/a`, destination: `${folder}/b` }),
      changes: ['+ b file 0644 me "one"'],
    },
    {
      name: "into a folder under its own name",
      given: withFiles({ "x/a": "one", "y/kept": "" }),
      input: { source: "x/a", destination: "y/" },
      changes: ['+ y/a file 0644 me "one"'],
    },
    {
      name: "into a missing folder with missing parents",
      given: withFiles({ a: "one" }),
      input: { source: "a", destination: "x/y/" },
      changes: ["+ x folder 0755 me", "+ x/y folder 0755 me", '+ x/y/a file 0644 me "one"'],
    },
    {
      name: "to a file in a missing folder",
      given: withFiles({ a: "one" }),
      input: { source: "a", destination: "x/y/b" },
      changes: ["+ x folder 0755 me", "+ x/y folder 0755 me", '+ x/y/b file 0644 me "one"'],
    },
    {
      name: "over a longer file, which keeps its permissions",
      given: async (folder) => {
        await withFiles({ a: "one", b: "two and longer" })(folder);
        await chmod(join(folder, "b"), 0o600);
      },
      input: { source: "a", destination: "b" },
      changes: ['- b file 0600 me "two and longer"', '+ b file 0600 me "one"'],
    },
    {
      name: "over a shorter file",
      given: withFiles({ a: "one and longer", b: "two" }),
      input: { source: "a", destination: "b", overwrite: true },
      changes: ['- b file 0644 me "two"', '+ b file 0644 me "one and longer"'],
    },
    {
      name: "over a file of the same length",
      given: withFiles({ a: "one", b: "two" }),
      input: { source: "a", destination: "b" },
      changes: ['- b file 0644 me "two"', '+ b file 0644 me "one"'],
      changed: true,
    },
    {
      name: "over a file of the same content, which is not changed",
      given: withFiles({ a: "one", b: "one" }),
      input: { source: "a", destination: "b" },
      changes: [],
      changed: false,
    },
    {
      name: "over a file that begins with the same content",
      given: withFiles({ a: "one", b: "one and more" }),
      input: { source: "a", destination: "b" },
      changes: ['- b file 0644 me "one and more"', '+ b file 0644 me "one"'],
      changed: true,
    },
    {
      name: "an empty file over another",
      given: withFiles({ a: "", b: "two" }),
      input: { source: "a", destination: "b" },
      changes: ['- b file 0644 me "two"', '+ b file 0644 me ""'],
      changed: true,
    },
    {
      name: "overwrite false with an unused path",
      given: withFiles({ a: "one" }),
      input: { source: "a", destination: "b", overwrite: false },
      changes: ['+ b file 0644 me "one"'],
    },
    {
      name: "the content of the file that a link leads to",
      given: async (folder) => {
        await withFiles({ a: "one" })(folder);
        await symlink("a", join(folder, "link"));
      },
      input: { source: "link", destination: "b" },
      changes: ['+ b file 0644 me "one"'],
    },
    {
      name: "through a link at the destination",
      given: async (folder) => {
        await withFiles({ a: "one", b: "two" })(folder);
        await symlink("b", join(folder, "link"));
      },
      input: { source: "a", destination: "link" },
      changes: ['- b file 0644 me "two"', '+ b file 0644 me "one"'],
    },
    {
      name: "permissions as far as the umask lets them, and the special bits",
      given: async (folder) => {
        await withFiles({ a: "one" })(folder);
        await chmod(join(folder, "a"), 0o7777);
      },
      input: { source: "a", destination: "b" },
      changes: ['+ b file 7755 me "one"'],
    },
    {
      name: "a set-user-ID file keeps its owner, not its group",
      runAs: "root",
      given: async (folder) => {
        await withFiles({ a: "one" })(folder);
        await chown(join(folder, "a"), 61234, 61235);
        await chmod(join(folder, "a"), 0o4755);
      },
      input: { source: "a", destination: "b" },
      changes: ['+ b file 4755 61234:0 "one"'],
    },
    {
      name: "a set-group-ID file keeps its group, not its owner",
      runAs: "root",
      given: async (folder) => {
        await withFiles({ a: "one" })(folder);
        await chown(join(folder, "a"), 61234, 61235);
        await chmod(join(folder, "a"), 0o2755);
      },
      input: { source: "a", destination: "b" },
      changes: ['+ b file 2755 0:61235 "one"'],
    },
    {
      name: "a copy by a user who may not change owners has no set-user-ID bit",
      runAs: "nobody",
      given: async (folder) => {
        await withFiles({ a: "one" })(folder);
        await chown(join(folder, "a"), 61234, 61235);
        await chmod(join(folder, "a"), 0o7755);
        await chmod(folder, 0o777);
      },
      input: { source: "a", destination: "b" },
      changes: [`+ b file 1755 ${NOBODY}:${NOBODY} "one"`],
    },
    {
      name: "over a file that you may write to but not read",
      runAs: "nobody",
      given: async (folder) => {
        await withFiles({ a: "one", b: "one" })(folder);
        await chmod(join(folder, "b"), 0o222);
      },
      input: { source: "a", destination: "b" },
      changes: [],
      changed: true,
    },
    {
      name: "a file that nobody may write to",
      given: async (folder) => {
        await withFiles({ a: "one" })(folder);
        await chmod(join(folder, "a"), 0o400);
      },
      input: { source: "a", destination: "b" },
      changes: ['+ b file 0400 me "one"'],
    },
    {
      name: "over a file of someone else that you may write to",
      runAs: "nobody",
      given: async (folder) => {
        await withFiles({ a: "one", b: "two" })(folder);
        await chmod(join(folder, "b"), 0o666);
      },
      input: { source: "a", destination: "b" },
      changes: ['- b file 0666 me "two"', '+ b file 0666 me "one"'],
    },
    {
      name: "a copy belongs to the user who makes it",
      runAs: "nobody",
      given: async (folder) => {
        await withFiles({ a: "one" })(folder);
        await chmod(folder, 0o777);
      },
      input: { source: "a", destination: "b" },
      changes: [`+ b file 0644 ${NOBODY}:${NOBODY} "one"`],
    },
  ]);

  test("a file whose size the system does not report is copied completely", async () => {
    await withTemporaryFolder(async (folder) => {
      const { result } = await runAction(copyFile, { source: "/proc/self/cmdline", destination: "b" }, { workingDirectory: folder });
      expect(result).toEqual({ status: "succeeded", changed: true });
      expect(await readFile(join(folder, "b"))).toEqual(await readFile("/proc/self/cmdline"));
    });
  });

  test("a large file keeps its holes and its content", async () => {
    await withTemporaryFolder(async (folder) => {
      const source = await open(join(folder, "a"), "w");
      await source.write("in the middle", 20_000_000);
      await source.truncate(50_000_000);
      await source.close();
      await runAction(copyFile, { source: "a", destination: "b" }, { workingDirectory: folder });
      execFileSync("cmp", [join(folder, "a"), join(folder, "b")]);
      expect((await stat(join(folder, "b"))).blocks * 512).toBeLessThan(1_000_000);
    });
  });

  test("zeros of the source overwrite existing content", async () => {
    await withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "a"), "");
      await truncate(join(folder, "a"), 600_000);
      await writeFile(join(folder, "b"), "x".repeat(500_000));
      await runAction(copyFile, { source: "a", destination: "b" }, { workingDirectory: folder });
      execFileSync("cmp", [join(folder, "a"), join(folder, "b")]);
    });
  });
});

describe("CopyFile, chapter 17: files that match a wildcard", () => {
  const given = withFiles({ "x/a.log": "a", "x/b.log": "b", "x/.log": "hidden", "x/c.txt": "c", "x/folder.log/kept": "" });

  testActionCases(copyFile, [
    {
      name: "into a folder, each under its own name; folders are skipped",
      given,
      input: { source: "x/*.log", destination: "y/" },
      changes: ["+ y folder 0755 me", '+ y/.log file 0644 me "hidden"', '+ y/a.log file 0644 me "a"', '+ y/b.log file 0644 me "b"'],
    },
    { name: "one match to a file", given, input: { source: "x/*.txt", destination: "d" }, changes: ['+ d file 0644 me "c"'] },
    {
      name: "links are followed; pipes and links to folders are skipped",
      given: async (folder) => {
        await withFiles({ target: "t", "x/folder/kept": "" })(folder);
        await symlink("../target", join(folder, "x", "link"));
        await symlink("folder", join(folder, "x", "folder-link"));
        execFileSync("mkfifo", [join(folder, "x", "pipe")]);
      },
      input: { source: "x/*", destination: "y/" },
      changes: ["+ y folder 0755 me", '+ y/link file 0644 me "t"'],
    },
    {
      name: "names with spaces, line ends and bytes that are not UTF-8",
      given: async (folder) => {
        await withFiles({ "x/a b": "1", "x/a\nc": "2" })(folder);
        await writeFile(Buffer.concat([Buffer.from(`${folder}/x/a`), Buffer.from([0xff])]), "3");
      },
      input: { source: "x/a*", destination: "y/" },
      changes: ["+ y folder 0755 me", '+ y/a\nc file 0644 me "2"', '+ y/a b file 0644 me "1"', '+ y/aÿ file 0644 me "3"'],
    },
    {
      name: "several matches to a file is an error",
      given,
      input: { source: "x/*.log", destination: "y" },
      reason: 'cannot copy 3 files that match "x/*.log" to the one file "y"',
    },
    { name: "no match is an error", given, input: { source: "x/*.md", destination: "y/" }, reason: 'no file matches "<folder>/x/*.md"' },
    {
      name: "no match but a folder is an error",
      given,
      input: { source: "x/folder*", destination: "y/" },
      reason: 'no file matches "<folder>/x/folder*"',
    },
    {
      name: "overwrite is false and one of the files exists: none is copied",
      given: async (folder) => {
        await given(folder);
        await withFiles({ "y/b.log": "old" })(folder);
      },
      input: { source: "x/*.log", destination: "y/", overwrite: false },
      reason: 'cannot write file "<folder>/y/b.log": it exists already, and "overwrite" is false',
    },
    {
      name: "into their own folder is an error",
      given,
      input: { source: "x/*.log", destination: "x/" },
      reason: 'cannot copy file "<folder>/x/.log": "<folder>/x/.log" is the same file',
    },
    {
      name: "a link that leads nowhere is an error",
      given: async (folder) => {
        await given(folder);
        await symlink("nowhere", join(folder, "x", "z.log"));
      },
      input: { source: "x/*.log", destination: "y/" },
      reason: 'cannot copy file "<folder>/x/z.log": no such file or folder',
    },
  ]);

  test("each copy is a line in the console log", async () => {
    const { run } = await runCase(copyFile, { name: "", given, input: { source: "x/?.log*", destination: "y/" } });
    expect(run.result).toMatchObject({ status: "failed", reason: 'no file matches "<folder>/x/?.log*"' });
    const { run: second } = await runCase(copyFile, { name: "", given, input: { source: "x/*.log", destination: "y/" } });
    expect(second.log).toEqual([
      'copied "<folder>/x/.log" to "<folder>/y/.log"',
      'copied "<folder>/x/a.log" to "<folder>/y/a.log"',
      'copied "<folder>/x/b.log" to "<folder>/y/b.log"',
    ]);
  });
});

describe("CopyFile, chapter 17: returns an error when", () => {
  testActionCases(copyFile, [
    {
      name: "the source does not exist",
      input: { source: "a", destination: "x/" },
      reason: 'cannot copy file "<folder>/a": no such file or folder',
    },
    {
      name: "the source is a folder",
      given: (folder) => mkdir(join(folder, "x")),
      input: { source: "x", destination: "y" },
      reason: 'cannot copy file "<folder>/x": it is a folder',
    },
    {
      name: "the source is a pipe, which must not block",
      given: async (folder) => execFileSync("mkfifo", [join(folder, "pipe")]),
      input: { source: "pipe", destination: "y" },
      reason: 'cannot copy file "<folder>/pipe": it is not a regular file',
    },
    {
      name: "overwrite is false and the file exists",
      given: withFiles({ a: "one", b: "two" }),
      input: { source: "a", destination: "b", overwrite: false },
      reason: 'cannot write file "<folder>/b": it exists already, and "overwrite" is false',
    },
    {
      name: "overwrite is false and a folder has the name",
      given: withFiles({ a: "one", "b/kept": "" }),
      input: { source: "a", destination: "b", overwrite: false },
      reason: 'cannot write file "<folder>/b": it is a folder',
    },
    {
      name: "a folder has the name, even if overwrite is true",
      given: withFiles({ a: "one", "x/a/kept": "" }),
      input: { source: "a", destination: "x/" },
      reason: 'cannot write file "<folder>/x/a": it is a folder',
    },
    {
      name: "source and destination are one file",
      given: withFiles({ a: "one" }),
      input: { source: "a", destination: "./a" },
      reason: 'cannot copy file "<folder>/a": "<folder>/a" is the same file',
    },
    {
      name: "a link at the destination leads to the source",
      given: async (folder) => {
        await withFiles({ a: "one" })(folder);
        await symlink("a", join(folder, "link"));
      },
      input: { source: "a", destination: "link" },
      reason: 'cannot copy file "<folder>/a": "<folder>/link" is the same file',
    },
    {
      name: "source and destination are two names of one file",
      given: async (folder) => {
        await withFiles({ a: "one" })(folder);
        await link(join(folder, "a"), join(folder, "b"));
      },
      input: { source: "a", destination: "b" },
      reason: 'cannot copy file "<folder>/a": "<folder>/b" is the same file',
    },
    {
      name: "the destination's folder is a file",
      given: withFiles({ a: "one", b: "two" }),
      input: { source: "a", destination: "b/" },
      reason: 'cannot write file "<folder>/b/a": a part of the path is not a folder',
    },
    {
      name: "you may not create a file in the folder",
      runAs: "nobody",
      given: withFiles({ a: "one" }),
      input: { source: "a", destination: "b" },
      reason: 'cannot write file "<folder>/b": permission denied',
    },
    {
      name: "you may not create the folder",
      runAs: "nobody",
      given: withFiles({ a: "one" }),
      input: { source: "a", destination: "x/" },
      reason: 'cannot create folder "<folder>/x/": permission denied',
    },
    {
      name: "you may not read the source; nothing is created",
      runAs: "nobody",
      given: async (folder) => {
        await withFiles({ a: "one" })(folder);
        await chmod(join(folder, "a"), 0o600);
        await chmod(folder, 0o777);
      },
      input: { source: "a", destination: "b" },
      reason: 'cannot copy file "<folder>/a": permission denied',
    },
    {
      name: "you may not write to the existing file",
      runAs: "nobody",
      given: withFiles({ a: "one", b: "two" }),
      input: { source: "a", destination: "b" },
      reason: 'cannot write file "<folder>/b": permission denied',
    },
  ]);

  (canMountDisk ? test : test.skip)("the disk is full: a new copy is removed, an old file keeps its content (needs root)", async () => {
    await withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "a"), "x".repeat(700_000));
      await withSmallDisk(folder, 400, async (disk) => {
        await writeFile(join(disk, "old"), "old");
        const before = await readTree(disk);
        for (const destination of ["disk/new", "disk/old"]) {
          const { result } = await runAction(copyFile, { source: "a", destination }, { workingDirectory: folder });
          expect(result).toEqual({
            status: "failed",
            reason: `cannot write file "${join(folder, destination)}": no space is left on the disk`,
          });
        }
        expect(treeDifference(before, await readTree(disk))).toEqual([]);
      });
    });
  });

  test("the run is cancelled: no half copy stays", async () => {
    await withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "a"), "x".repeat(700_000));
      const signal = AbortSignal.abort(new Error("cancelled"));
      const { result } = await runAction(copyFile, { source: "a", destination: "b" }, { workingDirectory: folder, signal });
      expect(result).toEqual({ status: "failed", reason: "cancelled" });
      expect([...(await readTree(folder)).keys()]).toEqual(["a"]);
    });
  });

  test.each([
    ["before the first old byte is overwritten, the old content stays", 2_000_000, 1, "o".repeat(1_000_000)],
    ["after that, the new content is written to its end", 900_000, 2, "n".repeat(900_000)],
  ])("the run is cancelled %s", async (_when, size, write, expected) => {
    await withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "a"), "n".repeat(size));
      await writeFile(join(folder, "b"), "o".repeat(1_000_000));
      const controller = new AbortController();
      const host = createNodeHost();
      let writes = 0;
      const open: typeof host.files.open = async (...parameters) => {
        const handle = await host.files.open(...parameters);
        const original: typeof handle.write = handle.write.bind(handle);
        handle.write = ((...all: Parameters<typeof original>) => {
          writes += 1;
          if (writes === write) controller.abort(new Error("cancelled"));
          return original(...all);
        }) as typeof handle.write;
        return handle;
      };
      const context = { workingDirectory: folder, signal: controller.signal, host: { ...host, files: { ...host.files, open } } };
      await runAction(copyFile, { source: "a", destination: "b" }, context);
      expect(writes).toBeGreaterThanOrEqual(write);
      expect((await readFile(join(folder, "b"), "utf8")) === expected).toBe(true);
    });
  });
});

test("CopyFile finds misplaced wildcards and folders' paths before anything runs", () => {
  expect(copyFile.check?.({ source: "/x*/a", destination: "/y/" }, "linux")).toEqual([
    { path: ["source"], message: '"source" may contain a wildcard only after its last path separator; found "/x*/a"' },
  ]);
  expect(copyFile.check?.({ source: "/x/", destination: "/y/*" }, "linux")).toEqual([
    { path: ["source"], message: '"source" must name a file, without a path separator at its end; found "/x/"' },
    { path: ["destination"], message: '"destination" cannot contain a wildcard' },
  ]);
  expect(copyFile.check?.({ source: "C:\\x\\Sample*", destination: "C:\\y\\" }, "windows")).toEqual([]);
});
