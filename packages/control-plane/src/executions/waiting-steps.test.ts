import { beforeAll, describe, expect, test } from "@jest/globals";
import { createImageIn, eventsOf } from "../testing/images.js";
import { ARN, Scene } from "../testing/scene.js";
import { storeImageSources } from "../testing/store-row.js";

const scene = new Scene();
beforeAll(() => storeImageSources(scene));

const create = (more?: object) => createImageIn(scene, more);

const WORKFLOW = `${ARN}workflow/build/make/1.0.0/1`;
const workflow = { workflowBuildVersionArn: WORKFLOW, type: "BUILD", totalStepCount: 3 } as const;
const step = (name: string) => ({ name, action: "RunCommand", onFailure: "Abort", timeoutSeconds: 3600 }) as const;

describe("a step that waits for an action", () => {
  const waiting = async () => {
    const { executions } = scene.plane;
    const imageBuildVersionArn = await create();
    const workflowExecutionId = await executions.addWorkflow(imageBuildVersionArn, workflow);
    const stepExecutionId = await executions.addStep(workflowExecutionId, { ...step("Ask"), action: "WaitForAction" });
    await executions.transitionStep(stepExecutionId, "RUNNING");
    for (let times = 0; times < 2; times += 1) await executions.waitForAnswer(stepExecutionId);
    return { imageBuildVersionArn, workflowExecutionId, stepExecutionId };
  };
  const listed = async () => (await scene.call("ListWaitingWorkflowSteps", {})).steps?.map(({ stepExecutionId }) => stepExecutionId);

  test("is listed, has one event, and is answered once", async () => {
    const { imageBuildVersionArn, workflowExecutionId, stepExecutionId } = await waiting();
    expect(await scene.call("ListWaitingWorkflowSteps", {})).toEqual({
      steps: [
        {
          ...{ stepExecutionId, imageBuildVersionArn, workflowExecutionId, workflowBuildVersionArn: WORKFLOW },
          ...{ name: "Ask", action: "WaitForAction", startTime: new Date(scene.now).toISOString() },
        },
      ],
    });
    expect((await eventsOf(scene, stepExecutionId)).slice(1)).toMatchObject([
      {
        ...{ type: "workflow-step-execution.waiting", resources: [imageBuildVersionArn, WORKFLOW] },
        detail: {
          ...{ "workflow-execution-id": workflowExecutionId, "workflow-step-execution-id": stepExecutionId },
          "workflow-step-name": "Ask",
        },
      },
    ]);
    expect(await scene.plane.executions.answerOf(stepExecutionId)).toBeUndefined();
    const input = { stepExecutionId, imageBuildVersionArn, action: "RESUME", reason: "looks good" };
    expect(await scene.call("SendWorkflowStepAction", { ...input, clientToken: "s1" })).toEqual({
      ...{ clientToken: "s1", stepExecutionId, imageBuildVersionArn },
    });
    expect(await scene.plane.executions.answerOf(stepExecutionId)).toEqual({ action: "RESUME", reason: "looks good" });
    expect(await listed()).toEqual([]);
    expect(await scene.refused("SendWorkflowStepAction", { ...input, action: "STOP" })).toBe(
      `InvalidRequestException: The step '${stepExecutionId}' does not wait for an action: it was answered with RESUME.`,
    );
  });

  test("is not listed for others, nor when it has ended", async () => {
    const { imageBuildVersionArn, stepExecutionId } = await waiting();
    expect(await scene.call("ListWaitingWorkflowSteps", {}, { account: "210987654321" })).toEqual({ steps: [] });
    await scene.plane.executions.transitionStep(stepExecutionId, "FAILED");
    expect(await listed()).toEqual([]);
    expect(await scene.refused("SendWorkflowStepAction", { stepExecutionId, imageBuildVersionArn, action: "STOP" })).toBe(
      `InvalidRequestException: The step '${stepExecutionId}' does not wait for an action: it is FAILED.`,
    );
  });

  test("is answered through its own image only", async () => {
    const { imageBuildVersionArn, stepExecutionId } = await waiting();
    const input = { stepExecutionId, imageBuildVersionArn: await create(), action: "STOP" };
    expect(await scene.refused("SendWorkflowStepAction", input)).toBe(
      `InvalidParameterValueException: The value supplied for parameter 'imageBuildVersionArn' is not valid. the step '${stepExecutionId}' belongs to the image '${imageBuildVersionArn}'.`,
    );
  });

  test("of two answers at once, one counts", async () => {
    const { stepExecutionId, imageBuildVersionArn } = await waiting();
    const input = { stepExecutionId, imageBuildVersionArn };
    const answers = (["RESUME", "STOP"] as const).map((action) => scene.refused("SendWorkflowStepAction", { ...input, action }));
    const refused = (await Promise.all(answers)).filter((answer) => !answer.startsWith("no error"));
    expect(refused).toHaveLength(1);
  });
});
