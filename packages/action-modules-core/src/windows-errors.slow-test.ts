// The cases of chapter 17 with Windows' paths that are not about paths, on a Windows of Wine's.
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { windowsOfTests } from "./testing/windows-of-tests.js";

const { describeOnWindows, atC, make, work, run, runThere, outputsOf } = windowsOfTests();

/** `C:\work\NAME` as messages show it. */
const at = (name: string) => JSON.stringify(`C:\\work\\${name}`);
const noMatch = (kind: string, name: string) => `no ${kind} matches ${at(name)}`;
const missing = (operation: string, name: string) => `cannot ${operation} ${at(name)}: no such file or folder`;
const isFolder = (operation: string, name: string) => `cannot ${operation} ${at(name)}: it is a folder`;
const isFile = (operation: string, name: string) => `cannot ${operation} ${at(name)}: a file has this name`;
const exists = (operation: string, name: string) => `cannot ${operation} ${at(name)}: it exists already, and "overwrite" is false`;

describeOnWindows("chapter 17 on Windows: returns an error when", () => {
  test.each([
    ["AppendFile", { path: "C:\\work\\no.txt", content: "x" }, missing("append to file", "no.txt")],
    ["CopyFile", { source: "C:\\work\\no.txt", destination: "C:\\work\\b.txt" }, missing("copy file", "no.txt")],
    ["CopyFile", { source: "C:\\work\\no*", destination: "C:\\work\\b\\" }, noMatch("file", "no*")],
    ["CopyFile", { source: "none\\a*", destination: "C:\\work\\b\\" }, missing("read folder", "none\\")],
    ["CopyFolder", { source: "C:\\work\\no", destination: "C:\\work\\b" }, missing("copy folder", "no")],
    ["CopyFolder", { source: "C:\\work\\no*", destination: "C:\\work\\b\\" }, noMatch("folder", "no*")],
    ["DeleteFile", { path: "C:\\work\\no.txt" }, missing("delete file", "no.txt")],
    ["DeleteFolder", { path: "C:\\work\\no\\", force: true }, missing("delete folder", "no")],
    ["ListFiles", { path: "C:\\work\\no" }, missing("list files in", "no")],
    ["MoveFile", { source: "C:\\work\\no.txt", destination: "C:\\work\\b.txt" }, missing("move file", "no.txt")],
    ["MoveFile", { source: "C:\\work\\no*", destination: "C:\\work\\b\\" }, noMatch("file", "no*")],
    ["MoveFolder", { source: "C:\\work\\no", destination: "C:\\work\\b" }, missing("move folder", "no")],
    ["MoveFolder", { source: "C:\\work\\no*", destination: "C:\\work\\b\\" }, noMatch("folder", "no*")],
    ["ReadFile", { path: "C:\\work\\no.txt" }, missing("read file", "no.txt")],
    ["SetFileEncoding", { path: "C:\\work\\no.txt", encoding: "UTF-16" }, missing("convert file", "no.txt")],
  ])("the source does not exist: %s of %j", async (action, input, reason) => {
    expect(await run(action, input)).toBe(reason);
    expect(work()).toEqual([]);
  });

  test.each([
    ["CopyFile", { source: "a\\one.txt", destination: "C:\\work\\b\\two.txt" }, exists("write file", "b\\two.txt")],
    ["CopyFile", { source: "a\\*", destination: "C:\\work\\c\\" }, exists("write file", "c\\one.txt")],
    ["MoveFile", { source: "a\\*", destination: "C:\\work\\c\\" }, exists("write file", "c\\one.txt")],
    ["CopyFolder", { source: "a", destination: "C:\\work\\b" }, exists("create folder", "b")],
    ["CreateFile", { path: "C:\\work\\b\\two.txt", content: "new" }, exists("write file", "b\\two.txt")],
    ["CreateFolder", { path: "C:\\work\\b" }, exists("create folder", "b")],
    ["MoveFile", { source: "a\\one.txt", destination: "C:\\work\\b\\two.txt" }, exists("write file", "b\\two.txt")],
    ["MoveFolder", { source: "a", destination: "C:\\work\\b" }, exists("create folder", "b")],
  ])("overwrite is false, and there is one: %s of %j", async (action, input, reason) => {
    const files = ["a/one.txt", "b/two.txt", "c/ONE.txt"];
    await make(...files.map((name) => `work/${name}`));
    expect(await run(action, { ...input, overwrite: false })).toBe(reason);
    expect(work().map((name) => [name, readFileSync(atC("work", name), "utf8")])).toEqual(files.map((name) => [name, `work/${name}`]));
  });

  test.each([
    ["AppendFile", { path: "C:\\work\\b", content: "x" }, isFolder("append to file", "b")],
    ["CopyFile", { source: "a\\one.txt", destination: "C:\\work\\b" }, isFolder("write file", "b")],
    ["CopyFolder", { source: "C:\\work\\a\\one.txt", destination: "c" }, `cannot copy folder ${at("a\\one.txt")}: it is a file`],
    ["CopyFolder", { source: "a", destination: "C:\\work\\b\\two.txt" }, isFile("create folder", "b\\two.txt")],
    ["CreateFile", { path: "C:\\work\\b" }, isFolder("write file", "b")],
    ["CreateFolder", { path: "C:\\work\\b\\two.txt" }, isFile("create folder", "b\\two.txt")],
    ["DeleteFile", { path: "C:\\work\\b" }, isFolder("delete file", "b")],
    ["DeleteFolder", { path: "C:\\work\\b\\two.txt" }, `cannot delete folder ${at("b\\two.txt")}: it is a file`],
    ["ListFiles", { path: "C:\\work\\b\\two.txt" }, isFile("list files in", "b\\two.txt")],
    ["MoveFile", { source: "a\\one.txt", destination: "C:\\work\\b" }, isFolder("write file", "b")],
    ["MoveFolder", { source: "a", destination: "C:\\work\\b\\two.txt" }, isFile("create folder", "b\\two.txt")],
    ["ReadFile", { path: "C:\\work\\b" }, isFolder("read file", "b")],
    ["SetFileEncoding", { path: "C:\\work\\b", encoding: "UTF-16" }, isFolder("convert file", "b")],
  ])("a folder is in place of a file, or a file of a folder: %s of %j", async (action, input, reason) => {
    await make("work/a/one.txt", "work/b/two.txt");
    expect(await run(action, input)).toBe(reason);
    expect(work()).toEqual(["a/one.txt", "b/two.txt"]);
  });

  // Z: is the root of this machine, and nobody makes or deletes files in /sys
  test.each([
    ["AppendFile", { path: "Z:\\sys\\kernel\\uevent_seqnum", content: "1" }],
    ["CopyFile", { source: "a.txt", destination: "Z:\\sys\\x.txt" }],
    ["CopyFolder", { source: "a", destination: "Z:\\sys\\x" }],
    ["CreateFile", { path: "Z:\\sys\\x.txt" }],
    ["CreateFolder", { path: "Z:\\sys\\x" }],
    ["DeleteFile", { path: "Z:\\sys\\kernel\\uevent_seqnum" }],
    ["MoveFile", { source: "a.txt", destination: "Z:\\sys\\x.txt" }],
    ["MoveFolder", { source: "a", destination: "Z:\\sys\\x" }],
    ["SetFileEncoding", { path: "Z:\\sys\\kernel\\uevent_seqnum", encoding: "UTF-16" }],
  ])("the permission is missing: %s of %j", async (action, input) => {
    await make("work/a.txt", "work/a/b.txt");
    expect(await run(action, input)).toMatch(/^cannot .* "Z:\\\\sys.*": (the operation is not permitted|permission denied|.* read-only)$/);
    expect(work()).toEqual(["a.txt", "a/b.txt"]);
  });

  test("another program has the file open", async () => {
    await make("work/a/busy.txt");
    await runThere("HoldFile", { path: "C:\\work\\a\\busy.txt" });
    const inUse = (operation: string) => `cannot ${operation} ${at("a\\busy.txt")}: it is in use`;
    expect([
      await run("DeleteFolder", { path: "a", force: true }),
      await run("AppendFile", { path: "a\\busy.txt", content: "x" }),
      await run("SetFileEncoding", { path: "a\\busy.txt", encoding: "UTF-16" }),
      await run("CopyFile", { source: "a\\busy.txt", destination: "b.txt" }),
    ]).toEqual(["delete file", "append to file", "convert file", "copy file"].map(inUse));
    expect(work()).toEqual(["a/busy.txt"]);
  });

  test("several files would get one name", async () => {
    await make("work/Sample1.txt", "work/sample2.txt");
    // the chapter's example for Windows has no separator at the end
    expect(await run("MoveFile", { source: "C:\\work\\Sample*", destination: "C:\\work\\MyFolder" })).toBe(
      'cannot move 2 files that match "C:\\\\work\\\\Sample*" to the one file "C:\\\\work\\\\MyFolder"',
    );
    expect(work()).toEqual(["Sample1.txt", "sample2.txt"]);
  });

  test("a text is not of the encoding", async () => {
    writeFileSync(atC("work/a.txt"), Buffer.from([0x66, 0xfc, 0x72])); // "für" in the code page 1252
    expect(await run("ReadFile", { path: "a.txt" })).toBe(`cannot read file ${at("a.txt")}: its content is not utf-8 text`);
  });
});

describeOnWindows("chapter 17 on Windows: defaults, encodings and wildcards", () => {
  test("what is there already is replaced or merged by default", async () => {
    await make("work/a/one.txt", "work/b/one.txt", "work/b/two.txt", "work/c.txt");
    expect(await run("CopyFile", { source: "c.txt", destination: "b\\ONE.txt" })).toHaveLength(1);
    expect(readFileSync(atC("work/b/one.txt"), "utf8")).toBe("work/c.txt");
    expect(await run("CopyFolder", { source: "a", destination: "B" })).toHaveLength(1);
    expect(readFileSync(atC("work/b/one.txt"), "utf8")).toBe("work/a/one.txt");
    expect(await run("CreateFolder", { path: "C:\\work\\b\\" })).toEqual([]);
    expect(await run("MoveFile", { source: "c.txt", destination: "b\\two.txt" })).toHaveLength(1);
    expect(await run("MoveFolder", { source: "a", destination: "b" })).toHaveLength(1);
    expect([work(), readFileSync(atC("work/b/two.txt"), "utf8")]).toEqual([["b/one.txt", "b/two.txt"], "work/c.txt"]);
  });

  test("CopyFolder, MoveFolder and ListFiles with wildcards, which ignore the case", async () => {
    await make("work/Sample1/a.LOG", "work/sample2/b.txt", "work/other/c.txt");
    expect(await run("CopyFolder", { source: "C:\\work\\SAMPLE*", destination: "C:\\work\\copies\\" })).toHaveLength(2);
    expect(await run("MoveFolder", { source: "C:\\work\\copies\\sample*", destination: "C:\\work\\moved\\" })).toHaveLength(2);
    expect(work()).toEqual(["Sample1/a.LOG", "moved/Sample1/a.LOG", "moved/sample2/b.txt", "other/c.txt", "sample2/b.txt"]);
    expect(await outputsOf("ListFiles", { path: "C:\\work\\Sample1\\" })).toEqual({ files: "C:\\work\\Sample1\\a.LOG" });
    expect(await outputsOf("ListFiles", { path: "C:\\work" })).toEqual({ files: "" });
    expect(await run("DeleteFile", { path: "C:\\work\\moved\\no*" })).toEqual([]);
  });

  // the umlaut in each
  test.each([
    ["utf8", "c3bc"],
    ["UTF-16", "fc00"],
    ["utf16-BE", "00fc"],
    ["utf-32", "fc000000"],
    ["utf32-be", "000000fc"],
  ])("CreateFile, AppendFile and ReadFile in %s, and SetFileEncoding from utf-8", async (encoding, bytes) => {
    expect(await run("CreateFile", { path: "a.txt", content: "ü\r\n", encoding })).toEqual([]);
    expect(await run("AppendFile", { path: "a.txt", content: "🐢", encoding })).toEqual([]);
    expect(await run("AppendFile", { path: "a.txt" })).toEqual([]);
    const { result, stdout } = await runThere("ReadFile", { path: "C:\\work\\a.txt", encoding, printFileContent: true });
    expect([result.outputs, stdout]).toEqual([{ content: "ü\r\n🐢" }, "ü\r\n🐢"]);
    expect(readFileSync(atC("work/a.txt"), "hex").startsWith(bytes)).toBe(true);
    writeFileSync(atC("work/b.txt"), "ü\r\n🐢");
    expect(await run("SetFileEncoding", { path: "C:\\work\\b.txt", encoding })).toEqual([]);
    expect(readFileSync(atC("work/b.txt")).equals(readFileSync(atC("work/a.txt")))).toBe(true);
  });
});
