import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ib } from "./ib.js";

const COMPONENT =
  "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: S, action: ExecuteBash, inputs: { commands: ['true'] } }] }]\n";
const HEAD = "name: web\nsemanticVersion: 1.0.0\nparentImage: p\ncomponents: [{ document: c.yaml }]\n";
const LAUNCH = "{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }";
const flow = (steps: readonly string[], others = "") =>
  `schemaVersion: 1.0\nsteps:\n${steps.map((step) => `  - ${step}\n`).join("")}${others}`;
const launches = (count: number) => Array.from({ length: count }, (_, index) => LAUNCH.replace("Launch,", `Launch${index},`));
const bomb = Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]\n`).join("");

/** What is said of a document of a type by `ib workflow validate` and by `ib build` of a recipe that names it, without what differs. */
async function reportedOf(content: string | Buffer, type: string, more = ""): Promise<readonly [validate: string[], build: string[]]> {
  return withTemporaryFolder(async (folder) => {
    const recipe = `${HEAD}workflows: [{ document: w.yaml, type: ${type.toUpperCase()} }${more}]\n`;
    for (const [name, text] of Object.entries({ "w.yaml": content, "c.yaml": COMPONENT, "recipe.yaml": recipe }))
      await writeFile(join(folder, name), text);
    const lines = async (...parameters: string[]) => {
      const { code, stderr } = await ib(parameters, { folder });
      const said = stderr.split("\n").filter((line) => /^[^ ]+:\d+:\d+: |^error: /.test(line));
      return code === 1 ? said : [`exit code ${code}`];
    };
    return Promise.all([lines("workflow", "validate", "w.yaml", "--type", type), lines("build", "recipe.yaml")]);
  });
}

test.each<[string, string, string, readonly string[]]>([
  ["16 steps", flow(launches(16)), "build", ["w.yaml:18:5: a workflow has at most 15 steps; found 16 [too-many-steps]"]],
  [
    "an action of another type",
    flow([LAUNCH, "{ name: Distribute, action: DistributeImage }"]),
    "build",
    ['w.yaml:4:33: DistributeImage is not allowed in a workflow of the type BUILD; it is for "DISTRIBUTION" [action-not-in-type]'],
  ],
  [
    "steps that wait for each other",
    flow([
      "{ name: One, action: TerminateInstance, inputs: { instanceId.$: $.stepOutputs.Two.instanceId } }",
      "{ name: Two, action: LaunchInstance, inputs: { waitFor.$: $.stepOutputs.Two.instanceId } }",
    ]),
    "test",
    [
      'w.yaml:3:69: step "Two" runs after this one, which can refer to outputs of earlier steps only; there is none before it [later-step]',
      "w.yaml:4:63: a step cannot refer to its own outputs [later-step]",
    ],
  ],
  [
    "a merge key",
    flow([LAUNCH], "<<: *x\n"),
    "test",
    ['w.yaml:4:1: the merge key "<<" is not supported; write out the keys that it would add [yaml-merge-key]'],
  ],
  [
    "a tag",
    flow([LAUNCH.replace("ssmAgent", "!Ref ssmAgent")]),
    "test",
    ['w.yaml:3:64: the tag "!Ref" is not supported; write the value without it [yaml-tag]'],
  ],
  [
    "a second document",
    flow([LAUNCH], "---\na: b\n"),
    "test",
    ['w.yaml:4:1: a second document starts here; one file holds one document, without "---" after it [yaml-several-documents]'],
  ],
  [
    "a NUL byte",
    flow([LAUNCH], "name: a\0b\n"),
    "test",
    ["w.yaml:4:8: the text has a NUL byte; write it as plain UTF-8 text [yaml-syntax]"],
  ],
  [
    "levels without end",
    `schemaVersion: 1.0\nsteps: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`,
    "test",
    ["w.yaml:2:108: the text is nested too deeply; 100 levels are allowed [yaml-too-deep]"],
  ],
])("%s: the same is said of the document and of a recipe that names it", async (_what, content, type, expected) => {
  expect(await reportedOf(content, type)).toEqual([expected, expected]);
});

test("a bomb of aliases ends with one fault of its own", async () => {
  const [validated, built] = await reportedOf(`a0: &a0 x\n${bomb}${flow([LAUNCH])}`, "test");
  expect(validated).toEqual(built);
  expect(validated.filter((line) => line.includes("yaml-too-many-aliases"))).toHaveLength(1);
});

test.each<[string, Buffer, string, string]>([
  [
    "bytes that are no text",
    Buffer.from([0x73, 0xff, 0xfe, 0x0a]),
    'the workflow document "w.yaml" is not UTF-8 text: line 1 has bytes of another encoding',
    "document-not-text",
  ],
  [
    "UTF-16",
    Buffer.from("\ufeffsteps: []\n", "utf16le"),
    'the workflow document "w.yaml" is not UTF-8 text: it looks like UTF-16',
    "document-not-text",
  ],
  [
    "a huge file",
    Buffer.alloc(10 * 1024 * 1024 + 1, "#"),
    'the workflow document "w.yaml" has 10485761 bytes; at most 10485760 are allowed',
    "document-too-large",
  ],
])("%s cannot be read: the file is named, or the place in the recipe", async (_what, content, message, code) => {
  expect(await reportedOf(content, "test")).toEqual([[`error: ${message}`], [`recipe.yaml:5:25: ${message} [${code}]`]]);
});

test("workflows whose outputs lead in a circle: outputs flow forward only", async () => {
  const step = (name: string) => `{ name: End, action: TerminateInstance, inputs: { instanceId.$: $.workflowOutputs.${name} } }`;
  const output = (name: string) => `outputs: [{ name: ${name}, value: x }]\n`;
  const files = { "a.yaml": `name: a\n${flow([step("B")], output("A"))}`, "b.yaml": `name: b\n${flow([step("A")], output("B"))}` };
  const check = (group: string) =>
    withTemporaryFolder(async (folder) => {
      const items = ["a", "b"].map((name) => `{ document: ${name}.yaml, type: TEST${group} }`);
      const all = { ...files, "c.yaml": COMPONENT, "recipe.yaml": `${HEAD}workflows: [${items.join(", ")}]\n` };
      for (const [name, text] of Object.entries(all)) await writeFile(join(folder, name), text);
      const { code, stderr } = await ib(["build", "recipe.yaml"], { folder });
      return [code, ...stderr.split("\n").filter((line) => /^[^ ]+:\d+:\d+: /.test(line))];
    });
  const circle = 'a.yaml:4:69: "$.workflowOutputs.B" is an output of workflow "b", which does not run before this one [later-workflow]';
  expect(await check("")).toEqual([1, circle]);
  expect(await check(", parallelGroup: g")).toEqual([
    1,
    circle,
    'b.yaml:4:69: "$.workflowOutputs.A" is an output of workflow "a", which does not run before this one [later-workflow]',
  ]);
});
