import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { standardRegistry } from "@imagewright/action-modules";
import { describe, expect, test } from "@jest/globals";
import { ExampleRunner, steps } from "./testing/run-example.js";

const runner = new ExampleRunner(standardRegistry);

// transfers with S3, and with servers with a bad certificate, are tested against real servers with the modules themselves
const items = (text: string) =>
  ["overwrite: false", "overwrite: true", ""].map((last) => `    - ${text}${last === "" ? "" : `\n      ${last}`}`).join("\n");
const WINDOWS_PACKAGE = "source: s3://bucket/some/key.zip\n      destination: C:\\box\\key.zip\n      expectedBucketOwner: 123456789000";
const WINDOWS_PREFIX = "source: s3://bucket/some/*\n      destination: C:\\box\\\n      expectedBucketOwner: 123456789000";
const onLinux = (text: string) => text.replace("C:\\box\\", "/box/").replace("C:\\box", "/box");

const upload = (source: string, destination: string, more = "") => `
- name: Upload
  action: S3Upload
  onFailure: Abort
  maxAttempts: 3
  inputs:
    - source: ${source}
      destination: s3://bucket/some/${destination}${more}
      expectedBucketOwner: 123456789000`;

describe("chapter 16, S3Download and S3Upload", () => {
  test.each([
    ["one object", `- name: Download\n  action: S3Download\n  inputs:\n${items(WINDOWS_PACKAGE)}`],
    ["all objects of a prefix", `- name: Download\n  action: S3Download\n  maxAttempts: 3\n  inputs:\n${items(WINDOWS_PREFIX)}`],
    ["one file up", upload("C:\\box\\key.zip", "key.zip")],
    ["the files of a folder up", upload("C:\\box\\*", "")],
    ["a whole folder up", upload("C:\\box\\*", "", "\n      recurse: true")],
  ])("%s: no faults for Windows, nor for Linux with Linux paths", (_heading, text) => {
    expect(runner.check(steps(text), "windows")).toEqual([]);
    expect(runner.check(steps(text.split("\n").map(onLinux).join("\n")), "linux")).toEqual([]);
  });
});

const download = (inputs: string) => steps(`- name: Fetch\n  action: WebDownload\n  maxAttempts: 3\n  inputs:\n${inputs}`);
const windows = (...more: readonly string[]) =>
  `    - source: https://example.com/some/tool.zip\n      destination: C:\\box\\package.zip${more.map((line) => `\n      ${line}`).join("")}`;
const MD5 = "9a0364b9e99bb480dd25e1f0284c8555"; // of "content"

describe("chapter 16, WebDownload, checked", () => {
  test.each([
    ["one file", download(windows())],
    [
      "two files, one not to be overwritten, one with a checksum",
      download(`${windows("overwrite: false")}\n${windows(`checksum: ${MD5}`, "algorithm: MD5", "overwrite: true")}`),
    ],
  ])("%s: no faults", (_heading, text) => {
    expect(runner.check(text, "windows")).toEqual([]);
  });

  test("an unchecked certificate: no faults on any platform", () => {
    const text = download("    - source: https://bad.example.com/thing\n      destination: /box/\n      ignoreCertificateErrors: true");
    for (const platform of ["linux", "darwin", "windows"] as const) expect(runner.check(text, platform)).toEqual([]);
  });
});

/** Runs a download beside a server on loopback, whose address `ADDRESS` stands for; every path has the same content. */
function runBesideServer(inputs: string, files = {}) {
  return runDocumentBesideServer(download(inputs), files);
}

async function runDocumentBesideServer(text: string, files = {}) {
  const server = createServer((_request, response) => response.end("content"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await runner.run(text.replaceAll("ADDRESS", `http://127.0.0.1:${(server.address() as AddressInfo).port}`), { files });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe("chapter 16, WebDownload, from a server on loopback", () => {
  test("one file", async () => {
    expect(await runBesideServer("    - source: ADDRESS/some/tool.zip\n      destination: /here/new/package.zip")).toMatchObject({
      ...{ status: "success", outputs: { Fetch: { destination: "/here/new/package.zip" } } },
      changes: ["+ new folder", '+ new/package.zip file "content"'],
    });
  });

  test("two files to two places", async () => {
    const inputs =
      "    - source: ADDRESS/some/tool.zip\n      destination: /here/renamed.zip\n    - source: ADDRESS/some/tool.zip\n      destination: /here/folder-to-make/";
    expect(await runBesideServer(inputs)).toMatchObject({
      ...{
        status: "success",
        outputs: { Fetch: [{ destination: "/here/renamed.zip" }, { destination: "/here/folder-to-make/tool.zip" }] },
      },
      changes: ["+ folder-to-make folder", '+ folder-to-make/tool.zip file "content"', '+ renamed.zip file "content"'],
    });
  });

  const verified = (checksum: string) =>
    `    - source: ADDRESS/some/tool.zip\n      destination: /here/renamed.zip\n      overwrite: false\n    - source: ADDRESS/some/tool.zip\n      destination: /here/more/\n      checksum: ${checksum}\n      algorithm: MD5\n      overwrite: true`;

  test("two files, one not to be overwritten, one with a checksum", async () => {
    expect(await runBesideServer(verified(MD5))).toMatchObject({
      status: "success",
      changes: ["+ more folder", '+ more/tool.zip file "content"', '+ renamed.zip file "content"'],
    });
  });

  test("the same, if the local destination exists", async () => {
    expect(await runBesideServer(verified(MD5), { "renamed.zip": "old" })).toMatchObject({
      status: "failed",
      steps: ['Fetch failed: cannot write file "/here/renamed.zip": it exists already, and "overwrite" is false'],
      changes: [],
    });
  });

  test("the same, with a wrong checksum: no file remains", async () => {
    const address = /http:\S+(?=")/;
    const inputs = verified(MD5.replace("9", "8")).replace("overwrite: false", "overwrite: true");
    const run = await runBesideServer(inputs);
    expect(run.steps.map((step) => step.replace(address, "URL"))).toEqual([
      `Fetch failed: cannot download "URL": its MD5 checksum is ${MD5}; expected ${MD5.replace("9", "8")}`,
    ]);
    expect(run.changes).toEqual(["+ more folder", '+ renamed.zip file "content"']);
  });
});

describe("chapter 16, the output of WebDownload, from a server on loopback", () => {
  const get = (...destinations: readonly string[]) =>
    `- name: Fetch\n  action: WebDownload\n  onFailure: Continue\n  inputs:\n${destinations.map((destination) => `    - source: ADDRESS/some/tool.zip\n      destination: ${destination}\n      overwrite: false\n`).join("")}`;
  const LINES = `
- name: Lines
  action: ExecuteBash
  inputs:
    commands:
      - |
        while read -r file; do test -s "$file" && echo "have $file"; done <<'EOF'
        {{ build.Fetch.outputs.destination }}
        EOF`;
  const EACH = `
- name: Each
  action: ExecuteBash
  loop:
    forEach:
      list: "{{ build.Fetch.outputs.destination }}"
      delimiter: "\\n"
  inputs:
    commands:
      - 'echo "{{ loop.index }}: {{ loop.value }}"'`;

  test("of two is one text with a line each, in a script and as the list of a loop", async () => {
    expect(await runDocumentBesideServer(steps(`${get("/here/renamed.zip", "/here/more/")}${LINES}${EACH}`))).toMatchObject({
      ...{ status: "success", steps: ["Fetch success", "Lines success", "Each success"] },
      printed: ["have /here/renamed.zip", "have /here/more/tool.zip", "0: /here/renamed.zip", "1: /here/more/tool.zip"],
    });
  });

  test("of one is its path", async () => {
    expect(await runDocumentBesideServer(steps(`${get("/here/more/")}${LINES}`))).toMatchObject({ printed: ["have /here/more/tool.zip"] });
  });

  test("where the second fails, it is that of the first", async () => {
    const text = steps(`${get("/here/first.zip", "/here/taken.zip")}${LINES}`);
    expect(await runDocumentBesideServer(text, { "taken.zip": "old" })).toMatchObject({
      steps: ['Fetch failed: cannot write file "/here/taken.zip": it exists already, and "overwrite" is false', "Lines success"],
      printed: ["have /here/first.zip"],
    });
  });
});
