import { beforeAll, describe, expect, test } from "@jest/globals";
import { createImageIn, statesOf, thrownBy } from "../testing/images.js";
import { ARN, Scene } from "../testing/scene.js";
import { storeImageSources } from "../testing/store-row.js";

const scene = new Scene();
beforeAll(() => storeImageSources(scene));

const create = (more?: object) => createImageIn(scene, more);

const WORKFLOW = `${ARN}workflow/build/make/1.0.0/1`;
const workflow = { workflowBuildVersionArn: WORKFLOW, type: "BUILD", totalStepCount: 3 } as const;
const step = (name: string) => ({ name, action: "RunCommand", onFailure: "Abort", timeoutSeconds: 3600 }) as const;

describe("a workflow execution", () => {
  test("LOG-008: has times, messages and the numbers of its steps", async () => {
    const imageBuildVersionArn = await create();
    const { executions } = scene.plane;
    const workflowExecutionId = await executions.addWorkflow(imageBuildVersionArn, workflow);
    expect(workflowExecutionId).toMatch(/^wf-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const shown = {
      ...{ workflowBuildVersionArn: WORKFLOW, workflowExecutionId, type: "BUILD", status: "PENDING", totalStepCount: 3 },
      ...{ totalStepsSucceeded: 0, totalStepsFailed: 0, totalStepsSkipped: 0 },
    };
    expect(await scene.call("GetWorkflowExecution", { workflowExecutionId })).toEqual({ ...shown, imageBuildVersionArn });
    await executions.transitionWorkflow(workflowExecutionId, "RUNNING");
    const [one, two, three] = [
      await executions.addStep(workflowExecutionId, step("One")),
      await executions.addStep(workflowExecutionId, step("Two")),
      await executions.addStep(workflowExecutionId, step("Three")),
    ];
    scene.now += 1000;
    for (let times = 0; times < 2; times += 1) await executions.transitionStep(one, "SKIPPED", { message: "its condition is false" });
    await executions.transitionStep(two, "RUNNING", { inputs: { instanceId: "i-1" } });
    await executions.transitionStep(two, "COMPLETED", { outputs: { status: "Success" } });
    await executions.transitionStep(three, "RUNNING", { attemptNumber: 2 });
    await executions.transitionStep(three, "FAILED", { message: "x".repeat(600), outputs: { error: "no" } });
    await executions.transitionWorkflow(workflowExecutionId, "ROLLBACK_IN_PROGRESS");
    await executions.transitionRollback(two, "RUNNING");
    await executions.transitionRollback(two, "COMPLETED");
    await executions.transitionWorkflow(workflowExecutionId, "ROLLBACK_COMPLETED", "x".repeat(600));
    const ended = {
      ...{ ...shown, status: "ROLLBACK_COMPLETED", message: "x".repeat(500) },
      ...{ totalStepsSucceeded: 1, totalStepsFailed: 1, totalStepsSkipped: 1 },
      ...{ startTime: "2026-11-29T10:00:00.000Z", endTime: "2026-11-29T10:00:01.000Z" },
    };
    expect(await scene.call("ListWorkflowExecutions", { imageBuildVersionArn })).toEqual({
      ...{ imageBuildVersionArn, workflowExecutions: [{ ...ended, retried: false }] },
    });
    const stepShown = { action: "RunCommand", attemptNumber: 1, maxAttempts: 1 };
    const time = "2026-11-29T10:00:01.000Z";
    const list = await scene.call("ListWorkflowStepExecutions", { workflowExecutionId });
    expect(list).toEqual({
      ...{ workflowBuildVersionArn: WORKFLOW, workflowExecutionId, imageBuildVersionArn, message: "x".repeat(500) },
      steps: [
        { ...stepShown, stepExecutionId: one, name: "One", status: "SKIPPED", message: "its condition is false", endTime: time },
        {
          ...{ ...stepShown, stepExecutionId: two, name: "Two", status: "COMPLETED", rollbackStatus: "COMPLETED" },
          ...{ inputs: '{"instanceId":"i-1"}', outputs: '{"status":"Success"}', startTime: time, endTime: time },
        },
        {
          ...{ ...stepShown, stepExecutionId: three, name: "Three", status: "FAILED", attemptNumber: 2 },
          ...{ message: "x".repeat(500), outputs: '{"error":"no"}', startTime: time, endTime: time },
        },
      ],
    });
    expect(await scene.call("GetWorkflowStepExecution", { stepExecutionId: two })).toEqual({
      ...list.steps?.[1],
      ...{ workflowBuildVersionArn: WORKFLOW, workflowExecutionId, imageBuildVersionArn, onFailure: "Abort", timeoutSeconds: 3600 },
    });
    expect(await statesOf(scene, three)).toEqual(["PENDING RUNNING", "RUNNING FAILED"]);
    expect(await statesOf(scene, workflowExecutionId)).toEqual([
      "PENDING RUNNING",
      "RUNNING ROLLBACK_IN_PROGRESS",
      "ROLLBACK_IN_PROGRESS ROLLBACK_COMPLETED",
    ]);
  });

  test("and its steps are added once for an id, and refuse states that cannot follow", async () => {
    const { executions } = scene.plane;
    const arn = await create();
    const id = executions.createId("wf");
    for (let times = 0; times < 2; times += 1) expect(await executions.addWorkflow(arn, { id, ...workflow })).toBe(id);
    const stepId = executions.createId("step");
    for (let times = 0; times < 2; times += 1) expect(await executions.addStep(id, { id: stepId, ...step("One") })).toBe(stepId);
    expect((await scene.call("ListWorkflowStepExecutions", { workflowExecutionId: id })).steps).toHaveLength(1);
    expect(await thrownBy(executions.transitionWorkflow(id, "COMPLETED"))).toBe(
      `control-plane/no-such-transition: ${id} is PENDING and cannot become COMPLETED; allowed: RUNNING, SKIPPED, FAILED, CANCELLED`,
    );
    expect(await thrownBy(executions.transitionStep(stepId, "FAILED"))).toBe(
      `control-plane/no-such-transition: ${stepId} is PENDING and cannot become FAILED; allowed: RUNNING, SKIPPED, CANCELLED`,
    );
    expect(await thrownBy(executions.transitionRollback(stepId, "COMPLETED"))).toBe(
      `control-plane/no-such-transition: the rollback of ${stepId} is none and cannot become COMPLETED; allowed: RUNNING, SKIPPED`,
    );
    const none = executions.createId("step");
    expect(await thrownBy(executions.transitionStep(none, "RUNNING"))).toBe(
      `control-plane/no-such-execution: there is no execution with the id ${none}`,
    );
    expect(await scene.refused("GetWorkflowStepExecution", { stepExecutionId: none })).toBe(
      `ResourceNotFoundException: Resource of type 'WorkflowStepExecution' with identifier '${none}' cannot be found.`,
    );
  });

  test("counts every step that ends at the same time as others", async () => {
    const { executions } = scene.plane;
    const workflowExecutionId = await executions.addWorkflow(await create(), workflow);
    const names = Array.from({ length: 15 }, (_, index) => `Step${index}`);
    const ids = await Promise.all(names.map((name) => executions.addStep(workflowExecutionId, step(name))));
    await Promise.all(ids.map((id) => executions.transitionStep(id, "SKIPPED")));
    expect((await scene.call("GetWorkflowExecution", { workflowExecutionId })).totalStepsSkipped).toBe(15);
  });

  test("of a failed image: the list has the reason of the image", async () => {
    const imageBuildVersionArn = await create();
    await scene.plane.images.transition(imageBuildVersionArn, "FAILED", { reason: "y".repeat(600) });
    expect(await scene.call("ListWorkflowExecutions", { imageBuildVersionArn })).toEqual({
      ...{ imageBuildVersionArn, workflowExecutions: [], message: "y".repeat(500) },
    });
  });
});
