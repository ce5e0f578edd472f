import { execFileSync } from "node:child_process";
import { chmod, chown, link, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createNodeHost } from "@imagewright/node-host";
import { NOBODY, readTree, runAction, treeDifference, withTemporaryFolder } from "@imagewright/test-kit";
import { testActionCases, type ActionCase } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { canMountDisk, withSmallDisk } from "../testing/small-disk.js";
import { setFileEncoding } from "./index.js";

type Input = Parameters<typeof setFileEncoding.run>[0];

/** The result for a file with these bytes. */
async function convert(before: readonly number[] | Buffer, encoding?: string) {
  return withTemporaryFolder(async (workingDirectory) => {
    await writeFile(join(workingDirectory, "a"), Buffer.from(before));
    const input = { path: "a", ...(encoding === undefined ? {} : { encoding }) };
    const { result, hints } = await runAction(setFileEncoding, input, { workingDirectory });
    expect(await readdir(workingDirectory)).toEqual(["a"]);
    const reason = result.status === "failed" ? result.reason.replace(workingDirectory, "<folder>") : undefined;
    return { reason, hints, changed: "changed" in result ? result.changed : undefined, bytes: await readFile(join(workingDirectory, "a")) };
  });
}

// "A€🐢" in every encoding, without a mark
const TEXT = {
  "utf-8": [0x41, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x90, 0xa2],
  "utf-16-LE": [0x41, 0, 0xac, 0x20, 0x3d, 0xd8, 0x22, 0xdc],
  "utf-16-BE": [0, 0x41, 0x20, 0xac, 0xd8, 0x3d, 0xdc, 0x22],
  "utf-32-LE": [0x41, 0, 0, 0, 0xac, 0x20, 0, 0, 0x22, 0xf4, 1, 0],
  "utf-32-BE": [0, 0, 0, 0x41, 0, 0, 0x20, 0xac, 0, 1, 0xf4, 0x22],
} as const;
type Name = keyof typeof TEXT;
const MARKS: Readonly<Record<Name, readonly number[]>> = {
  "utf-8": [0xef, 0xbb, 0xbf],
  "utf-16-LE": [0xff, 0xfe],
  "utf-16-BE": [0xfe, 0xff],
  "utf-32-LE": [0xff, 0xfe, 0, 0],
  "utf-32-BE": [0, 0, 0xfe, 0xff],
};
const NAMES = Object.keys(TEXT) as Name[];
const ALLOWED =
  '"utf-16", "utf-16-BE", "utf-16-LE", "utf-32", "utf-32-BE", "utf-32-LE", "utf-8", "utf16", "utf16-BE", "utf16-LE", "utf32", "utf32-BE", "utf32-LE" or "utf8"';

const done = (bytes: readonly number[] | Buffer, changed: boolean) => ({
  reason: undefined,
  hints: [],
  changed,
  bytes: Buffer.from(bytes),
});

describe("SetFileEncoding, chapter 17: the encodings", () => {
  const spellings: [string | undefined, Name][] = [
    [undefined, "utf-8"],
    ["utf8", "utf-8"],
    ["utf-8", "utf-8"],
    ["UTF8", "utf-8"],
    ["utf16", "utf-16-LE"],
    ["utf-16", "utf-16-LE"],
    ["Utf-16", "utf-16-LE"],
    ["utf16-LE", "utf-16-LE"],
    ["utf-16-LE", "utf-16-LE"],
    ["UTF16-le", "utf-16-LE"],
    ["utf16-BE", "utf-16-BE"],
    ["utf-16-BE", "utf-16-BE"],
    ["utf-16-be", "utf-16-BE"],
    ["utf32", "utf-32-LE"],
    ["utf-32", "utf-32-LE"],
    ["UTF-32", "utf-32-LE"],
    ["utf32-LE", "utf-32-LE"],
    ["utf-32-LE", "utf-32-LE"],
    ["utf32-BE", "utf-32-BE"],
    ["utf-32-BE", "utf-32-BE"],
    ["UTF32-be", "utf-32-BE"],
  ];
  test.each(spellings)("%s, from utf-8", async (encoding, name) => {
    expect(await convert(TEXT["utf-8"], encoding)).toEqual(done(TEXT[name], name !== "utf-8"));
  });

  const pairs = NAMES.flatMap((from) => NAMES.map((to) => [from, to] as const));
  test.each(pairs)("from %s with its mark to %s with its mark", async (from, to) => {
    expect(await convert([...MARKS[from], ...TEXT[from]], to)).toEqual(done([...MARKS[to], ...TEXT[to]], from !== to));
  });

  test.each(NAMES)("a file with nothing but the mark becomes the mark of %s", async (to) => {
    expect(await convert(MARKS["utf-8"], to)).toEqual(done(MARKS[to], to !== "utf-8"));
  });

  test("a mark inside the text is a character like others", async () => {
    expect(await convert([0x41, 0xef, 0xbb, 0xbf], "utf-16-BE")).toEqual(done([0, 0x41, 0xfe, 0xff], true));
  });
});

describe("SetFileEncoding, chapter 17: a second run changes nothing", () => {
  test.each(NAMES)("%s without a mark", async (name) => {
    const { bytes } = await convert(Buffer.from("two words\nと\n"), name);
    expect(await convert(bytes, name)).toEqual(done(bytes, false));
  });

  test("an empty file", async () => {
    expect(await convert([], "utf-16")).toEqual(done([], false));
  });

  test("bytes that are valid in the other order too are not taken for it", async () => {
    const bytes = Buffer.from("Āwords\n", "utf16le").swap16(); // Ā in the other byte order looks like Latin 1
    expect(await convert(bytes, "utf-16-BE")).toEqual(done(bytes, false));
    expect(await convert(bytes, "utf-16")).toMatchObject({
      reason: 'cannot convert file "<folder>/a": its content is not utf-8 text',
      bytes,
    });
  });

  test("Latin 1, which is neither utf-8 nor in need of 16 bits, is not taken for utf-16", async () => {
    const bytes = Buffer.from("Käse kaufen", "latin1");
    expect(await convert(bytes.subarray(0, 10), "utf-16")).toMatchObject({
      reason: 'cannot convert file "<folder>/a": its content is not utf-8 text',
    });
  });
});

describe("SetFileEncoding, chapter 17: what it changes", () => {
  const utf16 = (text: string) => JSON.stringify(Buffer.from(text, "utf16le").toString("latin1"));
  const given = (folder: string) => writeFile(join(folder, "a"), "one", { mode: 0o644 });
  testActionCases(setFileEncoding, [
    {
      name: "only the file; no temporary file remains",
      given,
      input: { path: "./a", encoding: "utf-16" },
      changes: ['- a file 0644 me "one"', `+ a file 0644 me ${utf16("one")}`],
      changed: true,
    },
    {
      name: "the file that a link leads to; the link stays",
      given: async (folder) => {
        await mkdir(join(folder, "x"));
        await given(join(folder, "x"));
        await symlink("x/a", join(folder, "link"));
      },
      input: { path: "link", encoding: "utf-16" },
      changes: ['- x/a file 0644 me "one"', `+ x/a file 0644 me ${utf16("one")}`],
      changed: true,
    },
    {
      name: "a file that is not UTF-8 by its name, through a link",
      given: async (folder) => {
        await writeFile(Buffer.from(`${folder}/\xff`, "latin1"), "one", { mode: 0o644 });
        await symlink(Buffer.from("\xff", "latin1"), join(folder, "link"));
      },
      input: { path: "link", encoding: "utf-16" },
      changes: ['- ÿ file 0644 me "one"', `+ ÿ file 0644 me ${utf16("one")}`],
      changed: true,
    },
    {
      name: "permissions and special bits stay, regardless of the umask",
      given: async (folder) => {
        await given(folder);
        await chmod(join(folder, "a"), 0o6777);
      },
      input: { path: "a", encoding: "utf-16" },
      changes: ['- a file 6777 me "one"', `+ a file 6777 me ${utf16("one")}`],
      changed: true,
    },
    {
      name: "owner and group stay",
      runAs: "root",
      given: async (folder) => {
        await given(folder);
        await chown(join(folder, "a"), 61234, 61235);
        await chmod(join(folder, "a"), 0o4640);
      },
      input: { path: "a", encoding: "utf-16" },
      changes: ['- a file 4640 61234:61235 "one"', `+ a file 4640 61234:61235 ${utf16("one")}`],
      changed: true,
    },
    {
      name: "someone else's file that you may write to keeps its owner",
      runAs: "nobody",
      given: async (folder) => {
        await given(folder);
        await chmod(join(folder, "a"), 0o666);
        await chmod(folder, 0o777);
      },
      input: { path: "a", encoding: "utf-16" },
      changes: ['- a file 0666 me "one"', `+ a file 0666 me ${utf16("one")}`],
      changed: true,
    },
    {
      name: "all names of a file keep the same content",
      given: async (folder) => {
        await given(folder);
        await link(join(folder, "a"), join(folder, "b"));
      },
      input: { path: "a", encoding: "utf-16" },
      changes: ['- a file 0644 me "one"', `+ a file 0644 me ${utf16("one")}`, '- b file 0644 me "one"', `+ b file 0644 me ${utf16("one")}`],
      changed: true,
    },
  ]);

  test("the old file is replaced atomically: programs that have it open read the old content", async () => {
    await withTemporaryFolder(async (workingDirectory) => {
      await given(workingDirectory);
      const path = join(workingDirectory, "a");
      const { ino } = await stat(path);
      await runAction(setFileEncoding, { path: "a", encoding: "utf-32" }, { workingDirectory });
      expect((await stat(path)).ino).not.toBe(ino);
    });
  });

  (canMountDisk ? test : test.skip)("a file that is mounted on its own is rewritten in place (needs root)", async () => {
    await withTemporaryFolder(async (workingDirectory) => {
      for (const name of ["a", "b"]) await writeFile(join(workingDirectory, name), "one");
      execFileSync("mount", ["--bind", join(workingDirectory, "a"), join(workingDirectory, "b")]);
      try {
        const { result } = await runAction(setFileEncoding, { path: "b", encoding: "utf-16" }, { workingDirectory });
        expect(result).toEqual({ status: "succeeded", changed: true });
        expect(await readFile(join(workingDirectory, "a"), "utf16le")).toBe("one");
        expect(await readdir(workingDirectory)).toEqual(["a", "b"]);
      } finally {
        execFileSync("umount", [join(workingDirectory, "b")]);
      }
    });
  });

  test("a large file is converted piece by piece, characters between two pieces included", async () => {
    await withTemporaryFolder(async (workingDirectory) => {
      const text = `a${"🐢€".repeat(400_000)}\n`;
      await writeFile(join(workingDirectory, "a"), text);
      const { host, pieces } = recordingHost();
      const { result } = await runAction(setFileEncoding, { path: "a", encoding: "utf-16-BE" }, { workingDirectory, host });
      expect(result).toEqual({ status: "succeeded", changed: true });
      const bytes = await readFile(join(workingDirectory, "a"));
      expect(bytes.equals(Buffer.from(text, "utf16le").swap16())).toBe(true);
      expect(pieces.length).toBeGreaterThan(20);
      expect(Math.max(...pieces)).toBeLessThanOrEqual(256 * 1024);
    });
  });

  test("after a timeout the old file is intact and no temporary file remains", async () => {
    await withTemporaryFolder(async (workingDirectory) => {
      await writeFile(join(workingDirectory, "a"), "x".repeat(500_000));
      const before = await readTree(workingDirectory);
      const controller = new AbortController();
      const { host } = recordingHost((count) => count === 5 && controller.abort(new Error("out of time")));
      const { result } = await runAction(
        setFileEncoding,
        { path: "a", encoding: "utf-16" },
        { workingDirectory, host, signal: controller.signal },
      );
      expect(result).toEqual({ status: "failed", reason: "out of time" });
      expect(treeDifference(before, await readTree(workingDirectory))).toEqual([]);
    });
  });
});

describe("SetFileEncoding, chapter 17: returns an error when", () => {
  const cannot = (path: string, reason: string) => `cannot convert file "<folder>/${path}": ${reason}`;
  const encoding = "utf-16";
  const given = async (folder: string) => {
    await writeFile(join(folder, "a"), "one", { mode: 0o644 });
    await mkdir(join(folder, "x"));
    await symlink("nowhere", join(folder, "broken"));
    execFileSync("mkfifo", [join(folder, "pipe")]);
  };
  const rows: ActionCase<Input>[] = [
    {
      name: "you may not write to the file",
      runAs: "nobody",
      given: async (folder) => {
        await given(folder);
        await chmod(folder, 0o777);
      },
      input: { path: "a", encoding },
      reason: cannot("a", "permission denied"),
    },
    {
      name: "you may not create a file in its folder",
      runAs: "nobody",
      given: async (folder) => {
        await given(folder);
        await chown(join(folder, "a"), NOBODY, NOBODY);
      },
      input: { path: "a", encoding },
      reason: cannot("a", "permission denied"),
    },
    { name: "the file does not exist", input: { path: "b", encoding }, reason: cannot("b", "no such file or folder") },
    { name: "a link leads nowhere", input: { path: "broken", encoding }, reason: cannot("broken", "no such file or folder") },
    { name: "the path is a folder", input: { path: "x", encoding }, reason: cannot("x", "it is a folder") },
    {
      name: "the path is a pipe, which must not block",
      input: { path: "pipe", encoding },
      reason: cannot("pipe", "it is not a regular file"),
    },
    { name: "a part of the path is a file", input: { path: "a/b", encoding }, reason: cannot("a/b", "a part of the path is not a folder") },
    {
      name: "the encoding is unknown",
      input: { path: "a", encoding: "latin1" },
      reason: `the encoding must be ${ALLOWED}, in upper or lower case; found "latin1"`,
    },
  ];
  testActionCases(
    setFileEncoding,
    rows.map((row) => ({ given, ...row })),
  );

  const failures: [string, Name, readonly number[]][] = [
    ["the content is not text", "utf-8", [0x41, 0xff, 0x42]],
    ["bytes after the mark of utf-8 are not text", "utf-8", [0xef, 0xbb, 0xbf, 0x41, 0]],
    ["the text ends in the middle of a character", "utf-8", [0x41, 0xe2, 0x82]],
    ["a unit is cut off", "utf-16-LE", [0xff, 0xfe, 0x41, 0, 0x42]],
    ["a surrogate pair is cut off", "utf-16-BE", [0xfe, 0xff, 0, 0x41, 0xd8, 0x3d]],
    ["the surrogates of a pair are swapped", "utf-16-LE", [0xff, 0xfe, 0x22, 0xdc, 0x3d, 0xd8]],
    ["a character of 32 bits is cut off", "utf-32-LE", [0xff, 0xfe, 0, 0, 0x41, 0, 0]],
    ["a number of 32 bits is no character", "utf-32-BE", [0, 0, 0xfe, 0xff, 0, 0x11, 0, 0]],
  ];
  test.each(failures)("%s", async (_name, title, before) => {
    for (const to of ["utf-8", "utf-16", "utf-32-BE"]) {
      expect(await convert(before, to)).toEqual({
        reason: cannot("a", `its content is not ${title} text`),
        hints: ["a file is converted from utf-8, or from the encoding of its byte-order mark"],
        changed: undefined,
        bytes: Buffer.from(before),
      });
    }
  });

  test("an invalid byte at the end of a large file leaves it unchanged", async () => {
    const before = Buffer.concat([Buffer.alloc(300_000, "x"), Buffer.from([0xff])]);
    expect(await convert(before, "utf-32")).toMatchObject({ reason: cannot("a", "its content is not utf-8 text"), bytes: before });
  });

  (canMountDisk ? test : test.skip)("the disk is full", async () => {
    await withTemporaryFolder(async (workingDirectory) => {
      await withSmallDisk(workingDirectory, 96, async (disk) => {
        await writeFile(join(disk, "a"), "x".repeat(60_000));
        const before = await readTree(disk);
        const { result } = await runAction(setFileEncoding, { path: "a", encoding }, { workingDirectory: disk });
        expect(result).toEqual({ status: "failed", reason: `cannot convert file "${disk}/a": no space is left on the disk` });
        expect(treeDifference(before, await readTree(disk))).toEqual([]);
      });
    });
  });
});

test("SetFileEncoding finds a path that names a folder before anything runs", () => {
  expect(setFileEncoding.check?.({ path: "C:\\x\\" }, "windows")).toEqual([
    { path: ["path"], message: '"path" must name a file, without a path separator at its end; found "C:\\\\x\\\\"' },
  ]);
});

/** This machine, recording the length of each read and write. */
function recordingHost(onPiece: (count: number) => unknown = () => undefined) {
  const host = createNodeHost();
  const pieces: number[] = [];
  const open: typeof host.files.open = async (...parameters) => {
    const file = await host.files.open(...parameters);
    const { read, write } = file;
    const note =
      (call: typeof read | typeof write) =>
      (...values: unknown[]) => {
        pieces.push(Number(values[2]));
        onPiece(pieces.length);
        return Reflect.apply(call, file, values) as never;
      };
    return Object.assign(file, { read: note(read), write: note(write) });
  };
  return { host: { ...host, files: { ...host.files, open } }, pieces };
}
