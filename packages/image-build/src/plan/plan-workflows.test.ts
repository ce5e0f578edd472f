import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { DEFAULT_WORKFLOWS } from "../default-workflows/default-workflows.js";
import { planBuild } from "./plan-build.js";

const registry = createRegistry(coreActions, linuxActions);
const HEAD = "name: web\nsemanticVersion: 1.0.0\nparentImage: p\ncomponents: [{ document: c.yaml }]\n";
const COMPONENT =
  "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: S, action: ExecuteBash, inputs: { commands: ['true'] } }] }]\n";
const LAUNCH = "{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }";
const COMPONENTS = "{ name: Apply, action: ExecuteComponents, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId } }";
const METADATA = "{ name: Collect, action: CollectImageMetadata, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId } }";
const FINDINGS = "{ name: Find, action: CollectImageScanFindings, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId } }";
const flow = (steps: readonly string[], others = "") =>
  `schemaVersion: 1.0\nsteps:\n${steps.map((step) => `  - ${step}\n`).join("")}${others}`;
const BUILD = flow(
  [LAUNCH, METADATA],
  "name: my build\nparameters: [{ name: size, default: small }]\noutputs: [{ name: Id, value: $.stepOutputs.Launch.instanceId }]\n",
);
const TEST = flow([LAUNCH, FINDINGS]);
const MANAGED = "arn:aws:imagebuilder:eu-west-1:aws:workflow";

/** Plans a recipe with these workflows from real files; the places of diagnostics are relative to their folder. */
async function plan(workflows: string | undefined, files: Readonly<Record<string, string | Buffer>> = {}) {
  return withTemporaryFolder(async (folder) => {
    const recipe = workflows === undefined ? HEAD : `${HEAD}workflows: ${workflows}\n`;
    for (const [path, text] of Object.entries({ "recipe.yaml": recipe, "c.yaml": COMPONENT, ...files }))
      await writeFile(join(folder, path), text);
    const remote = async (location: string) => Promise.resolve(new SourceFile(location, location.includes("/test/") ? TEST : BUILD));
    const load = /s3:|:123456789012:/.test(recipe) ? remote : undefined;
    const { plan: planned, diagnostics } = await planBuild(join(folder, "recipe.yaml"), registry, undefined, load);
    const errors = renderText(diagnostics).replaceAll(`${folder}/`, "").split("\n");
    return { planned, folder, lines: errors.filter((line) => /^[^ ]+:\d+:\d+: |^ {2}help: /.test(line)) };
  });
}

test("a recipe without workflows has the default ones of container images", async () => {
  const { planned, lines } = await plan(undefined);
  expect(lines).toEqual([]);
  expect(planned?.workflows.map(({ name, type, isDefault }) => [name, type, isDefault])).toEqual([
    ["build-container", "BUILD", true],
    ["test-container", "TEST", true],
  ]);
  expect(planned?.workflows.map(({ text }) => text)).toEqual(
    ["build-container", "test-container"].map((name) => DEFAULT_WORKFLOWS.find((workflow) => workflow.name === name)?.text),
  );
});

test("workflows that a recipe names twice have numbers, by which their steps and failures are told apart", async () => {
  const { planned } = await plan("[{ document: b.yaml }, { document: t.yaml }, { document: t.yaml }, { document: t.yaml }]", {
    ...{ "b.yaml": BUILD, "t.yaml": TEST },
  });
  expect(planned?.workflows.map(({ name }) => name)).toEqual(["my build", "t", "t (2)", "t (3)"]);
});

test("a plan has the workflows of the recipe as plain data, with their texts and values", async () => {
  const { planned, lines, folder } = await plan(
    "[{ document: b.yaml, parameters: [{ name: size, value: [large] }] }, { document: t.yaml, parallelGroup: all, onFailure: CONTINUE }]",
    { "b.yaml": BUILD, "t.yaml": TEST },
  );
  expect(lines).toEqual([]);
  expect(JSON.parse(JSON.stringify(planned))).toStrictEqual(planned);
  const digestOf = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
  expect(planned?.workflows).toStrictEqual([
    {
      ...{ name: "my build", type: "BUILD", path: join(folder, "b.yaml"), text: BUILD, digest: digestOf(BUILD), isDefault: false },
      parameters: [{ name: "size", value: ["large"] }],
    },
    {
      ...{ name: "t", type: "TEST", path: join(folder, "t.yaml"), text: TEST, digest: digestOf(TEST), isDefault: false },
      ...{ parameters: [], parallelGroup: "all", onFailure: "CONTINUE" },
    },
  ]);
});

test("ARNs of the service's own workflows, of any version, mean the default ones; other addresses are loaded", async () => {
  const own = "arn:aws:imagebuilder:eu-west-1:123456789012:workflow/test/mine/1.0.0/1";
  const arns = [`${MANAGED}/build/build-container/x.x.x`, `${MANAGED}/test/test-container/1.0.1/2`, own];
  const items = [...arns.map((arn) => `{ workflowArn: "${arn}" }`), "{ document: s3://bucket/test/t.yaml }"];
  const { planned, lines } = await plan(`[${items.join(", ")}]`);
  expect(lines).toEqual([]);
  expect(planned?.workflows.map(({ name, type, path, isDefault }) => [name, type, path, isDefault])).toEqual([
    ["build-container", "BUILD", arns[0], false],
    ["test-container", "TEST", arns[1], false],
    ["mine", "TEST", own, false],
    ["t", "TEST", "s3://bucket/test/t.yaml", false],
  ]);
});

test("command documents are read from the folder that the recipe names, with the faults of all", async () => {
  const good = "schemaVersion: '2.2'\nmainSteps: [{ action: aws:runShellScript, name: a, inputs: { runCommand: [ls] } }]\n";
  const { planned, lines } = await plan("[{ document: t.yaml }]\ncommandDocuments: .", { "t.yaml": TEST, "Own.yml": good });
  expect([planned, lines]).toEqual([
    undefined,
    expect.arrayContaining([expect.stringMatching(/^c\.yaml:1:\d+: /), expect.stringMatching(/^recipe\.yaml:1:1: /)]),
  ]);
  const missing = await plan("[{ document: t.yaml }]\ncommandDocuments: none", { "t.yaml": TEST });
  expect(missing.lines).toEqual([
    'recipe.yaml:6:19: cannot read command documents from "none": no such folder [command-document-not-readable]',
  ]);
});

test("where only tests are named, the default workflow makes the image", async () => {
  const { planned, lines } = await plan("[{ document: t.yaml }]", { "t.yaml": TEST });
  expect(lines).toEqual([]);
  expect(planned?.workflows.map(({ name, type, isDefault }) => [name, type, isDefault])).toEqual([
    ["build-container", "BUILD", true],
    ["t", "TEST", false],
  ]);
});

test("a document in a request or a template is of the type of its resource", async () => {
  const request = JSON.stringify({ name: "a", semanticVersion: "1.0.0", type: "TEST", data: flow([LAUNCH]) });
  const { planned, lines } = await plan("[{ document: w.json }]", { "w.json": request });
  expect([lines, planned?.workflows[1]?.type, planned?.workflows[1]?.text]).toEqual([[], "TEST", flow([LAUNCH])]);
});

const AMBIGUOUS = flow([LAUNCH, COMPONENTS]);

test.each<[string, string, Record<string, string | Buffer>, string[]]>([
  ["a missing document", "[{ document: no.yaml }]", {}, ['recipe.yaml:5:25: no workflow document at "no.yaml" [document-not-found]']],
  [
    "bytes that are no text",
    "[{ document: b.yaml }]",
    { "b.yaml": Buffer.from([0x73, 0xff, 0xfe, 0x0a]) },
    ['recipe.yaml:5:25: the workflow document "b.yaml" is not UTF-8 text: line 1 has bytes of another encoding [document-not-text]'],
  ],
  [
    "a component document",
    "[{ document: c.yaml }]",
    {},
    [
      'c.yaml:2:1: this is a component document (it has "phases"), not a workflow document [other-kind-of-file]',
      "  help: check it with ib component validate, run it with ib component run, or name it in a recipe below components",
    ],
  ],
  [
    "actions that are allowed in several types",
    "[{ document: w.yaml }]",
    { "w.yaml": AMBIGUOUS },
    [
      'recipe.yaml:5:25: the type of this workflow is not known: its actions are allowed in "BUILD" and "TEST" [type-not-known]',
      '  help: write one of them as "type" beside the document',
    ],
  ],
  [
    "an action of another type",
    "[{ document: t.yaml, type: BUILD }]",
    { "t.yaml": TEST },
    ['t.yaml:4:27: CollectImageScanFindings is not allowed in a workflow of the type BUILD; it is for "TEST" [action-not-in-type]'],
  ],
  [
    "another type than that of the resource",
    "[{ document: w.json, type: BUILD }]",
    { "w.json": JSON.stringify({ name: "a", semanticVersion: "1.0.0", type: "TEST", data: flow([LAUNCH]) }) },
    ["recipe.yaml:5:25: the type of this workflow is TEST, as its resource says, not BUILD [wrong-type]"],
  ],
  [
    "the faults of a document that is named twice, once",
    "[{ document: w.yaml, type: TEST }, { document: w.yaml, type: TEST }]",
    { "w.yaml": flow(["{ name: Launch, action: LanchInstance }"]).replace("LanchInstance", "Launch Instance") },
    [
      expect.stringMatching(
        /^w\.yaml:3:29: unknown step action "Launch Instance"; allowed: .*; did you mean "LaunchInstance"\? \[unknown-action\]$/,
      ) as unknown as string,
    ],
  ],
  [
    "workflows that cannot stand together",
    "[{ document: b.yaml }, { document: b.yaml, parallelGroup: x }]",
    { "b.yaml": BUILD },
    [
      "recipe.yaml:5:47: an image has at most 1 workflow of the type BUILD; found 2 [too-many-workflows]",
      'recipe.yaml:5:47: only test workflows have "parallelGroup"; the type of "my build" is BUILD [setting-of-tests]',
      'b.yaml:7:19: workflow "my build" has an output "Id" too; names are unique among the workflows of an image [duplicate-output]',
    ],
  ],
  [
    "values that the parameters do not take",
    "[{ document: b.yaml, parameters: [{ name: sise, value: x }] }]",
    { "b.yaml": BUILD },
    ['recipe.yaml:5:25: workflow "my build": unknown parameter "sise"; allowed: "size"; did you mean "size"? [parameter-value]'],
  ],
  [
    "a value that the action does not take",
    "[{ document: w.yaml, type: TEST, parameters: [{ name: for, value: agent }] }]",
    {
      "w.yaml": flow(
        ["{ name: Launch, action: LaunchInstance, inputs: { waitFor.$: $.parameters.for } }"],
        "parameters: [{ name: for }]\n",
      ),
    },
    ['w.yaml:3:66: the value of parameter "for" is not allowed here: "waitFor" must be "ssmAgent"; found "agent" [parameter-value]'],
  ],
  [
    "an output that no earlier workflow has",
    "[{ document: t.yaml, type: TEST }]",
    { "t.yaml": flow(["{ name: Stop, action: TerminateInstance, inputs: { instanceId.$: $.workflowOutputs.Id } }"]) },
    ['t.yaml:3:70: unknown output of an earlier workflow "Id"; none is allowed here [unknown-reference]'],
  ],
  [
    "workflows of the service that are not here",
    `[{ workflowArn: "${MANAGED}/build/build-contaner/1.0.0" }, { workflowArn: "${MANAGED}/test/test-image/x.x.x" }]`,
    {},
    [
      'recipe.yaml:5:28: unknown workflow of the service "build-contaner"; allowed: "build-container"; did you mean "build-container"? [unknown-workflow]',
      'recipe.yaml:5:119: "test-image" is for machine images; for container images it is "test-container" [workflow-for-other-images]',
    ],
  ],
])("faults: %s", async (_what, workflows, files, expected) => {
  const { planned, lines } = await plan(workflows, files);
  expect(planned).toBeUndefined();
  expect(lines).toEqual(expected);
});
