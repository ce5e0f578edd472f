import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { chmod, link, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { createRegistry, type ActionModule, type PropertySchema } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { checkDocument, runDocuments, type PreparedDocument } from "@imagewright/document-engine";
import type { FileChange, FileFacts } from "@imagewright/files-overlay";
import { createNodeHost } from "@imagewright/node-host";
import { readTree, treeDifference, withTemporaryFolder, type Tree } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { loadLocalDocument, planComponents, type PlannedStep } from "../index.js";

const registry = createRegistry(coreActions, linuxActions);
const FILE_MODULES = [...coreActions, ...linuxActions].filter(
  ({ effects, name }) => effects === "files" && name !== "Assert",
) as unknown as ActionModule<unknown>[];
const isRoot = process.getuid?.() === 0;

interface ObservedStep {
  readonly step: string;
  readonly fails: boolean;
  readonly changes: readonly string[];
}

const memory = statSync("/dev/shm", { throwIfNoEntry: false });
const hasTwoDisks = memory !== undefined && memory.dev !== statSync(tmpdir()).dev;

/**
 * Runs the body with a folder, and one on another disk if this machine has two; that one contains the folder `top`, the target of the first
 * one's link `disk`.
 */
async function withDisks(body: (folder: string, disk: string) => Promise<void>): Promise<void> {
  const disk = await mkdtemp(join(hasTwoDisks ? "/dev/shm" : tmpdir(), "imagewright-disk-"));
  try {
    await withTemporaryFolder(async (folder) => {
      await mkdir(join(disk, "top"));
      await symlink(join(disk, "top"), join(folder, "disk"));
      await body(folder, disk);
    });
  } finally {
    await rm(disk, { recursive: true });
  }
}

/** The content of both folders, by paths from the first. */
async function readBoth(folder: string, disk: string): Promise<Tree> {
  const other = [...(await readTree(disk))].map(([path, facts]) => [join(relative(folder, disk), path), facts] as const);
  return new Map([...(await readTree(folder)), ...other]);
}

/** Makes the same small tree each time. */
async function makeTree(folder: string): Promise<void> {
  await mkdir(join(folder, "a"));
  await mkdir(join(folder, "a", "deep"));
  await writeFile(join(folder, "a", "x.log"), "one\ntwo\n");
  await writeFile(join(folder, "a", "y.log"), "other");
  await writeFile(join(folder, "a", "deep", "z"), "deep");
  await writeFile(join(folder, "plain"), "plain text");
  execFileSync("mkfifo", ["-m", "600", join(folder, "a", "deep", "pipe")]);
  await symlink("a", join(folder, "link"));
  await symlink("nowhere", join(folder, "broken"));
  await chmod(join(folder, "plain"), 0o640);
}

function prepare(text: string, unchecked = false): PreparedDocument {
  const { document, diagnostics } = checkDocument(new SourceFile("plan.yaml", text), { registry, platforms: ["linux"] });
  if (document === undefined || (!unchecked && diagnostics.length > 0)) throw new Error(renderText(diagnostics));
  return { document, variables: new Map() };
}

const environment = { PATH: process.env["PATH"] ?? "" };
const context = {
  registry,
  host: createNodeHost(),
  environment,
  signal: new AbortController().signal,
  phases: undefined,
  loadDocument: loadLocalDocument,
};

async function plan(text: string, workingDirectory: string): Promise<readonly PlannedStep[]> {
  return (await planComponents({ ...context, documents: [prepare(text)], workingDirectory })).steps;
}

/** The changes of a real run, step by step. */
async function runForReal(text: string, workingDirectory: string, temporaryDirectory: string, disk: string): Promise<ObservedStep[]> {
  const reported: ObservedStep[] = [];
  let before = await readBoth(workingDirectory, disk);
  await runDocuments({
    ...context,
    ...{ executionId: "real", documents: [prepare(text)], workingDirectory, temporaryDirectory, onEvent: () => undefined },
    afterStep: async ({ step }, { outcome }) => {
      const now = await readBoth(workingDirectory, disk);
      reported.push({ step, fails: outcome !== "succeeded", changes: treeDifference(before, now) });
      before = now;
    },
  });
  return reported;
}

/** A planned step as a tree difference. */
function tell({ step, prediction, changes }: PlannedStep, folder: string): ObservedStep {
  return { step, fails: prediction === "fails", changes: changes.flatMap((change) => linesOf(change, folder)) };
}

function linesOf({ path, before, after }: FileChange, folder: string): string[] {
  const shown = relative(folder, typeof path === "string" ? path : path.toString("latin1"));
  return [
    ...(before === undefined ? [] : [`- ${shown} ${describeFacts(before)}`]),
    ...(after === undefined ? [] : [`+ ${shown} ${describeFacts(after)}`]),
  ];
}

function describeFacts({ type, mode = 0, uid, gid, target, content, sha256, size }: FileFacts): string {
  const own = process.getuid?.() === uid && process.getgid?.() === gid;
  if (type === "link") return `link ${own ? "" : `${uid}:${gid} `}to ${String(target)}`;
  const owner = `${mode.toString(8).padStart(4, "0")} ${uid}:${gid}`;
  if (type !== "file") return `${type === "folder" ? type : "special"} ${owner}`;
  const text = content?.toString("utf8") ?? "";
  const isShort = content !== undefined && content.length <= 200 && Buffer.from(text).equals(content);
  return `file ${owner} ${
    isShort
      ? JSON.stringify(text)
      : `${size} bytes sha256 ${
          sha256 ??
          createHash("sha256")
            .update(content ?? "")
            .digest("hex")
        }`
  }`;
}

const names = [
  "a",
  "a/",
  "a/deep",
  "a/x.log",
  "a/*.log",
  "a/deep/*",
  "plain",
  "link",
  "link/",
  "broken",
  "new",
  "new/",
  "new/sub/",
  "a/new",
  "..",
  "a/deep/z",
  "a/deep/pipe",
  "disk/",
  "disk/new",
  "disk/there",
  "disk/there/",
];

/** Values for an input by its name and schema; mostly valid ones. */
function valueFor(name: string, schema: PropertySchema): fc.Arbitrary<unknown> {
  if (schema.type === "boolean") return fc.boolean();
  if (name === "permissions") return fc.constantFrom("0644", "755", "4711", "0000");
  if (name === "encoding") return fc.constantFrom("utf8", "utf16-LE", "utf32BE");
  if (name === "owner" || name === "group")
    return isRoot ? fc.constantFrom("root", "65534", "nobody-at-all") : fc.constant(String(process.getuid?.()));
  if (name === "content") return fc.constantFrom("", "text\n", "ä".repeat(150));
  return fc.constantFrom(...names.filter((path) => path !== ".."));
}

const anyStep = fc.constantFrom(...FILE_MODULES).chain((module) => {
  const { properties, required = [] } = module.input.schema;
  const inputs = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      required.includes(name) ? valueFor(name, schema) : fc.option(valueFor(name, schema), { nil: undefined }),
    ]),
  );
  return fc
    .record(inputs)
    .map((input) => ({ action: module.name, input: Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) }));
});

/** The steps without faults, as a document. */
function documentOf(steps: readonly { readonly action: string; readonly input: object }[]): string {
  const lines = steps.map(
    ({ action, input }, index) =>
      `      - { name: S${index}-${action}, action: ${action}, onFailure: Continue, inputs: [${JSON.stringify(input)}] }\n`,
  );
  const head = "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n";
  const valid = lines.filter((line) => {
    const { diagnostics } = checkDocument(new SourceFile("step.yaml", head + line), { registry, platforms: ["linux"] });
    return diagnostics.length === 0;
  });
  return valid.length === 0 ? "" : head + valid.join("");
}

const own = { owner: String(process.getuid?.()), group: String(process.getgid?.()) };
const EACH_MODULE = [
  { action: "CreateFile", input: { path: "new/file", content: "text\n", permissions: "0600" } },
  { action: "AppendFile", input: { path: "new/file", content: "more" } },
  { action: "CopyFile", input: { source: "a/*.log", destination: "new/" } },
  { action: "CopyFolder", input: { source: "a", destination: "copy" } },
  { action: "CreateFolder", input: { path: "new/folder" } },
  { action: "CreateSymlink", input: { path: "new/link", target: "file" } },
  { action: "DeleteFile", input: { path: "a/y.log" } },
  { action: "DeleteFolder", input: { path: "a/deep", force: true } },
  { action: "ListFiles", input: { path: "copy", recursive: true } },
  { action: "MoveFile", input: { source: "plain", destination: "new/" } },
  { action: "MoveFolder", input: { source: "copy", destination: "moved" } },
  { action: "ReadFile", input: { path: "new/link" } },
  { action: "SetFileEncoding", input: { path: "new/file", encoding: "utf16-LE" } },
  { action: "SetFileOwner", input: { path: "new/file", ...own } },
  { action: "SetFilePermissions", input: { path: "new/file", permissions: "0640" } },
  { action: "SetFolderOwner", input: { path: "moved", recursive: true, ...own } },
  { action: "SetFolderPermissions", input: { path: "moved", permissions: "0700", recursive: true } },
];

describe("a plan", () => {
  test("of any file modules, in any order, predicts exactly the changes of a run, and changes nothing itself", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 6 }), (steps) =>
        withTemporaryFolder(async (temporary) =>
          withDisks(async (folder, disk) => {
            const text = documentOf(steps);
            if (text === "") return;
            await makeTree(folder);
            await mkdir(join(disk, "top", "there"));
            await writeFile(join(disk, "top", "there", "x.log"), "over there");
            const before = await readBoth(folder, disk);
            const planned = await plan(text, folder);
            expect(treeDifference(before, await readBoth(folder, disk))).toEqual([]);
            expect(planned.map((step) => tell(step, folder))).toEqual(await runForReal(text, folder, temporary, disk));
          }),
        ),
      ),
      { numRuns: 150 },
    );
  });

  test("of every file module, each successful", async () => {
    await withTemporaryFolder(async (temporary) =>
      withDisks(async (folder, disk) => {
        const text = documentOf(EACH_MODULE);
        await makeTree(folder);
        const planned = await plan(text, folder);
        expect(planned.map(({ action, prediction }) => `${action} ${prediction}`)).toEqual(
          EACH_MODULE.map(({ action }) => `${action} changes`),
        );
        expect(planned.map((step) => tell(step, folder))).toEqual(await runForReal(text, folder, temporary, disk));
      }),
    );
    expect(EACH_MODULE.map(({ action }) => action).sort()).toEqual(FILE_MODULES.map(({ name }) => name).sort());
  });

  test("lists the steps a prediction depends on after a step that runs commands, and what cannot be predicted", async () => {
    await withTemporaryFolder(async (folder) => {
      const text = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - { name: Make, action: CreateFile, inputs: [{ path: made, content: x }] }
      - { name: Run, action: ExecuteBash, inputs: { commands: ["date > made"] } }
      - { name: Copy, action: CopyFile, inputs: [{ source: made, destination: copy }] }
      - { name: Use, action: CreateFile, inputs: [{ path: "{{ build.Run.outputs.stdout }}" }] }
      - { name: Not, action: DeleteFile, if: { fileExists: nowhere }, inputs: [{ path: nowhere }] }
      - { name: Fail, action: DeleteFile, inputs: [{ path: nowhere }] }
      - { name: Never, action: CreateFile, inputs: [{ path: never }] }
`;
      const steps = await plan(text, folder);
      expect(steps.map(({ step, prediction, changes, assuming }) => [step, prediction, changes.map(({ kind }) => kind), assuming])).toEqual(
        [
          ["Make", "changes", ["created"], []],
          ["Run", "opaque", [], []],
          ["Copy", "changes", ["created"], ["build.Run"]],
          ["Use", "unknown", [], ["build.Run"]],
          ["Not", "skipped", [], ["build.Run", "build.Use"]],
          ["Fail", "unknown", [], ["build.Run", "build.Use"]],
          ["Never", "changes", ["created"], ["build.Run", "build.Use", "build.Fail"]],
        ],
      );
      expect(steps[5]?.reason).toBe(`in the current state it would fail: cannot delete file "${folder}/nowhere": no such file or folder`);
      expect(steps[1]?.inputs).toEqual([{ commands: ["date > made"] }]);
    });
  });

  test("tells what a loop goes through, since the inputs of a step that runs commands only refer to it", async () => {
    await withTemporaryFolder(async (folder) => {
      const text = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - { name: Make, action: CreateFile, inputs: [{ path: made, content: rm -rf }] }
      - { name: List, action: ExecuteBash, loop: { forEach: [echo, "{{ build.Make.inputs[0].content }} /"] }, inputs: { commands: ["{{ loop.value }}"] } }
      - { name: Text, action: ExecuteBash, loop: { forEach: { list: "a;{{ build.Make.inputs[0].content }}", delimiter: ";" } }, inputs: { commands: ["{{ loop.value }}"] } }
      - { name: Numbers, action: ExecuteBash, loop: { name: n, for: { start: 1, end: 9, updateBy: 2 } }, inputs: { commands: ["{{ n.index }}"] } }
      - { name: Once, action: ExecuteBash, inputs: { commands: ["date"] } }
`;
      const steps = await plan(text, folder);
      expect(steps.map(({ prediction, loop }) => [prediction, loop?.name, loop?.values])).toEqual([
        ["changes", undefined, undefined],
        ["opaque", undefined, ["echo", "rm -rf /"]],
        ["opaque", undefined, ["a", "rm -rf"]],
        ["opaque", "n", []],
        ["opaque", undefined, undefined],
      ]);
      expect(steps[3]?.loop?.written).toEqual({ name: "n", for: { start: "1", end: "9", updateBy: "2" } });
    });
  });

  (hasTwoDisks ? test : test.skip)("predicts that pipes cannot be moved to another disk (needs /dev/shm)", () =>
    withDisks(async (folder) => {
      await makeTree(folder);
      const text = documentOf([
        { action: "MoveFolder", input: { source: "a", destination: "disk/" } },
        { action: "MoveFile", input: { source: "a/deep/pipe", destination: "disk/" } },
      ]);
      const reasons = (await plan(text, folder)).map(({ prediction, reason }) => `${prediction}: ${reason.replace(folder, "F")}`);
      expect(reasons).toEqual(["MoveFolder", "MoveFile"].map(() => 'fails: cannot move file "F/a/deep/pipe": it is not a regular file'));
    }),
  );

  (process.platform === "linux" ? test : test.skip)("does not predict a change in a file system of the kernel, and continues", async () => {
    await withTemporaryFolder(async (folder) => {
      const text = documentOf([
        { action: "CreateFile", input: { path: "/proc/new", content: "" } },
        { action: "CreateFile", input: { path: "made", content: "" } },
      ]);
      const steps = await plan(text, folder);
      expect(steps.map(({ prediction, reason, assuming }) => [prediction, reason, assuming])).toEqual([
        ["unknown", 'the effect of a change in "/proc" cannot be predicted', []],
        ["changes", "", ["build.S0-CreateFile"]],
      ]);
    });
  });

  test("counts the other names of a file that it does not list, and does not attribute changes to steps that only read them", async () => {
    await withTemporaryFolder(async (folder) => {
      await makeTree(folder);
      await link(join(folder, "plain"), join(folder, "a", "twin"));
      const steps = [
        { action: "AppendFile", input: { path: "plain", content: "more" } },
        { action: "ReadFile", input: { path: "a/twin" } },
        { action: "AppendFile", input: { path: "plain", content: "more" } },
      ];
      const planned = await plan(documentOf(steps), folder);
      const reported = planned.map(({ changes }) => changes.map(({ path, otherNames }) => [relative(folder, String(path)), otherNames]));
      expect(reported).toEqual([
        [["plain", 1]],
        [],
        [
          ["a/twin", undefined],
          ["plain", undefined],
        ],
      ]);
      expect(await readFile(join(folder, "a", "twin"), "utf8")).toBe("plain text");
    });
  });

  test("of a document that a step runs consists of the predictions of its steps", async () => {
    await withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "inner.yaml"), documentOf([{ action: "CreateFile", input: { path: "made", content: "" } }]));
      const head = "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n";
      const text = `${head}      - { name: Doc, action: ExecuteDocument, inputs: { document: ${join(folder, "inner.yaml")} } }\n`;
      const steps = await plan(text, folder);
      expect(steps.map(({ step, prediction, changes }) => [step, prediction, changes.length])).toEqual([
        ["S0-CreateFile", "changes", 1],
        ["Doc", "document", 0],
      ]);
    });
  });
});
