import { execFileSync } from "node:child_process";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runAction, withTemporaryFolder } from "@imagewright/test-kit";
import { runCase, testActionCases } from "@imagewright/test-kit/suites";
import { describe, expect, test } from "@jest/globals";
import { readFile } from "./index.js";
import { LONGEST_CONTENT_BYTES } from "./run.js";

/** Reads a file with the given bytes. */
async function read(bytes: Uint8Array | string, input: { encoding?: string; printFileContent?: boolean } = {}) {
  const { run } = await runCase(readFile, {
    name: "",
    given: (folder) => writeFile(join(folder, "a.txt"), bytes),
    input: { path: "a.txt", ...input },
  });
  return run;
}

const content = (text: string) => ({ status: "succeeded", changed: false, outputs: { content: text } });
const bytes = (...values: readonly number[]) => Uint8Array.from(values);

describe("ReadFile, chapter 17: what it returns", () => {
  test("the text as it is, with its line ends, and prints nothing", async () => {
    const run = await read("one\r\ntwo\n");
    expect(run.result).toEqual(content("one\r\ntwo\n"));
    expect(run.stdout).toBe("");
  });

  test("an empty file", async () => {
    expect((await read("")).result).toEqual(content(""));
  });

  test("printFileContent prints the text as UTF-8 as well", async () => {
    const run = await read(bytes(0xac, 0x20), { encoding: "utf-16", printFileContent: true });
    expect(run.result).toEqual(content("€"));
    expect(run.stdout).toBe("€");
    expect((await read("one\n", { printFileContent: false })).stdout).toBe("");
  });

  test("the target of a link, and a file whose size the system does not report", async () => {
    const { run } = await runCase(readFile, {
      name: "",
      given: (folder) => symlink("/proc/self/status", join(folder, "link")),
      input: { path: "link" },
    });
    expect(run.result).toMatchObject({ outputs: { content: expect.stringContaining(`Pid:\t${process.pid}\n`) } });
  });

  const rows: [string, string | undefined, readonly number[]][] = [
    ["utf-8 by default", undefined, [0x41, 0xe2, 0x82, 0xac]],
    ["utf8", "utf8", [0x41, 0xe2, 0x82, 0xac]],
    ["utf8 with its mark", "UTF-8", [0xef, 0xbb, 0xbf, 0x41, 0xe2, 0x82, 0xac]],
    ["utf16 is little-endian", "utf16", [0x41, 0, 0xac, 0x20]],
    ["utf-16 with the little-endian mark", "utf-16", [0xff, 0xfe, 0x41, 0, 0xac, 0x20]],
    ["utf-16 with the big-endian mark", "utf-16", [0xfe, 0xff, 0, 0x41, 0x20, 0xac]],
    ["utf16-LE", "UTF16-le", [0x41, 0, 0xac, 0x20]],
    ["utf-16-LE with its mark", "utf-16-LE", [0xff, 0xfe, 0x41, 0, 0xac, 0x20]],
    ["utf16-BE", "utf16-BE", [0, 0x41, 0x20, 0xac]],
    ["utf-16-BE with its mark", "utf-16-be", [0xfe, 0xff, 0, 0x41, 0x20, 0xac]],
    ["utf32 is little-endian", "utf32", [0x41, 0, 0, 0, 0xac, 0x20, 0, 0]],
    ["utf-32 with the little-endian mark", "UTF-32", [0xff, 0xfe, 0, 0, 0x41, 0, 0, 0, 0xac, 0x20, 0, 0]],
    ["utf-32 with the big-endian mark", "utf-32", [0, 0, 0xfe, 0xff, 0, 0, 0, 0x41, 0, 0, 0x20, 0xac]],
    ["utf32-LE", "utf32-LE", [0x41, 0, 0, 0, 0xac, 0x20, 0, 0]],
    ["utf-32-BE", "utf-32-BE", [0, 0, 0, 0x41, 0, 0, 0x20, 0xac]],
  ];
  test.each(rows)("%s", async (_name, encoding, values) => {
    expect((await read(bytes(...values), encoding === undefined ? {} : { encoding })).result).toEqual(content("A€"));
  });

  test("characters split between two chunks are complete", async () => {
    const text = `a${"🐢".repeat(50_000)}`;
    expect((await read(text)).result).toEqual(content(text));
    expect((await read(Buffer.from(text, "utf16le"), { encoding: "utf-16" })).result).toEqual(content(text));
  });

  test("a file of the maximum length is kept completely, a longer one is truncated but printed completely", async () => {
    const longest = "x".repeat(LONGEST_CONTENT_BYTES);
    expect((await read(longest)).result).toEqual(content(longest));
    const longer = `${longest.slice(1)}€ and more`;
    const run = await read(longer, { printFileContent: true });
    expect(run.result).toEqual({
      status: "succeeded",
      changed: false,
      outputs: { content: { kept: `${longest.slice(1)}…`, totalBytes: Buffer.byteLength(longer) } },
    });
    expect(run.stdout).toBe(longer);
  });
});

describe("ReadFile, chapter 17: returns an error when", () => {
  testActionCases(readFile, [
    { name: "the file does not exist", input: { path: "a.txt" }, reason: 'cannot read file "<folder>/a.txt": no such file or folder' },
    {
      name: "the path is a folder",
      given: (folder) => mkdir(join(folder, "x")),
      input: { path: "x" },
      reason: 'cannot read file "<folder>/x": it is a folder',
    },
    {
      name: "the path is a pipe, which must not block",
      given: async (folder) => execFileSync("mkfifo", [join(folder, "pipe")]),
      input: { path: "pipe" },
      reason: 'cannot read file "<folder>/pipe": it is not a regular file',
    },
    {
      name: "a link leads nowhere",
      given: (folder) => symlink("nowhere", join(folder, "link")),
      input: { path: "link" },
      reason: 'cannot read file "<folder>/link": no such file or folder',
    },
    {
      name: "you may not read the file",
      runAs: "nobody",
      given: async (folder) => {
        await writeFile(join(folder, "a.txt"), "");
        await chmod(join(folder, "a.txt"), 0o600);
      },
      input: { path: "a.txt" },
      reason: 'cannot read file "<folder>/a.txt": permission denied',
    },
  ]);

  const notText: [string, string, string, readonly number[]][] = [
    ["a byte that is invalid in UTF-8", "utf-8", "utf-8", [0x41, 0xff, 0x42]],
    ["a UTF-8 character that is cut off", "utf8", "utf-8", [0x41, 0xe2, 0x82]],
    ["a NUL byte", "utf8", "utf-8", [0x41, 0, 0x42]],
    ["an odd number of bytes", "utf16", "utf-16", [0x41, 0, 0x42]],
    ["half of a surrogate pair", "UTF-16-be", "utf-16-BE", [0xd8, 0, 0, 0x41]],
    ["half of a surrogate pair at the end", "utf-16-LE", "utf-16-LE", [0x41, 0, 0, 0xd8]],
    ["a number that is no character", "utf32", "utf-32", [0, 0, 0x11, 0]],
    ["a surrogate as a character", "utf-32-be", "utf-32-BE", [0, 0, 0xd8, 0]],
    ["a character of three bytes", "utf-32-LE", "utf-32-LE", [0x41, 0, 0]],
  ];
  test.each(notText)("the content is not text: %s", async (_name, encoding, title, values) => {
    expect((await read(bytes(...values), { encoding })).result).toEqual({
      status: "failed",
      reason: `cannot read file "<folder>/a.txt": its content is not ${title} text`,
    });
  });

  const otherMarks: [string, string, readonly number[]][] = [
    ["utf8", "utf-16-LE", [0xff, 0xfe, 0x41, 0]],
    ["utf-16-BE", "utf-16-LE", [0xff, 0xfe, 0x41, 0]],
    ["utf-16-LE", "utf-16-BE", [0xfe, 0xff, 0, 0x41]],
    ["utf-16", "utf-32-LE", [0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]],
    ["utf-32", "utf-8", [0xef, 0xbb, 0xbf, 0x41]],
  ];
  test.each(otherMarks)(
    "the encoding is %s and the mark in the file is that of %s, which the hint names",
    async (encoding, marked, values) => {
      await withTemporaryFolder(async (folder) => {
        await writeFile(join(folder, "a.txt"), bytes(...values));
        const failure = readFile.run({ path: "a.txt", encoding }, await contextOf(folder));
        await expect(failure).rejects.toMatchObject({
          code: "action-modules-core/not-text",
          hints: [`the file begins with the byte-order mark of ${marked}; set encoding to that`],
        });
      });
    },
  );
});

test("ReadFile finds a path that names a folder before anything runs", () => {
  expect(readFile.check?.({ path: "C:\\x\\" }, "windows")).toEqual([
    { path: ["path"], message: '"path" must name a file, without a path separator at its end; found "C:\\\\x\\\\"' },
  ]);
});

/** The test kit's context of a run. */
async function contextOf(folder: string): Promise<Parameters<typeof readFile.run>[1]> {
  return new Promise((resolve) => {
    const run: typeof readFile.run = async (_input, context) => {
      resolve(context);
      return { status: "succeeded", changed: false };
    };
    void runAction({ ...readFile, run }, { path: "" }, { workingDirectory: folder });
  });
}
