import { readdirSync, readFileSync } from "node:fs";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { stepActionContracts as registry } from "@imagewright/step-actions";
import { checkWorkflow, checkWorkflowUses, simulateWorkflow } from "@imagewright/workflow-engine";
import { describe, expect, test } from "@jest/globals";
import { DEFAULT_WORKFLOWS, type DefaultWorkflow } from "./default-workflows.js";

const folder = new URL(".", import.meta.url);
const check = ({ name, text, type }: DefaultWorkflow) => checkWorkflow(new SourceFile(`${name}.yaml`, text), { registry, type });
const checked = (name: string) => {
  const workflow = DEFAULT_WORKFLOWS.find((candidate) => candidate.name === name);
  const document = workflow === undefined ? undefined : check(workflow).document;
  if (document === undefined) throw new Error(`no workflow ${name}`);
  return document;
};

test("each document of the folder is one of them, as it is written", () => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  expect(DEFAULT_WORKFLOWS.map(({ name }) => `${name}.yaml`)).toEqual(files.sort());
  for (const { name, text } of DEFAULT_WORKFLOWS) expect(text).toBe(readFileSync(new URL(`${name}.yaml`, folder), "utf8"));
});

describe.each(DEFAULT_WORKFLOWS.map((workflow) => [workflow.name, workflow] as const))("%s", (name, workflow) => {
  test("has its name and description, and neither errors nor warnings for its type", () => {
    const { document, diagnostics } = check(workflow);
    expect([renderText(diagnostics), document?.name, document?.type]).toEqual(["", name, workflow.type]);
    expect(workflow.text).toContain(`\ndescription: ${workflow.description}\n`);
  });
});

test.each(["image", "container"])("those of one kind of image go together: %s", (kind) => {
  const uses = ["build", "test", "distribute"].map((stage) => ({ workflow: checked(`${stage}-${kind}`) }));
  expect(renderText(checkWorkflowUses(uses))).toBe("");
});

test.each<[string, Readonly<Record<string, string | boolean>>, string]>([
  ["build-container", { imageType: "DOCKER", collectImageMetadata: true }, ""],
  ["build-container", { imageType: "DOCKER", collectImageMetadata: false }, "CollectImageMetadata"],
  ["build-image", { platform: "Linux", collectImageMetadata: true }, "RunSysPrep"],
  ["build-image", { platform: "Windows", collectImageMetadata: true }, "SanitizeInstance"],
  ["test-container", { collectImageScanFindings: false }, "CollectImageScanFindings"],
  ["test-image", { collectImageScanFindings: true }, ""],
])("%s with %j leaves out %j", async (name, variables, expected) => {
  const { status, steps } = await simulateWorkflow({ workflow: checked(name), registry, variables });
  expect(status).toBe("COMPLETED");
  expect(steps.flatMap((step) => (step.status === "SKIPPED" ? [step.action] : [])).join()).toBe(expected);
});

test("the steps of a container build on this machine", () => {
  expect(checked("build-container").steps.map(({ action }) => action.text)).toEqual([
    ...["LaunchInstance", "BootstrapInstanceForContainer", "ExecuteComponents", "SanitizeInstance", "CollectImageMetadata"],
    ...["CreateImage", "TerminateInstance"],
  ]);
});
