import { createHash } from "node:crypto";
import { execFile } from "node:child_process";
import { chmod, mkdir, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { createNodeHost } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { checkCondition, evaluateCondition, type ConditionContext } from "./index.js";

const host = createNodeHost();
const signal = new AbortController().signal;
const onLinux = process.platform === "linux" ? test : test.skip;

async function evaluate(condition: unknown, workingDirectory: string, environment: Record<string, string> = {}, ports = host) {
  expect(checkCondition(condition)).toEqual([]);
  return evaluateCondition(condition, { host: ports, workingDirectory, environment, signal });
}

/** A folder with a file, a folder, links to both and to nothing, a loop, an executable file and one that nobody may execute. */
async function withThings(body: (folder: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "file"), "hello\n");
    await writeFile(join(folder, "in-cwd"), "", { mode: 0o755 });
    await mkdir(join(folder, "folder"));
    await writeFile(join(folder, "folder", "program"), "#!/bin/sh\n");
    await writeFile(join(folder, "folder", "data"), "");
    await chmod(join(folder, "folder", "program"), 0o755);
    await chmod(join(folder, "folder", "data"), 0o644);
    await mkdir(join(folder, "folder", "inner"));
    for (const [target, name] of [
      ["file", "to-file"],
      ["folder", "to-folder"],
      ["nothing", "to-nothing"],
      ["loop", "loop"],
    ] as const) {
      await symlink(target, join(folder, name));
    }
    await symlink("nothing", join(folder, "folder", "dangling"));
    await body(folder);
  });
}

describe("chapter 13, check files", () => {
  test.each([
    [true, "file", '"F/file" is a file'],
    [true, "./folder/../file", '"F/./folder/../file" is a file'],
    [true, "to-file", '"F/to-file" is a file'],
    [false, "folder", '"F/folder" is a folder'],
    [false, "absent", '"F/absent" does not exist'],
    [false, "file/below", '"F/file/below" does not exist'],
    [false, "file/", '"F/file/" does not exist'],
    [false, "to-nothing", '"F/to-nothing" does not exist'],
    [false, "loop", '"F/loop" cannot be reached (ELOOP)'],
    [false, "nul\0byte", '"F/nul\\u0000byte" cannot be reached (ERR_INVALID_ARG_VALUE)'],
    [false, "", "the path is empty"],
  ])("fileExists: %j for %j", async (value, fileExists, explanation) => {
    await withThings(async (folder) => {
      const verdict = await evaluate({ fileExists }, folder);
      expect({ ...verdict, explanation: verdict.explanation.replace(folder, "F") }).toEqual({ value, explanation });
    });
  });

  test("absolute paths, paths from the root, and a device, which is not a file", async () => {
    await withThings(async (folder) => {
      expect(await evaluate({ fileExists: join(folder, "file") }, "/")).toEqual({ value: true, explanation: `"${folder}/file" is a file` });
      expect(await evaluate({ folderExists: "dev" }, "/")).toEqual({ value: true, explanation: '"/dev" is a folder' });
      const explanation = '"/dev/null" is neither a file nor a folder';
      expect(await evaluate({ fileExists: "/dev/null" }, folder)).toEqual({ value: false, explanation });
    });
  });

  test.each([
    [true, "folder", '"F/folder" is a folder'],
    [true, "folder/", '"F/folder/" is a folder'],
    [true, "to-folder", '"F/to-folder" is a folder'],
    [false, "file", '"F/file" is a file'],
    [false, "absent", '"F/absent" does not exist'],
    [false, "to-nothing", '"F/to-nothing" does not exist'],
    [false, "", "the path is empty"],
  ])("folderExists: %j for %j", async (value, folderExists, explanation) => {
    await withThings(async (folder) => {
      const verdict = await evaluate({ folderExists }, folder);
      expect({ ...verdict, explanation: verdict.explanation.replace(folder, "F") }).toEqual({ value, explanation });
    });
  });
});

describe.each([
  ["fileMD5Equals", "MD5", "b1946ac92492d2347c6235b4d2611184"],
  ["fileSHA1Equals", "SHA1", "f572d396fae9206628714fb2ce00f72e94f2258f"],
  ["fileSHA256Equals", "SHA256", "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"],
  [
    "fileSHA512Equals",
    "SHA512",
    "e7c22b994c59d9cf2b48e549b1e24666636045930d3da7c1acb299d1c3b7f931f94aae41edda2c2b207a36e10f8bcb8d45223e54878f5b316e7ce3b6bc019629",
  ],
])("chapter 13, check files: %s", (operator, name, hash) => {
  test("ignores letter case and shows both hashes", async () => {
    await withThings(async (folder) => {
      const linked = join(folder, "to-file");
      const right = await evaluate({ [operator]: hash, path: "file" }, folder);
      expect(right).toEqual({ value: true, explanation: `the ${name} of "${folder}/file" is ${hash}` });
      const rightInCapitals = await evaluate({ [operator]: hash.toUpperCase(), path: linked }, "/");
      expect(rightInCapitals).toEqual({ value: true, explanation: `the ${name} of "${linked}" is ${hash}` });
      const wrong = await evaluate({ [operator]: "AB".repeat(hash.length / 2), path: "file" }, folder);
      expect(wrong).toEqual({
        value: false,
        explanation: `the ${name} of "${folder}/file" is ${hash}, not ${"ab".repeat(hash.length / 2)}`,
      });
    });
  });

  // opening or reading a device could block forever
  test.each([
    ["absent", '"F/absent" does not exist'],
    ["folder", '"F/folder" is a folder'],
    ["", "the path is empty"],
    ["/dev/zero", '"/dev/zero" is neither a file nor a folder'],
  ])("is false for %j, which is not a regular file", async (path, explanation) => {
    await withThings(async (folder) => {
      const verdict = await evaluate({ [operator]: hash, path }, folder);
      expect({ ...verdict, explanation: verdict.explanation.replace(folder, "F") }).toEqual({ value: false, explanation });
    });
  });

  // a regular file that every user may open, and whose first bytes nobody can read
  onLinux("a file that cannot be read is an error, not an answer", async () => {
    await expect(evaluate({ [operator]: hash, path: "/proc/self/mem" }, "/")).rejects.toMatchObject({
      code: "conditions/file-not-readable",
      message: `cannot read "/proc/self/mem" to take its ${name} (EIO)`,
    });
  });
});

describe("hashes of large files", () => {
  test("are read completely, in small pieces", async () => {
    await withThings(async (folder) => {
      const content = Buffer.alloc(3 * 1024 * 1024 + 17, "0123456789");
      await writeFile(join(folder, "large"), content);
      const { ports, pieces } = recordReads();
      const fileSHA256Equals = createHash("sha256").update(content).digest("hex");
      expect((await evaluate({ fileSHA256Equals, path: "large" }, folder, {}, ports)).value).toBe(true);
      expect(Math.max(...pieces)).toBeLessThanOrEqual(1024 * 1024);
      expect(pieces.reduce((sum, bytes) => sum + bytes, 0)).toBe(content.length);
    });
  });

  test("stop when the signal aborts", async () => {
    await withThings(async (folder) => {
      await truncate(join(folder, "file"), 2 ** 40); // sparse; hashing it would take an hour
      const controller = new AbortController();
      const { ports } = recordReads(() => controller.abort(new Error("out of time")));
      const condition = { fileMD5Equals: "0".repeat(32), path: "file" };
      const context = { host: ports, workingDirectory: folder, environment: {}, signal: controller.signal };
      await expect(evaluateCondition(condition, context)).rejects.toThrow("out of time");
    });
  });
});

/** The real file system, recording how many bytes each read returned. */
function recordReads(onRead: () => void = () => undefined): { ports: ConditionContext["host"]; pieces: number[] } {
  const pieces: number[] = [];
  const open = async (...parameters: Parameters<typeof host.files.open>) => {
    const file = await host.files.open(...parameters);
    const read = file.read.bind(file) as (buffer: Buffer, offset: number, length: number) => Promise<{ bytesRead: number; buffer: Buffer }>;
    const recorded = async (buffer: Buffer, offset: number, length: number) => {
      const result = await read(buffer, offset, length);
      pieces.push(result.bytesRead);
      onRead();
      return result;
    };
    return Object.assign(file, { read: recorded });
  };
  return { ports: { ...host, files: { ...host.files, open } }, pieces };
}

describe("chapter 13, check files: binaryExists", () => {
  test.each([
    [true, "program", '"program" is "F/folder/program"'],
    [true, "./folder/program", '"./folder/program" is a program'],
    [true, "cd", '"cd" is part of the shell'],
    [false, "no-such-program", '"no-such-program" is not on the PATH'],
    [false, "inner", '"inner" is not on the PATH'],
    [false, "dangling", '"dangling" is not on the PATH'],
    [false, "./folder/data", '"./folder/data" is not a program'],
    [false, "./folder", '"./folder" is not a program'],
    [false, "", '"" is not on the PATH'],
  ])("%j for %j", async (value, binaryExists, explanation) => {
    await withThings(async (folder) => {
      const verdict = await evaluate({ binaryExists }, folder, { PATH: `${folder}/absent:folder` });
      expect({ ...verdict, explanation: verdict.explanation.replace(folder, "F") }).toEqual({ value, explanation });
    });
  });

  // compared with bash itself; skipped where there is no bash
  const shellWords = ["if", "{", "[[", "!", "type", "[", ":", ".", "readarray", "compopt", "time", "end", "..", "-n"];
  const programs = ["program", "data", "inner", "dangling", "file", "in-cwd", "sh", "null", ""];
  const paths = ["./program", "./folder/program", "folder/data", "folder/program/", "/bin/sh", "/bin"];
  onLinux.each([":folder", ":", "folder", "folder:", "/bin:folder/inner", "", "/dev"])(
    "with PATH=%j it agrees with bash's type",
    async (PATH) => {
      await withThings(async (folder) => {
        for (const binaryExists of [...shellWords, ...programs, ...paths]) {
          const expected = await typeOfBash(binaryExists, folder, PATH);
          expect({ binaryExists, value: (await evaluate({ binaryExists }, folder, { PATH })).value }).toEqual({
            binaryExists,
            value: expected,
          });
        }
      });
    },
  );

  test("without a PATH the default folders are searched", async () => {
    expect(await evaluate({ binaryExists: "sh" }, "/")).toMatchObject({
      value: true,
      explanation: expect.stringMatching(/^"sh" is ".*\/sh"$/),
    });
  });

  // no Windows available here: the real file system, with backslashes as separators
  const windows: ConditionContext["host"] = {
    ...host,
    platform: "windows",
    files: { ...host.files, stat: ((path: string) => host.files.stat(path.replaceAll("\\", "/"))) as typeof host.files.stat },
  };
  test.each([
    [true, "tool", '"tool" is "F\\\\tool.EXE"'],
    [true, "tool.EXE", '"tool.EXE" is "F\\\\tool.EXE"'],
    [true, "here", '"here" is "F/folder\\\\here.CMD"'],
    [false, "tool.txt", '"tool.txt" is not on the PATH'],
    [false, "cd", '"cd" is not on the PATH'],
    [false, ".\\tool", '".\\\\tool" is not on the PATH'],
    [false, "", '"" is not on the PATH'],
  ])("on Windows %j for %j", async (value, binaryExists, explanation) => {
    await withThings(async (folder) => {
      await writeFile(join(folder, "tool.EXE"), "");
      await writeFile(join(folder, "folder", "here.CMD"), "");
      const verdict = await evaluate({ binaryExists }, join(folder, "folder"), { Path: `;${folder}\\absent;${folder}` }, windows);
      expect({ ...verdict, explanation: verdict.explanation.replace(folder, "F") }).toEqual({ value, explanation });
    });
  });

  test("on Windows the extensions come from PATHEXT", async () => {
    await withThings(async (folder) => {
      await writeFile(join(folder, "script.PS1"), "");
      const environment = { PATH: folder, PathExt: ".PS1" };
      expect((await evaluate({ binaryExists: "script" }, "/", environment, windows)).value).toBe(true);
      expect((await evaluate({ binaryExists: "script" }, "/", { PATH: folder }, windows)).value).toBe(false);
    });
  });
});

function typeOfBash(name: string, cwd: string, PATH: string): Promise<boolean> {
  return new Promise((resolve) => {
    // --norc, because bash reads .bashrc when its standard input is a socket, and that may set another PATH
    const parameters = ["--norc", "-c", 'type -- "$1" >/dev/null 2>&1', "bash", name];
    execFile("/bin/bash", parameters, { cwd, env: { PATH } }, (error) => resolve(error === null));
  });
}
