import { paginateListWaitingWorkflowSteps, paginateListWorkflowExecutions } from "@aws-sdk/client-imagebuilder";
import { describe, expect } from "@jest/globals";
import { makeImage } from "./support/make-image.js";
import { entries } from "./support/pages.js";
import { prove } from "./support/prove.js";
import { MESSAGES, refused } from "./support/refused.js";
import { api } from "./support/service.js";

const UUID = "00000000-0000-4000-8000-000000000000";

describe("executions of workflows", () => {
  prove("API-061", async () => {
    const imageBuildVersionArn = await makeImage();
    expect(await entries(paginateListWorkflowExecutions, { imageBuildVersionArn }, "workflowExecutions")).toEqual([]);
    const missing = imageBuildVersionArn.replace(/\/1$/, "/7");
    await refused(api.listWorkflowExecutions({ imageBuildVersionArn: missing }), "ResourceNotFoundException");
  });

  prove("API-037", async () => {
    await refused(api.getWorkflowExecution({ workflowExecutionId: `wf-${UUID}` }), "ResourceNotFoundException");
    const wrong = api.getWorkflowExecution({ workflowExecutionId: UUID });
    await refused(wrong, "InvalidParameterValueException", MESSAGES.invalidValue("workflowExecutionId"));
  });

  prove("API-038", async () => {
    await refused(api.getWorkflowStepExecution({ stepExecutionId: `step-${UUID}` }), "ResourceNotFoundException");
    const wrong = api.getWorkflowStepExecution({ stepExecutionId: `wf-${UUID}` });
    await refused(wrong, "InvalidParameterValueException", MESSAGES.invalidValue("stepExecutionId"));
  });

  prove("API-062", async () => {
    await refused(api.listWorkflowStepExecutions({ workflowExecutionId: `wf-${UUID}` }), "ResourceNotFoundException");
    const wrong = api.listWorkflowStepExecutions({ workflowExecutionId: "wf" });
    await refused(wrong, "InvalidParameterValueException", MESSAGES.invalidValue("workflowExecutionId"));
  });

  prove("API-059", async () => {
    const imageBuildVersionArn = await makeImage();
    const steps = await entries(paginateListWaitingWorkflowSteps, {}, "steps", 25);
    expect(steps.filter((step) => step.imageBuildVersionArn === imageBuildVersionArn)).toEqual([]);
  });

  prove("API-069", async () => {
    const imageBuildVersionArn = await makeImage();
    const send = { stepExecutionId: `step-${UUID}`, imageBuildVersionArn, action: "RESUME" as const, clientToken: undefined };
    await refused(api.sendWorkflowStepAction(send), "ResourceNotFoundException");
    const wrong = api.sendWorkflowStepAction({ ...send, action: "PAUSE" as "RESUME" });
    await refused(wrong, "InvalidParameterValueException", MESSAGES.invalidValue("action"));
  });
});
