import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ib } from "./ib.js";

const COMPONENT =
  "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: S, action: ExecuteBash, inputs: { commands: ['true'] } }] }]\n";
const RECIPE = "name: web\nsemanticVersion: 1.0.0\nparentImage: p\ncomponents: [{ document: c.yaml }]\n";
const LAUNCH = "{ name: Launch, action: LaunchInstance, inputs: { waitFor.$: $.parameters.for } }";
const flow = (...steps: readonly string[]) =>
  `schemaVersion: 1.0\nparameters: [{ name: for, default: ssmAgent }]\nsteps:\n${steps.map((step) => `  - ${step}\n`).join("")}`;

/** What `ib workflow run` says of a document; each of these is refused before anything is started. */
async function refused(text: string, ...flags: string[]) {
  return withTemporaryFolder(async (folder) => {
    for (const [name, content] of Object.entries({ "w.yaml": text, "c.yaml": COMPONENT, "recipe.yaml": RECIPE }))
      await writeFile(join(folder, name), content);
    const { code, stdout, stderr } = await ib(["workflow", "run", "w.yaml", "--recipe", "recipe.yaml", ...flags], { folder });
    expect(stdout).toBe("");
    return [code, ...stderr.split("\n").filter((line) => /^[^ ]+:\d+:\d+: |--image/.test(line))];
  });
}

describe("ib workflow run refuses before anything is started", () => {
  test("steps that this host cannot do, and values that an action does not take", async () => {
    expect(await refused(flow(LAUNCH, "{ name: Register, action: RegisterImage }"))).toEqual([
      1,
      "w.yaml:5:31: RegisterImage cannot run here: it is an operation of AWS, and this build host is a computer of your own [action-not-on-host]",
    ]);
    expect(await refused(flow(LAUNCH), "--parameter", "for=boot")).toEqual([
      1,
      'w.yaml:4:66: the value of parameter "for" is not allowed here: "waitFor" must be "ssmAgent"; found "boot" [parameter-value]',
    ]);
    expect(await refused(flow(LAUNCH), "--parameter", "four=x")).toEqual([
      1,
      'w.yaml:1:1: workflow "w.yaml": unknown parameter "four"; allowed: "for"; did you mean "for"? [parameter-value]',
    ]);
  });

  test("command documents that are not there", async () => {
    const run =
      "{ name: Run, action: RunCommand, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId, documentName: AWS-RunShelScript } }";
    expect(await refused(flow(LAUNCH, run))).toEqual([
      1,
      'w.yaml:5:109: unknown command document "AWS-RunShelScript"; allowed: "AWS-RunPowerShellScript" or "AWS-RunShellScript"; did you mean "AWS-RunShellScript"? [unknown-command-document]',
    ]);
  });

  test("outputs of workflows that do not run with it", async () => {
    expect(await refused(flow("{ name: End, action: TerminateInstance, inputs: { instanceId.$: $.workflowOutputs.Id } }"))).toEqual([
      1,
      'w.yaml:4:69: unknown output of an earlier workflow "Id"; none is allowed here [unknown-reference]',
    ]);
  });

  test("a test workflow without the image that it tests", async () => {
    expect(await refused(flow(LAUNCH), "--type", "test")).toEqual([2, "a test workflow needs --image, the image that it tests"]);
  });
});

test.each(["resume", "stop"])("ib workflow %s: no step of that name waits", async (verb) => {
  await withTemporaryFolder(async (folder) => {
    const { code, stderr } = await ib(["workflow", verb, "Approve"], { folder });
    expect([code, stderr]).toEqual([1, 'error: the step "Approve" waits for no answer; no step does\n']);
  });
});
