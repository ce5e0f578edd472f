import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { isRoot, NOBODY, withTemporaryFolder } from "@imagewright/test-kit";
import { SourceFile } from "@imagewright/diagnostics";
import { runProgram } from "@imagewright/node-host";
import { describe, expect, test } from "@jest/globals";
import { LogFolder, type LogReaders } from "./log-folder.js";

const START = Date.UTC(2026, 10, 28, 18, 0, 1);
const NAME = "TOE_2026-11-28_18-00-01_UTC-0_run-1";

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("a new log folder", () => {
  test.each<[LogReaders | undefined, string, string]>([
    [undefined, "700", "600"],
    ["owner", "700", "600"],
    ["group", "750", "640"],
    ["all", "755", "644"],
  ])("for %s has mode %s, and its files %s, whatever the umask", (readers, folderMode, fileMode) =>
    withTemporaryFolder(async (parent) => {
      for (const umask of [0, 0o077]) {
        const before = process.umask(umask);
        const logs = await LogFolder.make(join(parent, `below-${umask}`), START, "run-1", readers);
        logs.keepDocuments([new SourceFile("a.yaml", "a"), new SourceFile("b.yaml", "b")]);
        logs.openLog("console.log").close();
        logs.close();
        process.umask(before);
        expect(logs.path).toBe(join(parent, `below-${umask}`, NAME));
        const files = ["console.log", "document-2.yaml", "document.yaml"];
        expect(readdirSync(logs.path).sort()).toEqual(files);
        expect([logs.path, ...files.map((file) => join(logs.path, file))].map(mode)).toEqual([folderMode, fileMode, fileMode, fileMode]);
      }
    }),
  );

  test("in a private parent, which is made for this user alone, and refused if others can change it", () =>
    withTemporaryFolder(async (folder) => {
      const parent = join(folder, "above", "logs");
      (await LogFolder.make(parent, START, "run-1", "all", true)).close();
      expect([join(parent, ".."), parent, join(parent, NAME)].map(mode)).toEqual(["700", "700", "755"]);
      chmodSync(parent, 0o777);
      await expect(LogFolder.make(parent, START, "run-2", "owner", true)).rejects.toMatchObject({
        code: "component-runner/log-folder-refused",
        data: { path: parent },
      });
      expect(readdirSync(parent)).toEqual([NAME]);
    }));

  test.each<[string, (path: string, parent: string) => void]>([
    ["a folder", (path) => mkdirSync(path)],
    ["a file", (path) => writeFileSync(path, "")],
    ["a link to a folder", (path, parent) => symlinkSync(parent, path)],
    ["a link that leads nowhere", (path) => symlinkSync("nowhere", path)],
  ])("is another one if %s has its name", (_what, make) =>
    withTemporaryFolder(async (parent) => {
      make(join(parent, NAME), parent);
      const logs = await LogFolder.make(parent, START, "run-1");
      logs.write("chaining.json", "{}");
      logs.close();
      expect(logs.path).toMatch(new RegExp(`/${NAME}_[0-9A-Za-z]{6}$`));
      expect([readdirSync(logs.path), mode(logs.path)]).toEqual([["chaining.json"], "700"]);
    }),
  );

  test("gets its files although something else has its name meanwhile (on Linux)", () =>
    withTemporaryFolder(async (parent) => {
      if (process.platform !== "linux") return;
      const logs = await LogFolder.make(parent, START, "run-1");
      mkdirSync(join(parent, "other"));
      renameSync(logs.path, join(parent, "moved"));
      symlinkSync(join(parent, "other"), logs.path);
      logs.write("detailedoutput.json", "{}");
      logs.openLog("console.log").close();
      logs.close();
      expect(readdirSync(join(parent, "other"))).toEqual([]);
      expect(readdirSync(join(parent, "moved")).sort()).toEqual(["console.log", "detailedoutput.json"]);
    }));

  test("that cannot be made is an error with its path", () =>
    withTemporaryFolder(async (parent) => {
      writeFileSync(join(parent, "file"), "");
      await expect(LogFolder.make(join(parent, "file"), START, "run-1")).rejects.toMatchObject({
        code: "component-runner/log-folder-not-made",
        message: `the log folder "${join(parent, "file", NAME)}" cannot be made: EEXIST: file already exists, mkdir '${join(parent, "file")}'`,
      });
    }));
});

describe("the log folder of a run that continues", () => {
  test.each<[string, string, (path: string, parent: string) => void]>([
    ["a link", "it is no folder", (path, parent) => symlinkSync(parent, path)],
    ["a file", "it is no folder", (path) => writeFileSync(path, "")],
    ["missing", "it is missing", () => undefined],
    [
      "writable for others",
      "others than its owner can write to it",
      (path) => {
        mkdirSync(path);
        chmodSync(path, 0o777);
      },
    ],
  ])("is refused if it is %s", (_what, reason, make) =>
    withTemporaryFolder(async (parent) => {
      const path = join(parent, NAME);
      make(path, parent);
      expect(() => LogFolder.reopen(path)).toThrow(
        expect.objectContaining({
          code: "component-runner/log-folder-refused",
          message: `the log folder "${path}" is not used: ${reason}`,
        }),
      );
      await Promise.resolve();
    }),
  );

  (isRoot ? test : test.skip)("is refused if it is another user's (as root)", () =>
    withTemporaryFolder(async (parent) => {
      const path = join(parent, NAME);
      mkdirSync(path);
      chownSync(path, NOBODY, NOBODY);
      expect(() => LogFolder.reopen(path)).toThrow(`the log folder "${path}" is not used: it belongs to another user`);
      await Promise.resolve();
    }),
  );

  test.each<[string, string, (file: string, target: string) => unknown]>([
    ["a link", "it is a link", (file, target) => symlinkSync(target, file)],
    ["a second name", "it has another name as well", (file, target) => linkSync(target, file)],
    ["a named pipe", "it is not a regular file", (file) => runProgram({ file: "mkfifo", arguments: [file], environment: {} })],
    ["a folder", "it is a folder", (file) => mkdirSync(file)],
  ])("does not write to a log that is %s", (_what, cause, make) =>
    withTemporaryFolder(async (parent) => {
      const logs = await LogFolder.make(parent, START, "run-1");
      const [file, target] = [join(logs.path, "console.log"), join(parent, "target")];
      writeFileSync(target, "precious");
      await make(file, target);
      expect(() => logs.openLog("console.log")).toThrow(
        expect.objectContaining({
          code: "component-runner/log-not-written",
          message: `the log "${file}" cannot be written: ${cause}`,
        }),
      );
      expect(readFileSync(target, "utf8")).toBe("precious");
      logs.close();
    }),
  );

  test("is written on at the end of its logs", () =>
    withTemporaryFolder(async (parent) => {
      const first = await LogFolder.make(parent, START, "run-1");
      for (const text of ["one", "two"]) {
        const logs = LogFolder.reopen(first.path);
        const log = logs.openLog("console.log");
        log.write(text);
        log.close();
        logs.close();
      }
      expect(readFileSync(join(first.path, "console.log"), "utf8")).toBe("onetwo");
      rmSync(first.path, { recursive: true });
      expect(() => first.write("chaining.json", "{}")).toThrow(
        `the log "${join(first.path, "chaining.json")}" cannot be written: ENOENT: no such file or directory, open '${join(first.path, "chaining.json")}'`,
      );
      first.close();
    }));
});
