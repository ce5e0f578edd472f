import { execFileSync } from "node:child_process";
import { chmod, chown, link, mkdir, open, readFile, stat, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createNodeHost } from "@imagewright/node-host";
import { NOBODY, readTree, runAction, treeDifference, withTemporaryFolder } from "@imagewright/test-kit";
import { runCase, testActionCases } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { makeTree } from "../testing/make-tree.js";
import { canMountDisk, withSmallDisk } from "../testing/small-disk.js";
import { copyFolder } from "./index.js";

const given = makeTree({ "x/a": "one", "x/y/b": "two", "x/empty/": "" });

describe("CopyFolder, chapter 17: one folder", () => {
  testActionCases(copyFolder, [
    {
      name: "to a folder of another name, with its content",
      given,
      input: { source: "x", destination: "z" },
      changes: [
        "+ z folder 0755 me",
        '+ z/a file 0644 me "one"',
        "+ z/empty folder 0755 me",
        "+ z/y folder 0755 me",
        '+ z/y/b file 0644 me "two"',
      ],
      changed: true,
    },
    { name: "an empty folder", given: makeTree({ "x/": "" }), input: { source: "x", destination: "z" }, changes: ["+ z folder 0755 me"] },
    {
      name: "paths that end with separators",
      given: makeTree({ "x/a": "one" }),
      input: (folder) => ({ source: `${folder}/x//`, destination: `${folder}/z//` }),
      changes: ["+ z folder 0755 me", "+ z/x folder 0755 me", '+ z/x/a file 0644 me "one"'],
    },
    {
      name: "into a folder under its own name, with the folders above it",
      given: makeTree({ "x/a": "one" }),
      input: { source: "x", destination: "p/q/" },
      changes: ["+ p folder 0755 me", "+ p/q folder 0755 me", "+ p/q/x folder 0755 me", '+ p/q/x/a file 0644 me "one"'],
    },
    {
      name: ". and .. are replaced by the folder's real name",
      given: makeTree({ "x/y/a": "one" }),
      input: { source: "x/y/..", destination: "z/" },
      changes: ["+ z folder 0755 me", "+ z/x folder 0755 me", "+ z/x/y folder 0755 me", '+ z/x/y/a file 0644 me "one"'],
    },
    {
      name: "a link to a folder is followed",
      given: makeTree({ "x/a": "one", l: "-> x" }),
      input: { source: "l", destination: "z" },
      changes: ["+ z folder 0755 me", '+ z/a file 0644 me "one"'],
    },
    {
      name: "links inside are copied as links, also in a circle and to nowhere",
      given: makeTree({ "x/y/up": "-> ..", "x/self": "-> self", "x/nowhere": "-> no/where", "x/absolute": "-> /etc" }),
      input: { source: "x", destination: "z" },
      changes: [
        "+ z folder 0755 me",
        "+ z/absolute link to /etc",
        "+ z/nowhere link to no/where",
        "+ z/self link to self",
        "+ z/y folder 0755 me",
        "+ z/y/up link to ..",
      ],
    },
    {
      name: "permissions are kept regardless of the umask, with the special bits",
      given: async (folder) => {
        await makeTree({ "x/a": "one", "x/y/b": "two", "x/z/c": "" })(folder);
        await chmod(join(folder, "x/a"), 0o6777);
        await chmod(join(folder, "x/y/b"), 0o400);
        await chmod(join(folder, "x/y"), 0o555);
        await chmod(join(folder, "x/z"), 0o2770);
        await chmod(join(folder, "x"), 0o1777);
      },
      input: { source: "x", destination: "w" },
      changes: [
        "+ w folder 1777 me",
        '+ w/a file 6777 me "one"',
        "+ w/y folder 0555 me",
        '+ w/y/b file 0400 me "two"',
        "+ w/z folder 2770 me",
        '+ w/z/c file 0644 me ""',
      ],
    },
    {
      name: "set-user-ID files keep their owner, set-group-ID files their group; everything else belongs to root",
      runAs: "root",
      given: async (folder) => {
        await makeTree({ "x/user": "", "x/group": "", "x/both": "", "x/plain": "" })(folder);
        for (const [name, mode] of [
          ["user", 0o4755],
          ["group", 0o2755],
          ["both", 0o6755],
          ["plain", 0o755],
        ] as const) {
          await chown(join(folder, "x", name), 61234, 61235);
          await chmod(join(folder, "x", name), mode);
        }
      },
      input: { source: "x", destination: "z" },
      changes: [
        "+ z folder 0755 me",
        '+ z/both file 6755 61234:61235 ""',
        '+ z/group file 2755 0:61235 ""',
        '+ z/plain file 0755 me ""',
        '+ z/user file 4755 61234:0 ""',
      ],
    },
    {
      name: "a copy by a user who may not change owners has no set-user-ID files",
      runAs: "nobody",
      given: async (folder) => {
        await makeTree({ "x/a": "" })(folder);
        await chown(join(folder, "x/a"), 61234, 61235);
        await chmod(join(folder, "x/a"), 0o6755);
        await chmod(folder, 0o777);
      },
      input: { source: "x", destination: "z" },
      changes: [`+ z folder 0755 ${NOBODY}:${NOBODY}`, `+ z/a file 0755 ${NOBODY}:${NOBODY} ""`],
    },
    {
      name: "names with spaces, line ends and bytes that are not UTF-8, of folders too",
      given: async (folder) => {
        await makeTree({ "x/a b/c d": "1", "x/a\nb/\n": "2", "x/*": "3" })(folder);
        const odd = Buffer.concat([Buffer.from(`${folder}/x/`), Buffer.from([0xff, 0xfe])]);
        await mkdir(odd);
        await writeFile(Buffer.concat([odd, Buffer.from([0x2f, 0x61, 0xff])]), "4");
        await symlink(Buffer.from([0xfd]), Buffer.concat([odd, Buffer.from([0x2f, 0xfc])]));
      },
      input: { source: "x", destination: "z" },
      changes: [
        "+ z folder 0755 me",
        '+ z/* file 0644 me "3"',
        "+ z/a\nb folder 0755 me",
        '+ z/a\nb/\n file 0644 me "2"',
        "+ z/a b folder 0755 me",
        '+ z/a b/c d file 0644 me "1"',
        "+ z/ÿþ folder 0755 me",
        '+ z/ÿþ/aÿ file 0644 me "4"',
        "+ z/ÿþ/ü link to \ufffd",
      ],
    },
  ]);

  test("a pipe is skipped, and the console log reports it", async () => {
    const pipe = async (folder: string) => {
      await makeTree({ "x/a": "one" })(folder);
      execFileSync("mkfifo", [join(folder, "x", "pipe")]);
    };
    const { run, changes } = await runCase(copyFolder, { name: "", given: pipe, input: { source: "x", destination: "z" } });
    expect(changes).toEqual(["+ z folder 0755 me", '+ z/a file 0644 me "one"']);
    expect(run.log).toEqual([
      'skipped "<folder>/x/pipe": it is not a file, folder or link',
      'copied "<folder>/x" to "<folder>/z" (1 file, 1 folder)',
    ]);
  });

  test("several names of one file are several names of its copy", async () => {
    await withTemporaryFolder(async (folder) => {
      await makeTree({ "x/a": "one", "x/y/": "", outside: "two" })(folder);
      await link(join(folder, "x/a"), join(folder, "x/b"));
      await link(join(folder, "x/a"), join(folder, "x/y/c"));
      await link(join(folder, "outside"), join(folder, "x/d"));
      await runAction(copyFolder, { source: "x", destination: "z" }, { workingDirectory: folder });
      const [a, b, c, d, outside] = await Promise.all(["z/a", "z/b", "z/y/c", "z/d", "outside"].map((name) => stat(join(folder, name))));
      expect(new Set([a?.ino, b?.ino, c?.ino]).size).toBe(1);
      expect(a?.nlink).toBe(3);
      expect(d?.ino).not.toBe(outside?.ino);
    });
  });

  test("on a disk without hard links, each name gets its own file", async () => {
    await withTemporaryFolder(async (folder) => {
      await makeTree({ "x/a": "one" })(folder);
      await link(join(folder, "x/a"), join(folder, "x/b"));
      const host = createNodeHost();
      const refuse = () => Promise.reject(Object.assign(new Error("no links here"), { code: "EPERM" }));
      const files = { ...host.files, link: refuse };
      const { result } = await runAction(
        copyFolder,
        { source: "x", destination: "z" },
        { workingDirectory: folder, host: { ...host, files } },
      );
      expect(result).toEqual({ status: "succeeded", changed: true });
      expect([await readFile(join(folder, "z/a"), "utf8"), await readFile(join(folder, "z/b"), "utf8")]).toEqual(["one", "one"]);
    });
  });

  test("holes stay holes, between islands of data too", async () => {
    await withTemporaryFolder(async (folder) => {
      await mkdir(join(folder, "x"));
      const file = await open(join(folder, "x", "sparse"), "w");
      for (let at = 0; at < 40; at += 1) await file.write("island", at * 1_000_000 + 123);
      await file.truncate(50_000_000);
      await file.close();
      await writeFile(join(folder, "x", "zeros"), Buffer.alloc(300_000));
      await writeFile(join(folder, "x", "small"), "");
      await truncate(join(folder, "x", "small"), 600_000);
      await runAction(copyFolder, { source: "x", destination: "z" }, { workingDirectory: folder });
      execFileSync("diff", ["-r", join(folder, "x"), join(folder, "z")]);
      const [before, after] = [await stat(join(folder, "x/sparse")), await stat(join(folder, "z/sparse"))];
      expect(after.blocks).toBeLessThanOrEqual(before.blocks);
      expect((await stat(join(folder, "z/zeros"))).size).toBe(300_000);
      expect((await stat(join(folder, "z/small"))).blocks).toBe((await stat(join(folder, "x/small"))).blocks);
    });
  });

  test("a deep and wide tree is copied completely", async () => {
    await withTemporaryFolder(async (folder) => {
      const deep = Array.from({ length: 60 }, (_, level) => `level-${level}`).join("/");
      await makeTree({ [`x/${deep}/last`]: "deep" })(folder);
      await makeTree(Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`x/wide/${index % 7}/${index}`, `content ${index}`])))(
        folder,
      );
      const run = await runAction(copyFolder, { source: "x", destination: "z" }, { workingDirectory: folder });
      expect(run.log).toEqual([`copied "${folder}/x" to "${folder}/z" (1501 files, 69 folders)`]);
      expect(treeDifference(await readTree(join(folder, "x")), await readTree(join(folder, "z")))).toEqual([]);
    });
  });
});

describe("CopyFolder, chapter 17: into a folder that exists", () => {
  testActionCases(copyFolder, [
    {
      name: "files of the same names are replaced with their permissions, links too, and other files stay",
      given: async (folder) => {
        await makeTree({
          "x/a": "new",
          "x/y/b": "new",
          "x/l": "-> new",
          "x/f": "now a file",
          "z/a": "old",
          "z/y/b": "old",
          "z/y/kept": "",
          "z/l": "-> old",
          "z/f": "-> a",
        })(folder);
        await chmod(join(folder, "z/a"), 0o600);
        await chmod(join(folder, "z/y"), 0o700);
      },
      input: { source: "x", destination: "z" },
      changes: [
        '- z/a file 0600 me "old"',
        '+ z/a file 0644 me "new"',
        "- z/f link to a",
        '+ z/f file 0644 me "now a file"',
        "- z/l link to old",
        "+ z/l link to new",
        '- z/y/b file 0644 me "old"',
        '+ z/y/b file 0644 me "new"',
      ],
      changed: true,
    },
    {
      name: "a second copy changes nothing",
      given: async (folder) => {
        await makeTree({ "x/a": "one", "x/y/b": "two", "x/l": "-> a" })(folder);
        execFileSync("cp", ["-a", join(folder, "x"), join(folder, "z")]);
      },
      input: { source: "x", destination: "z" },
      changes: [],
      changed: false,
    },
    {
      name: "other permissions of a file with the same content are a change",
      given: async (folder) => {
        await makeTree({ "x/a": "one", "z/a": "one" })(folder);
        await chmod(join(folder, "x/a"), 0o600);
      },
      input: { source: "x", destination: "z" },
      changes: ['- z/a file 0644 me "one"', '+ z/a file 0600 me "one"'],
      changed: true,
    },
    {
      name: "a link to a folder at the destination is filled and stays a link",
      given: makeTree({ "x/a": "one", "real/": "", z: "-> real" }),
      input: { source: "x", destination: "z" },
      changes: ['+ real/a file 0644 me "one"'],
    },
    {
      name: "a folder's content to the folder that it is in",
      given: makeTree({ "x/y/a": "one", "x/b": "" }),
      input: { source: "x/y", destination: "x" },
      changes: ['+ x/a file 0644 me "one"'],
    },
    {
      name: "overwrite false with an unused path",
      given: makeTree({ "x/a": "one" }),
      input: { source: "x", destination: "z", overwrite: false },
      changes: ["+ z folder 0755 me", '+ z/a file 0644 me "one"'],
    },
  ]);

  test("a file that is open elsewhere keeps its content for whoever reads it", async () => {
    await withTemporaryFolder(async (folder) => {
      await makeTree({ "x/a": "new", "z/a": "old" })(folder);
      const reader = await open(join(folder, "z/a"), "r");
      await runAction(copyFolder, { source: "x", destination: "z" }, { workingDirectory: folder });
      expect([await reader.readFile("utf8"), await readFile(join(folder, "z/a"), "utf8")]).toEqual(["old", "new"]);
      await reader.close();
    });
  });

  test("times of unchanged files stay, so that later steps can rely on them", async () => {
    await withTemporaryFolder(async (folder) => {
      await makeTree({ "x/a": "one", "z/a": "one" })(folder);
      await utimes(join(folder, "z/a"), 1000, 1000);
      await runAction(copyFolder, { source: "x", destination: "z" }, { workingDirectory: folder });
      expect((await stat(join(folder, "z/a"))).mtimeMs).toBe(1_000_000);
    });
  });
});

describe("CopyFolder, chapter 17: folders that match a wildcard", () => {
  const several = makeTree({
    "p/app-1/a": "1",
    "p/app-2/b": "2",
    "p/.app/c": "3",
    "p/app-file": "",
    "p/app-link": "-> app-1",
    "p/app-nowhere": "-> no",
  });

  testActionCases(copyFolder, [
    {
      name: "into a folder, each under its own name; files are skipped, links to folders followed",
      given: several,
      input: { source: "p/app-*", destination: "z/" },
      changes: [
        "+ z folder 0755 me",
        "+ z/app-1 folder 0755 me",
        '+ z/app-1/a file 0644 me "1"',
        "+ z/app-2 folder 0755 me",
        '+ z/app-2/b file 0644 me "2"',
        "+ z/app-link folder 0755 me",
        '+ z/app-link/a file 0644 me "1"',
      ],
    },
    {
      name: "one match to a folder of another name",
      given: several,
      input: { source: "p/*-2", destination: "z" },
      changes: ["+ z folder 0755 me", '+ z/b file 0644 me "2"'],
    },
    {
      name: "several folders match and the destination is not a folder's path",
      given: several,
      input: { source: "p/app-*", destination: "z" },
      reason: 'cannot copy 3 folders that match "p/app-*" to the one folder "z"',
    },
    {
      name: "no folder matches the wildcard",
      given: several,
      input: { source: "p/*-file", destination: "z/" },
      reason: 'no folder matches "<folder>/p/*-file"',
    },
    {
      name: "overwrite is false and one of the folders exists",
      given: async (folder) => {
        await several(folder);
        await mkdir(join(folder, "z/app-2"), { recursive: true });
      },
      input: { source: "p/app-*", destination: "z/", overwrite: false },
      reason: 'cannot create folder "<folder>/z/app-2": it exists already, and "overwrite" is false',
    },
  ]);
});

describe("CopyFolder, chapter 17: returns an error when", () => {
  testActionCases(copyFolder, [
    {
      name: "the source does not exist",
      input: { source: "x", destination: "z/" },
      reason: 'cannot copy folder "<folder>/x": no such file or folder',
    },
    {
      name: "the source is a file",
      given: makeTree({ x: "" }),
      input: { source: "x", destination: "z" },
      reason: 'cannot copy folder "<folder>/x": it is a file',
    },
    {
      name: "the source is a dangling link",
      given: makeTree({ x: "-> nowhere" }),
      input: { source: "x", destination: "z" },
      reason: 'cannot copy folder "<folder>/x": no such file or folder',
    },
    {
      name: "overwrite is false and the folder exists",
      given: makeTree({ "x/a": "", "z/": "" }),
      input: { source: "x", destination: "z", overwrite: false },
      reason: 'cannot create folder "<folder>/z": it exists already, and "overwrite" is false',
    },
    {
      name: "a file has the name",
      given: makeTree({ "x/a": "", z: "" }),
      input: { source: "x", destination: "z" },
      reason: 'cannot create folder "<folder>/z": a file has this name',
    },
    {
      name: "a dangling link has the name",
      given: makeTree({ "x/a": "", z: "-> nowhere" }),
      input: { source: "x", destination: "z" },
      reason: 'cannot create folder "<folder>/z": it is a dangling symbolic link',
    },
    {
      name: "a folder conflicts with a file; nothing is copied",
      given: makeTree({ "x/a": "new", "x/y/b": "", "z/a": "old", "z/y/b/": "" }),
      input: { source: "x", destination: "z" },
      reason: 'cannot write file "<folder>/z/y/b": it is a folder',
    },
    {
      name: "a file conflicts with a folder; nothing is copied",
      given: makeTree({ "x/a": "new", "x/y/b": "", "z/a": "old", "z/y": "" }),
      input: { source: "x", destination: "z" },
      reason: 'cannot create folder "<folder>/z/y": a file has this name',
    },
    {
      name: "a link to a folder conflicts with a folder",
      given: makeTree({ "x/y/b": "", "real/": "", "z/y": "-> ../real" }),
      input: { source: "x", destination: "z" },
      reason: 'cannot create folder "<folder>/z/y": a file has this name',
    },
    {
      name: "the destination is the source",
      given: makeTree({ "x/a": "" }),
      input: { source: "x", destination: "./x" },
      reason: 'cannot copy folder "<folder>/x": "<folder>/x" is the same folder',
    },
    {
      name: "the destination is inside the source",
      given: makeTree({ "x/a": "" }),
      input: { source: "x", destination: "x/y/z" },
      reason: 'cannot copy folder "<folder>/x" to "<folder>/x/y/z": that is inside it',
    },
    {
      name: "the destination is inside the source by a link",
      given: makeTree({ "x/y/": "", l: "-> x/y" }),
      input: { source: "x", destination: "l/" },
      reason: 'cannot copy folder "<folder>/x" to "<folder>/l/x": that is inside it',
    },
    {
      name: "the folder's content would replace itself",
      given: makeTree({ "x/y/y/a": "" }),
      input: { source: "x/y", destination: "x" },
      reason: 'cannot copy folder "<folder>/x/y" to its own parent folder: its content would replace itself at "<folder>/x/y"',
    },
    {
      name: "you may not create a folder in the destination",
      runAs: "nobody",
      given,
      input: { source: "x", destination: "z/" },
      reason: 'cannot create folder "<folder>/z/": permission denied',
    },
    {
      name: "you may not read a file in the folder; no copy stays",
      runAs: "nobody",
      given: async (folder) => {
        await given(folder);
        await chmod(join(folder, "x/y/b"), 0o600);
        await chmod(folder, 0o777);
      },
      input: { source: "x", destination: "z" },
      reason: 'cannot copy file "<folder>/x/y/b": permission denied',
    },
    {
      name: "you may not write to a folder that is filled",
      runAs: "nobody",
      given: makeTree({ "x/a": "", "z/": "" }),
      input: { source: "x", destination: "z" },
      reason: 'cannot write file "<folder>/z/a": permission denied',
    },
  ]);

  (canMountDisk ? test : test.skip)("the disk is full: no part of a new copy stays (needs root)", async () => {
    await withTemporaryFolder(async (folder) => {
      await makeTree({ "x/a": "x".repeat(100_000), "x/y/b": "x".repeat(700_000) })(folder);
      await withSmallDisk(folder, 400, async (disk) => {
        const { result } = await runAction(copyFolder, { source: "x", destination: "disk/z" }, { workingDirectory: folder });
        expect(result).toMatchObject({
          status: "failed",
          reason: expect.stringMatching(/^cannot write file ".*\/disk\/z\/.*": no space is left on the disk$/),
        });
        expect([...(await readTree(disk)).keys()]).toEqual([]);
      });
    });
  });

  test("the run is cancelled: a new copy is removed, an existing folder contains only complete files", async () => {
    await withTemporaryFolder(async (folder) => {
      const content = "x".repeat(1_500_000);
      await makeTree(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`x/${index}`, content])))(folder);
      await makeTree({ "old/0": "old" })(folder);
      for (const destination of ["new", "old"]) {
        const controller = new AbortController();
        const host = createNodeHost();
        let opened = 0;
        const open: typeof host.files.open = (...parameters) => {
          opened += 1;
          if (opened === 12) controller.abort(new Error("cancelled"));
          return host.files.open(...parameters);
        };
        const context = { workingDirectory: folder, signal: controller.signal, host: { ...host, files: { ...host.files, open } } };
        const { result } = await runAction(copyFolder, { source: "x", destination }, context);
        expect(result).toEqual({ status: "failed", reason: "cancelled" });
      }
      const left = [...(await readTree(folder))].filter(([path]) => !path.startsWith("x"));
      expect(left[0]).toEqual(["old", expect.stringMatching(/^folder /)]);
      const whole = (await readTree(join(folder, "x"))).get("1");
      for (const [path, line] of left.slice(1))
        expect([path, line]).toEqual([expect.stringMatching(/^old\/\d+$/), line.endsWith('"old"') ? line : whole]);
    });
  });
});

test("CopyFolder finds misplaced wildcards before anything runs", () => {
  const misplaced = '"source" may contain a wildcard only after its last path separator; found';
  expect(copyFolder.check?.({ source: "/x*/a", destination: "/y/" }, "linux")).toEqual([
    { path: ["source"], message: `${misplaced} "/x*/a"` },
  ]);
  expect(copyFolder.check?.({ source: "/x*/", destination: "/y*/" }, "linux")).toEqual([
    { path: ["source"], message: `${misplaced} "/x*/"` },
    { path: ["destination"], message: '"destination" cannot contain a wildcard' },
  ]);
  expect(copyFolder.check?.({ source: "C:\\x\\Sample*", destination: "C:\\y\\" }, "windows")).toEqual([]);
});
