// The modules on a Windows of Wine's, in the runtime of ib-agent.exe. What they leave is looked at from outside, in the folder that is C:\.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { PROGRAM } from "@imagewright/test-kit/windows";
import { expect, test } from "@jest/globals";
import { windowsOfTests } from "./testing/windows-of-tests.js";

const { describeOnWindows, atC, atShare, program, make, work, run, runThere, outputsOf } = windowsOfTests();

describeOnWindows("chapter 17 on Windows: paths", () => {
  test.each([
    ["backslashes", "a\\b\\c.txt"],
    ["slashes", "a/b/c.txt"],
    ["both", ".\\a/b\\.\\c.txt"],
    ["a drive letter", "C:\\work\\a\\b\\c.txt"],
    ["a drive letter in lower case, and slashes", "c:/work/a/b/c.txt"],
    ["a path on the current drive", "\\work\\a\\b\\c.txt"],
    ["a path below the current folder of a drive", "C:a\\b\\c.txt"],
    ["folders that lead back", "x\\..\\a\\b\\c.txt"],
    ["a path that Windows does not look into", "\\\\?\\C:\\work\\a\\b\\c.txt"],
  ])("CreateFile takes %s", async (_, path) => {
    expect(await run("CreateFile", { path, content: "one\r\ntwo" })).toEqual([]);
    expect(work()).toEqual(["a/b/c.txt"]);
    expect(readFileSync(atC("work/a/b/c.txt"), "utf8")).toBe("one\r\ntwo");
  });

  test("a path of more than 260 characters", async () => {
    const names = ["d", "e", "f"].map((letter) => letter.repeat(120));
    expect(await run("CreateFile", { path: [...names, "x.txt"].join("\\"), content: "deep" })).toEqual([]);
    expect(await outputsOf("ReadFile", { path: ["C:/work", ...names, "x.txt"].join("/") })).toEqual({ content: "deep" });
  });

  test("%VAR% is not replaced, as in the guide's paths", async () => {
    await run("CreateFile", { path: "%TEMP%\\x.txt" });
    expect(work()).toEqual(["%TEMP%/x.txt"]);
  });

  test("a drive that does not exist, and a share that cannot be reached", async () => {
    expect(await run("CreateFile", { path: "Q:\\x.txt" })).toBe('cannot create folder "Q:\\\\": no such file or folder');
    expect(await run("ReadFile", { path: "\\\\server\\share\\x.txt" })).toBe(
      'cannot read file "\\\\\\\\server\\\\share\\\\x.txt": no such file or folder',
    );
  });

  test("a share that is served", async () => {
    mkdirSync(atShare(), { recursive: true });
    expect(await run("CreateFile", { path: "\\\\server\\share\\a\\x.txt", content: "shared" })).toEqual([]);
    expect(readFileSync(atShare("a", "x.txt"), "utf8")).toBe("shared");
    expect(await outputsOf("ListFiles", { path: "//server/share/A/" })).toEqual({ files: "\\\\server\\share\\A\\x.txt" });
    expect(await run("CopyFolder", { source: "\\\\server\\share\\a", destination: "C:\\work\\b" })).toHaveLength(1);
    expect(await run("MoveFile", { source: "b\\x.txt", destination: "\\\\server\\share\\y.txt" })).toHaveLength(1);
    expect(await run("DeleteFolder", { path: "\\\\SERVER\\share\\a", force: true })).toHaveLength(1);
    expect([readdirSync(atShare()), work()]).toEqual([["y.txt"], []]);
    expect(await run("DeleteFolder", { path: "\\\\server\\share", force: true })).toBe(
      'cannot delete folder "\\\\\\\\server\\\\share\\\\": it is the root of the file system',
    );
  });

  test("names are found in any case, and keep the case that they have", async () => {
    await make("work/Setup.TXT");
    expect(await run("CreateFile", { path: "SETUP.txt", content: "x", overwrite: false })).toBe(
      'cannot write file "C:\\\\work\\\\SETUP.txt": it exists already, and "overwrite" is false',
    );
    expect(await run("CreateFile", { path: "setup.txt", content: "new" })).toEqual([]);
    expect(work()).toEqual(["Setup.TXT"]);
    expect(await outputsOf("ReadFile", { path: "c:\\WORK\\SETUP.txt" })).toEqual({ content: "new" });
  });

  test("names of any language", async () => {
    await run("CreateFile", { path: "żółw 名前 🐢.txt", content: "🐢" });
    expect(work()).toEqual(["żółw 名前 🐢.txt"]);
    expect(await outputsOf("ListFiles", { path: "." })).toEqual({ files: "C:\\work\\żółw 名前 🐢.txt" });
  });
});

describeOnWindows("chapter 17 on Windows: files", () => {
  test("CopyFile, MoveFile and DeleteFile with wildcards, which ignore the case", async () => {
    await make("work/a.LOG", "work/b.log", "work/c.txt");
    expect(await run("CopyFile", { source: "*.log", destination: "C:\\other\\" })).toEqual([
      'copied "C:\\\\work\\\\a.LOG" to "C:\\\\other\\\\a.LOG"',
      'copied "C:\\\\work\\\\b.log" to "C:\\\\other\\\\b.log"',
    ]);
    expect(await run("MoveFile", { source: "C:/work/*.Log", destination: "sub/" })).toEqual([
      'moved "C:\\\\work\\\\a.LOG" to "C:\\\\work\\\\sub\\\\a.LOG"',
      'moved "C:\\\\work\\\\b.log" to "C:\\\\work\\\\sub\\\\b.log"',
    ]);
    expect(await run("DeleteFile", { path: "sub\\A*" })).toEqual(['deleted "C:\\\\work\\\\sub\\\\a.LOG"']);
    expect([work(), readdirSync(atC("other")).sort()]).toEqual([
      ["c.txt", "sub/b.log"],
      ["a.LOG", "b.log"],
    ]);
  });

  test("MoveFile and MoveFolder rename by the case alone; the same name is refused, and so are copies", async () => {
    await make("work/four.txt", "work/sub/a.txt");
    expect(await run("MoveFile", { source: "four.txt", destination: "FOUR.TXT", overwrite: false })).toEqual([
      'moved "C:\\\\work\\\\four.txt" to "C:\\\\work\\\\FOUR.TXT"',
    ]);
    expect(await run("MoveFolder", { source: "SUB", destination: "Sub", overwrite: false })).toEqual([
      'moved "C:\\\\work\\\\SUB" to "C:\\\\work\\\\Sub"',
    ]);
    expect([work(), readFileSync(atC("work/FOUR.TXT"), "utf8")]).toEqual([["FOUR.TXT", "Sub/a.txt"], "work/four.txt"]);
    const refused = [
      await run("MoveFile", { source: "four.txt", destination: "FOUR.TXT" }),
      await run("MoveFolder", { source: "SUB", destination: "Sub" }),
      await run("CopyFile", { source: "four.txt", destination: "Four.txt" }),
      await run("CopyFolder", { source: "Sub", destination: "SUB" }),
    ];
    expect(refused).toEqual([
      'cannot move file "C:\\\\work\\\\four.txt": "C:\\\\work\\\\FOUR.TXT" is the same file',
      'cannot move folder "C:\\\\work\\\\SUB": "C:\\\\work\\\\Sub" is the same folder',
      'cannot copy file "C:\\\\work\\\\four.txt": "C:\\\\work\\\\Four.txt" is the same file',
      'cannot copy folder "C:\\\\work\\\\Sub": "C:\\\\work\\\\SUB" is the same folder',
    ]);
  });

  test("AppendFile, and texts in UTF-16 with line ends of Windows", async () => {
    expect(await run("CreateFile", { path: "a.txt", content: "one\r\n", encoding: "utf-16-LE" })).toEqual([]);
    expect(await run("AppendFile", { path: "A.TXT", content: "zwei ü\r\n", encoding: "utf-16-LE" })).toEqual([]);
    expect(readFileSync(atC("work/a.txt"), "utf16le")).toBe("one\r\nzwei ü\r\n");
    expect(await outputsOf("ReadFile", { path: "a.txt", encoding: "utf-16-LE" })).toEqual({ content: "one\r\nzwei ü\r\n" });
  });

  test("SetFileEncoding reads the byte-order mark that Windows' programs write", async () => {
    writeFileSync(atC("work/a.txt"), "\ufeffone\r\nü", "utf16le");
    expect(await run("SetFileEncoding", { path: "a.txt", encoding: "utf-8" })).toEqual([]);
    expect(readFileSync(atC("work/a.txt"), "utf8").replace("\ufeff", "")).toBe("one\r\nü");
    expect(work()).toEqual(["a.txt"]);
  });

  test("a file that another program has open for itself is in use", async () => {
    await make("work/busy.txt", "work/free.txt");
    await runThere("HoldFile", { path: "C:\\work\\busy.txt" });
    const reasons = [
      await run("ReadFile", { path: "busy.txt" }),
      await run("DeleteFile", { path: "busy.txt" }),
      await run("CreateFile", { path: "busy.txt", content: "x" }),
      await run("MoveFile", { source: "busy.txt", destination: "moved.txt" }),
    ];
    expect(reasons).toEqual([
      'cannot read file "C:\\\\work\\\\busy.txt": it is in use',
      'cannot delete file "C:\\\\work\\\\busy.txt": it is in use',
      'cannot write file "C:\\\\work\\\\busy.txt": it is in use',
      'cannot move file "C:\\\\work\\\\busy.txt" to "C:\\\\work\\\\moved.txt": it is in use',
    ]);
    expect(work()).toEqual(["busy.txt", "free.txt"]);
  });

  test("a read-only file is copied with its attribute, and deleted", async () => {
    await make("work/a.txt");
    chmodSync(atC("work/a.txt"), 0o444); // the attribute, for Wine
    expect(await run("CopyFile", { source: "a.txt", destination: "b.txt" })).toEqual([
      'copied "C:\\\\work\\\\a.txt" to "C:\\\\work\\\\b.txt"',
    ]);
    expect(statSync(atC("work/b.txt")).mode & 0o222).toBe(0);
    expect(await run("DeleteFile", { path: "*.txt" })).toEqual(['deleted "C:\\\\work\\\\a.txt"', 'deleted "C:\\\\work\\\\b.txt"']);
  });
});

describeOnWindows("chapter 17 on Windows: hidden files and files of the system", () => {
  const hide = async (name: string) => {
    for (const attribute of ["+h", "+s"]) await program("attrib.exe", attribute, `C:\\work\\${name}`);
  };
  const attributesOf = async (name: string) => (await program("attrib.exe", `C:\\work\\${name}`)).replace(/C:.*/s, "").replace(/[A ]/g, "");

  test("are read, written, listed, moved with their attributes, and deleted; a copy is visible", async () => {
    await make("work/a.txt", "work/b.txt", "work/sub/c.txt");
    for (const name of ["a.txt", "b.txt", "sub"]) await hide(name);
    expect(await attributesOf("a.txt")).toBe("SH");
    expect(await run("AppendFile", { path: "a.txt", content: "!" })).toEqual([]);
    expect(await outputsOf("ReadFile", { path: "a.txt" })).toEqual({ content: "work/a.txt!" });
    expect(await run("CreateFile", { path: "b.txt", content: "new" })).toEqual([]);
    expect(await run("MoveFile", { source: "a.txt", destination: "moved.txt" })).toHaveLength(1);
    expect(await run("CopyFile", { source: "moved.txt", destination: "copy.txt" })).toHaveLength(1);
    expect(await outputsOf("ListFiles", { path: ".", fileNamePattern: "*", recursive: true })).toEqual({
      files: ["b.txt", "copy.txt", "moved.txt", "sub\\c.txt"].map((name) => `C:\\work\\${name}`).join(","),
    });
    expect(await Promise.all(["moved.txt", "copy.txt", "b.txt"].map(attributesOf))).toEqual(["SH", "", "SH"]);
    expect(await run("DeleteFolder", { path: "sub", force: true })).toHaveLength(1);
    expect(await run("DeleteFile", { path: "m*" })).toHaveLength(1);
    expect(work()).toEqual(["b.txt", "copy.txt"]);
  });

  test("are visible in a copy of their folder, and those that are read-only stay so", async () => {
    await make("work/a/hidden.txt", "work/a/fixed.txt");
    await hide("a\\hidden.txt");
    chmodSync(atC("work/a/fixed.txt"), 0o444); // the attribute, for Wine
    expect(await run("CopyFolder", { source: "a", destination: "b" })).toHaveLength(1);
    expect(await Promise.all(["a\\hidden.txt", "b\\hidden.txt"].map(attributesOf))).toEqual(["SH", ""]);
    expect(statSync(atC("work/b/fixed.txt")).mode & 0o222).toBe(0);
  });
});

describeOnWindows("chapter 17 on Windows: folders", () => {
  test("CopyFolder and MoveFolder", async () => {
    await make("work/a/one.txt", "work/a/deep/two.txt");
    expect(await run("CopyFolder", { source: "A\\", destination: "C:\\work\\copies\\" })).toEqual([
      'copied "C:\\\\work\\\\A" to "C:\\\\work\\\\copies\\\\A" (2 files, 2 folders)',
    ]);
    expect(await run("MoveFolder", { source: "copies/a", destination: "moved" })).toEqual([
      'moved "C:\\\\work\\\\copies\\\\a" to "C:\\\\work\\\\moved"',
    ]);
    expect(work()).toEqual(["a/deep/two.txt", "a/one.txt", "moved/deep/two.txt", "moved/one.txt"]);
  });

  test("a folder is not copied into itself, in whatever case it is written", async () => {
    await make("work/a/one.txt");
    expect(await run("CopyFolder", { source: "a", destination: "A\\inner" })).toBe(
      'cannot copy folder "C:\\\\work\\\\a" to "C:\\\\work\\\\A\\\\inner": that is inside it',
    );
  });

  test("a folder is moved to another drive", async () => {
    await make("work/a/one.txt", "work/a/deep/two.txt");
    // Z: is the root of this machine, and C: a folder of it: the paths are on different drives
    const target = atC("other").replaceAll("/", "\\");
    expect(await run("MoveFolder", { source: "a", destination: `Z:${target}\\a` })).toHaveLength(1);
    expect([work(), readdirSync(atC("other/a")).sort()]).toEqual([[], ["deep", "one.txt"]]);
  });

  test("a file is moved to another drive, and keeps what is in it", async () => {
    await make("work/a.txt");
    const before = readFileSync(atC("work/a.txt"), "utf8");
    const target = atC("other.txt").replaceAll("/", "\\");
    expect(await run("MoveFile", { source: "a.txt", destination: `Z:${target}` })).toHaveLength(1);
    expect([work(), readFileSync(atC("other.txt"), "utf8")]).toEqual([[], before]);
  });

  test("ListFiles lists with backslashes, below a path in any spelling", async () => {
    await make("work/a/one.log", "work/a/deep/two.LOG", "work/a/three.txt");
    expect(await outputsOf("ListFiles", { path: "C:/work/a/", fileNamePattern: "*.log", recursive: true })).toEqual({
      files: "C:\\work\\a\\deep\\two.LOG,C:\\work\\a\\one.log",
    });
  });

  test("CreateFolder and DeleteFolder", async () => {
    expect(await run("CreateFolder", { path: "a\\b/c\\" })).toEqual([]);
    expect(await run("DeleteFolder", { path: "A" })).toBe('cannot delete folder "C:\\\\work\\\\A": it is not empty');
    expect(await run("DeleteFolder", { path: "A", force: true })).toEqual(['deleted "C:\\\\work\\\\A"']);
    expect(await run("DeleteFolder", { path: "C:\\", force: true })).toBe(
      'cannot delete folder "C:\\\\": it is the root of the file system',
    );
    expect(existsSync(atC("work/a"))).toBe(false);
  });
});

describeOnWindows("chapter 15 on Windows: ExecuteBinary", () => {
  const binary = async (path: string, ...parameters: readonly string[]) =>
    (await runThere("ExecuteBinary", { path, arguments: parameters })).result;

  test("what programs print is UTF-8, or in the code page of the console, which Wine says is 437", async () => {
    writeFileSync(atC("work/oem.txt"), Buffer.from("f\x81r 5 \x9c\r\n", "latin1"));
    writeFileSync(atC("work/utf8.txt"), "żółw 🐢\r\n");
    expect(await binary("cmd.exe", "/c", "type oem.txt& type utf8.txt& type oem.txt 1>&2")).toMatchObject({
      outputs: { stdout: "für 5 £\r\nżółw 🐢" },
    });
  });

  test("output and exit codes", async () => {
    expect(await binary("cmd.exe", "/c", "echo out& exit 3")).toEqual({
      ...{ status: "failed", reason: "the command exited with code 3", hints: [], exitCode: 3, outputs: { stdout: "out" } },
    });
    expect(await binary("C:\\windows\\system32\\cmd.exe", "/c", "exit 3010")).toEqual({
      ...{ status: "reboot", resume: "same-step", delaySeconds: 0, exitCode: 3010, outputs: { stdout: "" } },
    });
    expect(await binary("cmd", "/c", "exit 194")).toMatchObject({ status: "failed", exitCode: 194 });
  });

  test.each([
    [9009, "a program was not found; install it in an earlier step, or give its full path"],
    [0xc0000005, "the program has crashed: it used memory that is not its own"],
    [0xc0000135, "the program needs a DLL that was not found; install what it depends on in an earlier step"],
  ])("the exit code %d is explained", async (code, hint) => {
    expect(await binary("cmd.exe", "/c", `exit ${code | 0}`)).toMatchObject({ exitCode: code, hints: [hint] });
  });

  test("arguments arrive as they are written", async () => {
    const parameters = ["a b", 'say "hi"', "", "C:\\a b\\", "%TEMP%", "ü"];
    const script = "process.stdout.write(JSON.stringify(process.argv.slice(1)))";
    const input = { path: PROGRAM, arguments: ["-e", script, "--", ...parameters] };
    const { result } = await runThere("ExecuteBinary", input, { environment: { BUN_BE_BUN: "1" } });
    expect(result).toMatchObject({ outputs: { stdout: JSON.stringify(parameters) } });
  });

  test("programs that cannot be started", async () => {
    await make("work/a.txt");
    const reasonOf = async (path: string) => ((await binary(path)) as { readonly reason?: string }).reason;
    expect(await reasonOf("no-such.exe")).toBe('the program "no-such.exe" was not found on the PATH');
    expect(await reasonOf("C:\\no\\such.exe")).toBe('the program "C:\\\\no\\\\such.exe" was not found');
    expect(await reasonOf("C:\\work\\a.txt")).toBe('"C:\\\\work\\\\a.txt" is not a program that Windows can run');
  });

  test("a batch file runs, by its path and by its name on the PATH", async () => {
    writeFileSync(atC("work/tool.cmd"), "@echo %~1-%2\r\n@exit 5\r\n");
    expect(await binary("C:\\work\\tool.cmd", "a b", "c")).toMatchObject({ exitCode: 5, outputs: { stdout: "a b-c" } });
    const environment = { PATH: "C:\\windows\\system32;C:\\work" };
    const { result } = await runThere("ExecuteBinary", { path: "tool", arguments: ["d"] }, { environment });
    expect(result).toMatchObject({ exitCode: 5, outputs: { stdout: "d-" } });
  });

  test("a timeout ends the command", async () => {
    const input = { path: "cmd.exe", arguments: ["/c", "echo ready& pause"] };
    const { result } = await runThere("ExecuteBinary", input, { abortAt: "ready" });
    expect(result).toMatchObject({
      status: "failed",
      reason: "the command was stopped",
      outputs: { stdout: expect.stringMatching(/^ready/) },
    });
  });
});
