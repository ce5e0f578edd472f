import { expect, test } from "@jest/globals";
import type { PlannedWorkflow } from "./build-plan.js";
import { openPlannedWorkflow } from "./open-planned-workflow.js";

const TEXT =
  "name: own\nschemaVersion: 1.0\nparameters: [{ name: size, default: small }]\nsteps: [{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }]\n";
const ARN = "arn:aws:imagebuilder:eu-west-1:123456789012:workflow/test/own/1.0.0/1";
const PLANNED: PlannedWorkflow = {
  ...{ name: "own", type: "TEST", path: "own.yaml", text: TEXT, digest: "", isDefault: false },
  ...{ parameters: [{ name: "size", value: ["large"] }], parallelGroup: "all", onFailure: "CONTINUE" },
};

test("a planned workflow is used with its values and settings, and with its ARN if it was named by one", () => {
  const use = openPlannedWorkflow(PLANNED);
  expect(use).toMatchObject({ workflow: { type: "TEST" }, parallelGroup: "all", onFailure: "CONTINUE" });
  expect([...(use.parameters ?? [])]).toEqual([["size", ["large"]]]);
  expect(use.workflowBuildVersionArn).toBeUndefined();
  expect(openPlannedWorkflow({ ...PLANNED, path: ARN }).workflowBuildVersionArn).toBe(ARN);
});

test("one in which this version of the program finds faults is not run", () => {
  expect(() => openPlannedWorkflow({ ...PLANNED, text: TEXT.replace("LaunchInstance", "LaunchInstances") })).toThrow(
    expect.objectContaining({
      code: "image-build/workflow-not-runnable",
      message: expect.stringMatching(
        /^the workflow "own" cannot be run by this version: own\.yaml:4:\d+: unknown step action "LaunchInstances"/,
      ),
    }),
  );
});
