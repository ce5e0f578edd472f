// `ib component validate` of several files, of folders and of standard input; `-` of the other commands that read files.
import { spawnSync } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { IB } from "./ib.js";

const GOOD = "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: S, action: ExecuteBash, inputs: { commands: ['true'] } }] }]\n";
const FAULTY = GOOD.replace("ExecuteBash", "ExecuteBas");
const FAULT = (file: string) =>
  new RegExp(`^${file}:2:\\d+: unknown action "ExecuteBas"; allowed: .*; did you mean "ExecuteBash"\\? \\[unknown-action\\]$`);

/** Runs a command line in a folder with good.yaml, faulty.yaml, and the folders many/ and none/. */
function run(line: string) {
  return withTemporaryFolder(async (folder) => {
    await mkdir(join(folder, "many", "below"), { recursive: true });
    await mkdir(join(folder, "none"));
    const files = { "good.yaml": GOOD, "faulty.yaml": FAULTY, "many/a.yaml": GOOD, "many/below/b.yaml": FAULTY, "many/c.json": "{}" };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await symlink("loop", join(folder, "loop"));
    const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", `ib() { "$NODE" "$IB" "$@"; }\n${line}`], {
      ...{ cwd: folder, encoding: "utf8", env: { PATH: process.env["PATH"], HOME: folder, NODE: process.execPath, IB, NO_COLOR: "1" } },
    });
    return { status, stdout, lines: stderr.split("\n").filter((each) => each !== "" && !/^ {2}(?!try)/.test(each)) };
  });
}

describe("ib component validate", () => {
  test("reports the faults of every file, and sums up", async () => {
    expect(await run("ib component validate good.yaml faulty.yaml nowhere.yaml many")).toEqual({
      status: 1,
      stdout: "",
      lines: [
        expect.stringMatching(FAULT("faulty.yaml")),
        expect.stringMatching(FAULT("many/below/b.yaml")),
        "2 errors",
        'error: no component document at "nowhere.yaml"',
        "  try: check the path; relative paths start at the current folder",
        "5 files: 2 valid, 2 with errors, 1 not read; 1 file without component documents skipped",
      ],
    });
  });

  test("without faults, counts the documents", async () => {
    const { status, lines } = await run("rm many/below/b.yaml; ib component validate good.yaml many");
    expect([status, lines]).toEqual([0, ["2 documents valid; 1 file without component documents skipped"]]);
  });

  test("--json prints one document for all", async () => {
    const good = await run("rm many/below/b.yaml; ib component validate good.yaml many --json");
    expect([good.status, JSON.parse(good.stdout)]).toEqual([
      0,
      { documents: ["good.yaml", "many/a.yaml"], diagnostics: [], skipped: ["many/c.json"] },
    ]);
    const one = await run("ib component validate good.yaml --json");
    expect([one.status, JSON.parse(one.stdout)]).toEqual([0, { documents: ["good.yaml"], diagnostics: [] }]);
    const faulty = await run("ib component validate faulty.yaml nowhere.yaml none --json");
    expect([faulty.status, JSON.parse(faulty.stdout)]).toEqual([
      1,
      {
        error: {
          ...{ code: "faults-found", message: "the input has faults", hints: [], exitCode: 1 },
          diagnostics: [expect.objectContaining({ file: "faulty.yaml", code: "unknown-action" })],
          failures: [
            expect.objectContaining({ code: "component-runner/document-not-found" }),
            expect.objectContaining({ code: "component-runner/no-document-in-folder" }),
          ],
        },
      },
    ]);
  });

  test.each([
    ["cat good.yaml | ib component validate -", 0, ["1 document valid"]],
    ["ib component validate good.yaml - < good.yaml", 0, ["2 documents valid"]],
    ["ib component validate - < faulty.yaml", 1, [expect.stringMatching(FAULT("standard input")), "1 error"]],
    [
      "ib component validate - - < good.yaml",
      2,
      ["- is given twice; standard input can be read only once", "  try: ib component validate --help"],
    ],
    [
      "ib component validate - < /dev/zero",
      1,
      [expect.stringMatching(/^error: the component document "standard input" has \d+ bytes; at most 10485760 are allowed$/)],
    ],
    [
      "ib component validate ./-",
      1,
      ['error: no component document at "./-"', "  try: check the path; relative paths start at the current folder"],
    ],
    [
      "ib component validate none",
      1,
      [
        'error: no component document in the folder "none"',
        "  try: documents are in files that end in .yaml, .yml or .json; name one to see what is wrong with it",
      ],
    ],
    ["ib component validate loop", 1, ['error: the component document "loop" cannot be read: its symbolic links lead in a circle']],
    ["mkfifo p; ib component validate p", 1, ['error: the component document "p" cannot be read: it is not a file']],
    ["ib component validate /dev/zero", 1, ['error: the component document "/dev/zero" cannot be read: it is not a file']],
    [
      "truncate -s 11M huge; ib component validate huge",
      1,
      ['error: the component document "huge" has 11534336 bytes; at most 10485760 are allowed'],
    ],
    [
      "ib component validate many/c.json",
      1,
      [...[1, 2].map(() => expect.stringMatching(/^many\/c\.json:1:1: the document must have "/)), "2 errors"],
    ],
  ])("%s", async (line, status, lines) => {
    expect(await run(line)).toEqual({ status, stdout: "", lines });
  });
});

describe("- is standard input", () => {
  const POLICY = JSON.stringify({
    ...{ name: "old", executionRole: "arn:aws:iam::123456789012:role/lifecycle", resourceType: "AMI_IMAGE" },
    policyDetails: [{ action: { type: "DELETE" }, filter: { type: "AGE", value: 6, unit: "MONTHS" } }],
    resourceSelection: { tagMap: { team: "a" } },
  });
  test.each([
    ["ib component run - --plan < good.yaml", 0],
    [`echo '{"scheduleExpression":"rate(1 day)"}' | ib schedule explain -`, 0],
    ["echo 1.2.3 | ib version resolve x.x.x --from -", 0],
    [`echo '${POLICY}' > policy.json; echo '[]' | ib lifecycle preview policy.json -`, 0],
    [`echo '[]' > images.json; echo '${POLICY}' | ib lifecycle preview - images.json`, 0],
  ])("%s", async (line, status) => {
    const result = await run(line);
    expect([result.status, result.lines.filter((each) => each.startsWith("error"))]).toEqual([status, []]);
  });

  test.each([
    [`echo '${POLICY}' | ib lifecycle preview - -`, "- is given twice; standard input can be read only once", "lifecycle preview"],
    ["echo '{}' | ib distribution plan - -", "- is given twice; standard input can be read only once", "distribution plan"],
    ["ib build -", "a recipe is read from a file, since the files that it names are beside it", "build"],
  ])("%s is wrong usage", async (line, message, command) => {
    expect(await run(line)).toEqual({ status: 2, stdout: "", lines: [message, `  try: ib ${command} --help`] });
  });
});
