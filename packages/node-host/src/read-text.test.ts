import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, rmdir, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { describeTextFault, readTextFile, readTextStream, type TextLimits, type TextRead } from "./read-text.js";

const LIMITS: TextLimits = { largest: 100 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "read-text-"));
});
afterEach(() => rm(folder, { recursive: true }));

function told(read: TextRead): string {
  return "text" in read ? `text: ${read.text}` : describeTextFault(read.fault);
}

describe("a file", () => {
  test.each<[string, (path: string) => unknown, string]>([
    ["with text", (path) => writeFile(path, "\ufeffä\r\n"), "text: ä\r\n"],
    ["that is empty", (path) => writeFile(path, ""), "text: "],
    ["behind a link", (path) => writeFile(`${path}1`, "a").then(() => symlink(`${path}1`, path)), "text: a"],
    ["that is missing", () => undefined, "no such file"],
    ["that is a folder", (path) => mkdir(path), "it is a folder"],
    ["that is a link to itself", (path) => symlink(path, path), "its symbolic links lead in a circle"],
    ["that is a pipe without a writer", (path) => execFileSync("mkfifo", [path]), "it is not a file"],
    ["that is a device", (path) => symlink("/dev/zero", path), "it is not a file"],
    ["that is as large as allowed", (path) => writeFile(path, "x".repeat(100)), `text: ${"x".repeat(100)}`],
    ["that is larger", (path) => writeFile(path, "").then(() => truncate(path, 1e12)), "it has more than 100 bytes"],
    ["of UTF-16", (path) => writeFile(path, Buffer.from("name: a", "utf16le")), "it is not UTF-8 text: it looks like UTF-16"],
    ["of latin1", (path) => writeFile(path, Buffer.from("a\nä\n", "latin1")), "it is not UTF-8 text: line 2 has bytes of another encoding"],
  ])("%s", async (_what, make, expected) => {
    const path = join(folder, "file");
    await make(path);
    expect(told(await readTextFile(path, LIMITS))).toBe(expected);
  });

  test("that is a pipe is read to its end if that is wanted, and a device no further than allowed", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const reading = readTextFile(pipe, { ...LIMITS, pipes: true });
    await writeFile(pipe, "through the pipe");
    expect(told(await reading)).toBe("text: through the pipe");
    expect(told(await readTextFile("/dev/zero", { ...LIMITS, pipes: true }))).toBe("it has more than 100 bytes");
    expect(told(await readTextFile(folder, { ...LIMITS, pipes: true }))).toBe("it is a folder");
  });

  test("with a relative path, in a folder that has been removed", async () => {
    const [before, gone] = [process.cwd(), join(folder, "gone")];
    await mkdir(gone);
    process.chdir(gone);
    try {
      expect(told(await readTextFile("a.yaml", LIMITS))).toBe("no such file");
      await rmdir(gone);
      expect(told(await readTextFile("a.yaml", LIMITS))).toBe("the current folder has been removed");
      expect(told(await readTextFile(join(gone, "a.yaml"), LIMITS))).toBe("no such file");
    } finally {
      process.chdir(before);
    }
  });
});

test("a stream is read no further than allowed, and may fail", async () => {
  let taken = 0;
  const endless = async function* () {
    for (;;) yield Buffer.alloc((taken += 10) && 10);
  };
  expect(await readTextStream(endless(), 100)).toEqual({ fault: { kind: "too-large", bytes: 110, limit: 100 } });
  expect(taken).toBe(110);
  const failing = Readable.from([Buffer.from("a")]).map(() => Promise.reject(new Error("unplugged")));
  expect(await readTextStream(failing, 100)).toEqual({ fault: { kind: "not-readable", cause: "unplugged" } });
});
