import type { FailedStep } from "@imagewright/component-runner";
import { expect, test } from "@jest/globals";
import { componentFailureOf } from "./component-failure.js";

const ARN = "arn:aws:imagebuilder:eu-west-1:1:component/web/1.0.0/1";
const work = { components: [{ name: "Web", path: ARN, text: "", phases: [], parameters: [] }] };
const failed = (document: string, name: string, failureMessage: string) =>
  ({ document, phase: "build", result: { name, action: "ExecuteBash", failureMessage } }) as unknown as FailedStep;

test("the step of the component is named, not that of the document which it runs; long messages are cut as the API cuts them", () => {
  const { message, componentFailure } = componentFailureOf(
    work,
    [failed("inner.yaml", "deep", "no"), failed(ARN, "outer", "x".repeat(2000))],
    "",
  );
  expect(message).toBe(`component "Web" failed in phase build, step "outer": ${"x".repeat(2000)}`);
  expect(componentFailure).toEqual({
    ...{ componentArn: ARN, phaseName: "build", stepName: "outer", action: "ExecuteBash" },
    errorMessage: "x".repeat(1024),
  });
});

test("without a failed step the agent's own message is the reason", () => {
  expect(componentFailureOf(work, [], "the run was cancelled")).toEqual({ message: "the components failed: the run was cancelled" });
});
