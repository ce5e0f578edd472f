import { execFileSync } from "node:child_process";
import { mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { createRegistry } from "@imagewright/action-contract";
import { formatLocation } from "@imagewright/diagnostics";
import { checkComponents } from "./check-components.js";
import { LARGEST_DOCUMENT, loadLocalDocument } from "./load-document.js";

test.each([
  ["text", "name: ä\n", "name: ä\n"],
  ["CRLF", "a\r\nb", "a\r\nb"],
  ["a byte order mark, which is removed", "\ufeffname: a", "name: a"],
  ["an empty file", "", ""],
])("%s", (_what, written, text) =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, "a.yaml");
    await writeFile(path, written);
    expect(await loadLocalDocument(path)).toMatchObject({ name: path, text });
  }),
);

const utf16 = (path: string) => `the component document ${path} is not UTF-8 text: it looks like UTF-16`;

test.each<[string, (path: string) => unknown, (path: string) => string, string]>([
  ["a file that does not exist", () => undefined, (path) => `no component document at ${path}`, "component-runner/document-not-found"],
  [
    "a folder",
    (path) => mkdir(path),
    (path) => `the component document ${path} cannot be read: it is a folder`,
    "component-runner/document-not-readable",
  ],
  [
    "a pipe without a writer",
    (path) => execFileSync("mkfifo", [path]),
    (path) => `the component document ${path} cannot be read: it is not a file`,
    "component-runner/document-not-readable",
  ],
  [
    "a file that is too large",
    (path) => writeFile(path, "").then(() => truncate(path, LARGEST_DOCUMENT + 1)),
    (path) => `the component document ${path} has 10485761 bytes; at most 10485760 are allowed`,
    "component-runner/document-too-large",
  ],
  [
    "latin1",
    (path) => writeFile(path, Buffer.from("name: a\r\ndescription: fährt\n", "latin1")),
    (path) => `the component document ${path} is not UTF-8 text: line 2 has bytes of another encoding`,
    "component-runner/document-not-text",
  ],
  [
    "latin1 without a line end",
    (path) => writeFile(path, Buffer.from([0x61, 0xe4])),
    (path) => `the component document ${path} is not UTF-8 text: line 1 has bytes of another encoding`,
    "component-runner/document-not-text",
  ],
  [
    "UTF-16 with its mark",
    (path) => writeFile(path, Buffer.from("\ufeffname: ä\n", "utf16le")),
    utf16,
    "component-runner/document-not-text",
  ],
  [
    "big-endian UTF-16 with its mark",
    (path) => writeFile(path, Buffer.from("\ufeffname: ä\n", "utf16le").swap16()),
    utf16,
    "component-runner/document-not-text",
  ],
  [
    "UTF-16 without a mark",
    (path) => writeFile(path, Buffer.from(`${" ".repeat(80)}name: 値\n`, "utf16le")),
    utf16,
    "component-runner/document-not-text",
  ],
  [
    "big-endian UTF-16 without a mark",
    (path) => writeFile(path, Buffer.from("name: a\n", "utf16le").swap16()),
    utf16,
    "component-runner/document-not-text",
  ],
])("%s", (_what, make, message, code) =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, "a.yaml");
    await make(path);
    await expect(loadLocalDocument(path)).rejects.toMatchObject({ code, message: message(JSON.stringify(path)) });
  }),
);

test.each([
  ["a NUL byte", 'schemaVersion: 1.0\nname: "a\0b"\n', ["f.yaml:2:9 the text has a NUL byte; write it as plain UTF-8 text"]],
  ["NUL bytes only", "\0\0\0", ["f.yaml:1:1 the text has a NUL byte; write it as plain UTF-8 text"]],
  [
    "a byte order mark and CRLF",
    "\ufeffschemaVersion: 1.0\r\nphases:\r\n  - name: build\r\n    steps: [{ name: A, action: Nothing }]\r\n",
    ['f.yaml:4:32 unknown action "Nothing"; none is allowed here'],
  ],
  [
    "a byte order mark in the middle",
    "schemaVersion: 1.0\nphases:\n  - name: build\n    steps: [{ name: A\ufeff, action: Nothing }]\n",
    [
      'f.yaml:4:21 the step name "A\\ufeff" is not allowed; a name has the characters 0-9, a-z, A-Z, "-" and "_"',
      'f.yaml:4:33 unknown action "Nothing"; none is allowed here',
    ],
  ],
])("%s in a readable text is reported at its place", (_what, text, expected) =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "f.yaml"), text);
    const { diagnostics } = await checkComponents({
      locations: [join(folder, "f.yaml")],
      registry: createRegistry(),
      platforms: ["linux"],
    });
    expect(diagnostics.map(({ span, message }) => `${formatLocation(span)} ${message}`.replace(`${folder}/`, ""))).toEqual(expected);
  }),
);

test("10 MiB are read and checked, one more byte is rejected", () =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, "f.yaml");
    const start = "schemaVersion: 1.0\nphases: []\n#";
    const longest = start + "x".repeat(LARGEST_DOCUMENT - start.length);
    await writeFile(path, longest);
    const { diagnostics } = await checkComponents({ locations: [path], registry: createRegistry(), platforms: ["linux"] });
    expect(diagnostics.map(({ message }) => message)).toEqual(['"phases" must not be empty']);
    await writeFile(path, `${longest}x`);
    await expect(loadLocalDocument(path)).rejects.toMatchObject({ code: "component-runner/document-too-large" });
  }));

test("a path below a file leads nowhere", () =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "file"), "");
    await expect(loadLocalDocument(join(folder, "file", "a.yaml"))).rejects.toMatchObject({ code: "component-runner/document-not-found" });
  }));
