// The action modules in the shipped executable, as documents have them, on a Windows of Wine's. That each case of the guide is proved, in
// the same runtime, is the part of the packages of the modules.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { selfSignedCertificate, withTemporaryFolder } from "@imagewright/test-kit";
import { withObjectStore } from "@imagewright/test-kit/object-store";
import { allowSdkErrors, BUCKET_OWNER } from "@imagewright/test-kit/s3";
import { makeMsi } from "@imagewright/test-kit/windows";
import { expect, test } from "@jest/globals";
import { describeOnWindows } from "../testing/describe-on-windows.js";
import { runLogged, step, type EndedStep } from "../testing/windows-steps.js";

allowSdkErrors();

/** The outputs of steps that have succeeded, the reasons of others. */
const ends = (steps: Readonly<Record<string, EndedStep>>) =>
  Object.fromEntries(
    Object.entries(steps).map(([name, { status, outputs, failureMessage }]) => [name, status === "success" ? outputs : failureMessage]),
  );

describeOnWindows("ib-agent.exe: modules", (windows) => {
  const { agent, atC } = windows;
  const run = (...steps: readonly string[]) => runLogged(windows, ...steps);

  test("files", async () => {
    const long = `C:\\work\\${["d", "e", "f"].map((letter) => letter.repeat(120)).join("\\")}\\x.txt`;
    writeFileSync(atC("work/busy.txt"), "x");
    agent().start("C:\\hold.exe");
    while (!existsSync(atC("work/waiting"))) await new Promise((resolve) => setTimeout(resolve, 20));
    const { steps, console } = await run(
      step("Long", "CreateFile", [{ path: long, content: "deep" }]),
      step("ReadLong", "ReadFile", [{ path: long.replaceAll("\\", "/"), printFileContent: true }]),
      step("Make", "CreateFile", [{ path: "a\\one.LOG", content: "ü\r\n", encoding: "utf-16-LE" }]),
      step("Append", "AppendFile", [{ path: "A\\ONE.log", content: "two", encoding: "utf-16-LE" }]),
      step("Encode", "SetFileEncoding", [{ path: "a\\one.log", encoding: "utf-16-LE" }]),
      step("Read", "ReadFile", [{ path: "a\\one.log", encoding: "utf-16-LE" }]),
      step("Copy", "CopyFile", [{ source: "a\\*.log", destination: "C:\\work\\b\\" }]),
      step("CopyNone", "CopyFile", [{ source: "C:\\work\\none.txt", destination: "b\\" }]),
      step("CopyTree", "CopyFolder", [{ source: "a", destination: "C:\\work\\c" }]),
      step("Move", "MoveFile", [{ source: "c\\one.log", destination: "c\\two.log", overwrite: false }]),
      step("MoveTree", "MoveFolder", [{ source: "C:/work/c", destination: "C:/work/b/" }]),
      step("List", "ListFiles", [{ path: "b", fileNamePattern: "*.log", recursive: true }]),
      step("NotEmpty", "DeleteFolder", [{ path: "b" }]),
      step("DeleteTree", "DeleteFolder", [{ path: "b", force: true }]),
      step("ReadBusy", "ReadFile", [{ path: "busy.txt" }]),
      step("WriteBusy", "CreateFile", [{ path: "busy.txt", content: "y" }]),
      step("DeleteBusy", "DeleteFile", [{ path: "busy.txt" }]),
      step("There", "Assert", { and: [{ fileExists: "A\\one.log" }, { folderExists: "C:/work/a" }, { binaryExists: "reg" }] }),
      step("Hash", "Assert", { fileSHA256Equals: "0".repeat(64), path: "a\\one.log" }),
    );
    writeFileSync(atC("work/go"), "");
    expect(console).toMatch(/Stdout: deep\r?\n/);
    expect(ends(steps)).toMatchSnapshot();
  });

  test("commands: batch files, arguments with quotes, the code page of the console", async () => {
    writeFileSync(atC("work/show.cmd"), "@echo %~1-%2\r\n@exit 5\r\n");
    writeFileSync(atC("work/oem.txt"), Buffer.from("f\x81r 5 \x9c\r\n", "latin1"));
    const { steps, console } = await run(
      step("Batch", "ExecuteBinary", { path: "C:\\work\\show.cmd", arguments: ["a b", "c"] }),
      step("Quotes", "ExecuteBinary", { path: "C:\\arguments.exe", arguments: ["a b", 'say "hi"', "", "C:\\a b\\", "%TEMP%", "ü"] }),
      step("Oem", "ExecuteBinary", { path: "cmd.exe", arguments: ["/c", "type oem.txt& type oem.txt 1>&2"] }),
      step("None", "ExecuteBinary", { path: "no-such.exe" }),
      step("Crash", "ExecuteBinary", { path: "cmd.exe", arguments: ["/c", `exit ${0xc0000005 | 0}`] }),
    );
    expect(console).toMatch(/Stdout: für 5 £\r?\n/);
    expect(ends(steps)).toMatchSnapshot();
  });

  test("commands of a Japanese Windows: what is in its code page 932 arrives whole, wherever it is cut", async () => {
    agent().withEnvironment({ LC_ALL: "ja_JP.UTF-8" });
    try {
      const { steps, console } = await run(
        step("Print", "ExecuteBinary", { path: "C:\\japanese.exe" }),
        step("Complain", "ExecuteBinary", { path: "C:\\japanese.exe", arguments: ["stderr"] }),
        step("Name", "ExecuteBinary", { path: "cmd.exe", arguments: ["/c", "chcp"] }),
        step("Same", "Assert", { stringEquals: "あソ ｱ表", value: "{{ build.Print.outputs.stdout }}" }),
      );
      expect(console).toMatch(/Stdout: あソ ｱ表\r?\n/);
      expect(console).toMatch(/Stderr: あソ ｱ表\r?\n/);
      expect(console).toMatch(/Stdout: 現在のコード ページ: 932\r?\n/);
      expect(Object.values(steps).map(({ status }) => status)).toEqual(["success", "success", "success", "success"]);
    } finally {
      agent().withEnvironment({ LC_ALL: "C.UTF-8" });
    }
  });

  test("conditions", async () => {
    writeFileSync(atC("work/a.txt"), "abc\r\n");
    const content = readFileSync(atC("work/a.txt"));
    const hashes = { fileMD5Equals: "md5", fileSHA1Equals: "sha1", fileSHA256Equals: "sha256", fileSHA512Equals: "sha512" };
    const holds = [
      ...[
        { stringIsEmpty: "" },
        { stringIsWhitespace: " \t" },
        { stringEquals: "a", value: "a" },
        { patternMatches: "^C:", value: "c:\\x" },
      ],
      ...[
        { stringLessThan: "b", value: "a" },
        { stringLessThanEquals: "a", value: "a" },
      ],
      ...[
        { stringGreaterThan: "a", value: "b" },
        { stringGreaterThanEquals: "b", value: "b" },
      ],
      ...[
        { numberEquals: 5, value: 5 },
        { numberLessThan: 5, value: 4 },
        { numberLessThanEquals: 5, value: 5 },
      ],
      ...[
        { numberGreaterThan: 5, value: 6 },
        { numberGreaterThanEquals: 5, value: 5 },
      ],
      ...[{ fileExists: "A.TXT" }, { folderExists: "C:\\work\\" }, { binaryExists: "CMD" }],
      ...Object.entries(hashes).map(([name, hash]) => ({ [name]: createHash(hash).update(content).digest("hex"), path: "C:/work/a.txt" })),
    ];
    const { steps } = await run(
      ...holds.map((condition, index) => step(`Holds${index}`, "Assert", condition)),
      ...holds.map((condition, index) => step(`Not${index}`, "Assert", { not: condition })),
      step("Together", "Assert", {
        and: [{ or: [{ fileExists: "none" }, { fileExists: "C:\\work\\a.txt" }] }, { binaryExists: "where.exe" }],
      }),
    );
    const ended = Object.entries(steps).map(([name, { status }]) => [name.replace(/\d+/, ""), status]);
    expect(new Set(ended.map(String))).toEqual(new Set(["Holds,success", "Not,failed", "Together,success"]));
    expect(ended).toHaveLength(2 * holds.length + 1);
  });

  test("documents in documents, by paths of Windows; a document in another case is the same", async () => {
    const nested = (path: string) => step("Next", "ExecuteDocument", { document: path });
    const document = (text: string) => `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - ${text}\n`;
    await windows.agent().prefix.makeFolder("work", "sub");
    writeFileSync(atC("work/sub/middle.yml"), document(nested("sub\\last.yml")));
    writeFileSync(atC("work/sub/last.yml"), document(step("Write", "CreateFile", [{ path: "nested.txt", content: "third" }])));
    writeFileSync(atC("work/sub/circle.yml"), document(nested("C:/WORK/Sub/CIRCLE.YML")));
    const { steps } = await run(
      step("Nested", "ExecuteDocument", { document: "C:\\work\\sub\\middle.yml" }),
      step("Circle", "ExecuteDocument", { document: "sub\\circle.yml" }),
      step("None", "ExecuteDocument", { document: "C:\\work\\none.yml" }),
    );
    expect(readFileSync(atC("work/nested.txt"), "utf8")).toBe("third");
    expect([steps["Nested"]?.status, steps["Circle"]?.failureMessage, steps["None"]?.failureMessage]).toMatchSnapshot();
  });

  test("the registry: every root in both spellings, and every type", async () => {
    const roots = ["HKLM", "HKCU", "HKCR", "HKU", "HKCC"];
    const full = ["LOCAL_MACHINE", "CURRENT_USER", "CLASSES_ROOT", "USERS", "CURRENT_CONFIG"].map((name) => `HKEY_${name}`);
    const below = (root: string) => (root === "HKU" || root === "HKEY_USERS" ? "\\.DEFAULT\\Software\\Test" : "\\Software\\Test");
    const types = [
      { type: "SZ", value: 'say "hi" & %PATH%' },
      { type: "EXPAND_SZ", value: "%SystemRoot%\\a" },
      { type: "MULTI_SZ", value: ["one", "two, 2"] },
      { type: "DWORD", value: 4294967295 },
      { type: "QWORD", value: "0x100000002" },
      { type: "BINARY", value: "00FF10" },
    ];
    const inputs = [
      ...roots.map((root) => ({ path: `${root}:${below(root)}`, name: "short", value: root, type: "SZ" })),
      ...full.map((root) => ({ path: `${root}${below(root)}`, name: "full", value: root, type: "SZ" })),
      ...types.map(({ type, value }) => ({ path: "HKCU:\\Types", name: type, value, type })),
    ];
    expect((await run(step("Set", "SetRegistry", inputs))).code).toBe(0);
    const read = async (key: string) => (await agent().prefix.run("reg.exe", ["query", key])).replaceAll("\r\n", "\n").trim();
    expect([...(await Promise.all(roots.map((root) => read(`${root}${below(root)}`)))), await read("HKCU\\Types")]).toMatchSnapshot();
  });

  test("S3, the web and packages", () =>
    withObjectStore("artifacts", async (store) => {
      const web = createServer(selfSignedCertificate("DNS:localhost"), (_, response) => response.end("tool"));
      await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
      const url = `https://localhost:${(web.address() as AddressInfo).port}/tool.txt`;
      agent().withEnvironment(store.environment);
      await store.put(
        "nested.yml",
        `schemaVersion: 1.0\nparameters: [{ Text: { type: string } }]\nphases:\n  - name: build\n    steps:\n      - ${step("Write", "CreateFile", [{ path: "C:\\work\\nested.txt", content: "{{ Text }}" }])}\n`,
      );
      await withTemporaryFolder(async (folder) => store.put("p/tool.msi", new Uint8Array(readFileSync(makeMsi(folder)))));
      const unchecked = { ignoreAuthenticodeSignatureErrors: true, allowUnsignedInstaller: true };
      const msi = { path: "s3://artifacts/p/tool.msi", ...unchecked, properties: { COMPANYNAME: 'Acme "Widgets" & Co' } };
      const { steps } = await run(
        step("Make", "CreateFile", [{ path: "a\\one.txt", content: "1" }]),
        step("Up", "S3Upload", [{ source: "C:\\work\\a\\*", destination: "s3://artifacts/up", recurse: true }]),
        step("Down", "S3Download", [{ source: "s3://artifacts/up/*", destination: "C:\\work\\down\\" }]),
        step("Owned", "S3Download", [{ source: "s3://artifacts/up/one.txt", destination: "own.txt", expectedBucketOwner: BUCKET_OWNER }]),
        step("NotOwned", "S3Upload", [{ source: "own.txt", destination: "s3://artifacts/x", expectedBucketOwner: "123456789022" }]),
        step("Nested", "ExecuteDocument", {
          ...{ document: "s3://artifacts/nested.yml", "document-s3-bucket-owner": BUCKET_OWNER, phases: "build" },
          parameters: [{ name: "Text", value: "given" }],
        }),
        step("Denied", "S3Download", [{ source: "s3://artifacts/denied/x", destination: "C:\\work\\down\\" }]),
        step("Distrust", "WebDownload", [{ source: url, destination: "web\\" }]),
        step("Trust", "WebDownload", [{ source: url, destination: "web\\", ignoreCertificateErrors: true }]),
        step("Wrong", "WebDownload", [
          { source: url, destination: "wrong.txt", ignoreCertificateErrors: true, checksum: "0".repeat(32), algorithm: "MD5" },
        ]),
        step("Install", "InstallMSI", { ...msi, logFile: "logs\\msi.log", logOptions: "V" }),
        step("NoPackage", "InstallMSI", { ...msi, path: "s3://artifacts/p/none.msi" }),
      ).finally(() => web.close());
      const key = "HKLM\\Software\\Wow6432Node\\ExampleTool";
      // Wine's msiexec drops the quotes
      expect(await agent().prefix.run("reg.exe", ["query", key, "/v", "Company"])).toContain("Acme Widgets & Co");
      expect(await store.keys()).toContain("up/one.txt");
      const written = ["down/one.txt", "own.txt", "web/tool.txt", "nested.txt"];
      expect(written.map((name) => readFileSync(atC("work", name), "utf8"))).toEqual(["1", "1", "tool", "given"]);
      expect([existsSync(atC("work/wrong.txt")), readFileSync(atC("work/logs/msi.log")).length > 0]).toEqual([false, true]);
      const { Nested: nested, ...others } = steps;
      expect([nested?.status, JSON.stringify(ends(others), null, 2).replaceAll(url, "URL")]).toMatchSnapshot();
      const { steps: removed } = await run(step("Remove", "UninstallMSI", { ...unchecked, path: "s3://artifacts/p/tool.msi" }));
      expect([removed["Remove"]?.status, existsSync(atC("Program Files (x86)", "ExampleTool"))]).toEqual(["success", false]);
      // msiexec is called for neither of these
      await agent().record("msiexec.exe");
      rmSync(atC("tools.txt"), { force: true });
      const none = { ...unchecked, path: "s3://artifacts/p/none.msi" };
      expect((await run(step("Install", "InstallMSI", none), step("Remove", "UninstallMSI", none))).code).toBe(1);
      expect(existsSync(atC("tools.txt"))).toBe(false);
    }));
});
