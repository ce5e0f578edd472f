import { execFileSync } from "node:child_process";
import { mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { LARGEST_DOCUMENT, loadLocalDocument } from "./load-document.js";

test.each([
  ["text", "name: ä\n", "name: ä\n"],
  ["CRLF", "a\r\nb", "a\r\nb"],
  ["a byte order mark, which is left out", "\ufeffname: a", "name: a"],
  ["an empty file", "", ""],
])("%s", (_what, written, text) =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, "a.yaml");
    await writeFile(path, written);
    expect(await loadLocalDocument(path)).toMatchObject({ name: path, text });
  }),
);

test.each<[string, (path: string) => unknown, (path: string) => string, string]>([
  ["a file that is not there", () => undefined, (path) => `there is no component document at ${path}`, "document-not-found"],
  ["a folder", (path) => mkdir(path), (path) => `the component document ${path} cannot be read: it is a folder`, "document-not-readable"],
  ["a pipe into which nobody writes", (path) => execFileSync("mkfifo", [path]), (path) => `the component document ${path} cannot be read: it is not a file`, "document-not-readable"],
  [
    "a file that is too large",
    (path) => writeFile(path, "").then(() => truncate(path, LARGEST_DOCUMENT + 1)),
    (path) => `the component document ${path} has 10485761 bytes; at most 10485760 are allowed`,
    "document-too-large",
  ],
  ["a file that is not UTF-8", (path) => writeFile(path, Buffer.from([0x61, 0xe4, 0x0a])), (path) => `the component document ${path} is not UTF-8 text`, "document-not-text"],
])("%s", (_what, make, message, code) =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, "a.yaml");
    await make(path);
    await expect(loadLocalDocument(path)).rejects.toMatchObject({ code, message: message(JSON.stringify(path)) });
  }),
);

test("a path below a file leads nowhere", () =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "file"), "");
    await expect(loadLocalDocument(join(folder, "file", "a.yaml"))).rejects.toMatchObject({ code: "document-not-found" });
  }));
