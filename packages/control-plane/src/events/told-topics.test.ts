// Guide chapter 47: who is told by SNS, and what. Delivery has tests of its own.
import { beforeAll, describe, expect, test } from "@jest/globals";
import { topicNotice, type ServiceEvent } from "@imagewright/events";
import type { ImageStatus } from "@imagewright/imagebuilder-model";
import { createImageIn } from "../testing/images.js";
import { ARN, Scene } from "../testing/scene.js";
import { storeImageSources } from "../testing/store-row.js";
import { keyFileWrapper, newKeyFile } from "../encryption/key-wrapper.js";

const scene = new Scene();
const TOPIC = "arn:aws:sns:eu-west-1:123456789012:images";
const infrastructureConfigurationArn = `${ARN}infrastructure-configuration/told`;
beforeAll(async () => {
  await storeImageSources(scene);
  await scene.call("CreateInfrastructureConfiguration", { name: "told", instanceProfileName: "builder", snsTopicArn: TOPIC });
});

async function told(arn: string): Promise<readonly ServiceEvent[]> {
  const { events } = await scene.plane.events.read({ after: 0, limit: 1000, image: arn });
  return events.filter(({ topicArn }) => topicArn !== undefined);
}

/** An image that goes through the states; returns the ARN. */
async function imageThrough(states: readonly ImageStatus[], more: object = { infrastructureConfigurationArn }): Promise<string> {
  const arn = await createImageIn(scene, more);
  for (const state of states) await scene.plane.images.transition(arn, state, state === "FAILED" ? { reason: "no luck" } : {});
  return arn;
}

describe("the topic of the infrastructure configuration", () => {
  test("EVT-006 is told when the image becomes AVAILABLE, and at no other state", async () => {
    const arn = await imageThrough(["BUILDING", "TESTING", "DISTRIBUTING", "AVAILABLE", "DEPRECATED", "AVAILABLE"]);
    const events = await told(arn);
    expect(events.map(({ topicArn, previousState, state }) => [topicArn, previousState, state])).toEqual([
      [TOPIC, "DISTRIBUTING", "AVAILABLE"],
    ]);
    const message = JSON.parse(topicNotice(events[0] as ServiceEvent)?.message ?? "") as object;
    expect(message).toMatchObject({
      ...{ arn, name: "Web Server", version: "1.0.0", state: { status: "AVAILABLE" }, dateCreated: "Nov 29, 2026 10:00:00 AM" },
      ...{ imageRecipe: { name: "Web Server" }, infrastructureConfiguration: { snsTopicArn: TOPIC }, accountId: "123456789012" },
    });
  });

  test("EVT-006 is told when it fails, with the reason; not when it is cancelled", async () => {
    const [event] = await told(await imageThrough(["BUILDING", "FAILED"]));
    expect(JSON.parse(topicNotice(event as ServiceEvent)?.message ?? "")).toMatchObject({ state: { status: "FAILED", reason: "no luck" } });
    expect(await told(await imageThrough(["BUILDING", "CANCELLED"]))).toEqual([]);
  });

  test("is nobody where none is named", async () => {
    expect(await told(await imageThrough(["AVAILABLE"], {}))).toEqual([]);
  });

  test("is told the image as it was then, also if it has been deleted since", async () => {
    const imageBuildVersionArn = await imageThrough(["FAILED"]);
    await scene.call("DeleteImage", { imageBuildVersionArn });
    expect(await told(imageBuildVersionArn)).toHaveLength(1);
  });
});

test("the topic of a step that waits is told its event, with the payload", async () => {
  const arn = await createImageIn(scene);
  const { executions } = scene.plane;
  const workflow = { workflowBuildVersionArn: `${ARN}workflow/build/make/1.0.0/1`, type: "BUILD", totalStepCount: 1 } as const;
  const execution = await executions.addWorkflow(arn, workflow);
  const step = { name: "Ask", action: "WaitForAction", onFailure: "Abort", timeoutSeconds: 60 } as const;
  const id = await executions.addStep(execution, step);
  await executions.transitionStep(id, "RUNNING", { inputs: { snsTopicArn: TOPIC, payload: "look at it" } });
  await executions.waitForAnswer(id);
  const events = await told(arn);
  expect(events).toMatchObject([{ type: "workflow-step-execution.waiting", topicArn: TOPIC }]);
  expect(JSON.parse(topicNotice(events[0] as ServiceEvent)?.message ?? "")).toMatchObject({
    ...{ "detail-type": "EC2 Image Builder Workflow Step Waiting", resources: [arn, workflow.workflowBuildVersionArn] },
    detail: { "workflow-execution-id": execution, "workflow-step-execution-id": id, "workflow-step-name": "Ask", payload: "look at it" },
  });
});

// the last test: the database stays encrypted
test("the message is sealed in an encrypted database, and sealed again with the others", async () => {
  const arn = await imageThrough(["FAILED"]);
  const plane = await scene.open({ encryptionKey: keyFileWrapper(newKeyFile(), "key") });
  const sealed = await createImageIn(scene, { infrastructureConfigurationArn });
  await plane.images.transition(sealed, "FAILED");
  await plane.encryption.rotate();
  const { rows } = await scene.pool.query<{ document: string }>("select document from event_outbox where document is not null");
  expect(rows.filter(({ document }) => document.includes("web-server"))).toEqual([]);
  const { events } = await plane.events.read({ after: 0, limit: 1000, image: arn });
  expect(topicNotice(events.at(-1) as ServiceEvent)?.message).toContain('"name":"Web Server"');
  await plane.close();
});
