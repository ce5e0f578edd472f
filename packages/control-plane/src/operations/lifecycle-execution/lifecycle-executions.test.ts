import { beforeAll, describe, expect, test } from "@jest/globals";
import { addLifecycleExecution } from "../../lifecycles/lifecycle-executions.js";
import { ARN, Scene } from "../../testing/scene.js";
import { contextOn, storedResource } from "../../testing/stored-resource.js";

const scene = new Scene();
const policyArn = `${ARN}lifecycle-policy/ages`;
const imageArn = `${ARN}image/web/1.0.0/1`;
const createPolicy = (name: string) =>
  scene.call("CreateLifecyclePolicy", {
    ...{ name, executionRole: "lifecycle", resourceType: "AMI_IMAGE", resourceSelection: { tagMap: { a: "b" } } },
    policyDetails: [{ action: { type: "DELETE" }, filter: { type: "COUNT", value: 3 } }],
  });
beforeAll(async () => {
  await createPolicy("ages");
  const version = { major: 1, minor: 0, patch: 0, text: "1.0.0", build: 1 };
  await storedResource(scene, { type: "image", name: "web", version, status: "AVAILABLE", detail: { type: "AMI" } });
});

const add = async (arn = policyArn) => {
  const id = scene.plane.lifecycles.createId();
  await scene.plane.lifecycles.add(arn, id);
  return id;
};
const get = async (id: string) => (await scene.call("GetLifecycleExecution", { lifecycleExecutionId: id })).lifecycleExecution;
const failed = async (call: Promise<unknown>) => {
  try {
    return `no error: ${String(await call)}`;
  } catch (thrown) {
    return String(thrown);
  }
};

describe("an execution of a policy", () => {
  let id = "";
  const common = () => ({ lifecycleExecutionId: id, lifecyclePolicyArn: policyArn });
  const startTime = new Date("2026-11-29T10:01:00.000Z");

  test("begins PENDING, and shows when it runs", async () => {
    id = await add();
    expect(id).toMatch(/^lce-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    await scene.plane.lifecycles.add(policyArn, id);
    const pending = { ...common(), state: { status: "PENDING" }, resourcesImpactedSummary: { hasImpactedResources: false } };
    expect(await get(id)).toEqual(pending);
    expect((await scene.call("GetLifecyclePolicy", { lifecyclePolicyArn: policyArn })).lifecyclePolicy?.dateLastRun).toBeUndefined();
    scene.now += 60_000;
    for (let twice = 0; twice < 2; twice += 1) await scene.plane.lifecycles.transition(id, "IN_PROGRESS");
    expect(await get(id)).toEqual({ ...pending, state: { status: "IN_PROGRESS" }, startTime });
    expect((await scene.call("GetLifecyclePolicy", { lifecyclePolicyArn: policyArn })).lifecyclePolicy?.dateLastRun).toEqual(startTime);
    const { lifecyclePolicySummaryList } = await scene.call("ListLifecyclePolicies", {});
    expect(lifecyclePolicySummaryList?.map(({ dateLastRun }) => dateLastRun)).toEqual([startTime]);
  });

  test("records what it does with images and what they have distributed", async () => {
    const action = { name: "DELETE", reason: "more than 3 images" } as const;
    await scene.plane.lifecycles.recordStep(id, { resourceId: imageArn, action, status: "IN_PROGRESS" });
    const ami = { resourceId: "ami-1", parentResourceId: imageArn, account: "210987654321", region: "us-east-1", action };
    const snapshots = [{ snapshotId: "snap-1", state: { status: "SUCCESS" as const } }];
    await scene.plane.lifecycles.recordStep(id, { ...ami, status: "IN_PROGRESS" });
    scene.now += 60_000;
    for (let twice = 0; twice < 2; twice += 1) await scene.plane.lifecycles.recordStep(id, { ...ami, status: "SUCCESS", snapshots });
    await scene.plane.lifecycles.recordStep(id, { ...ami, resourceId: "ami-2", status: "SKIPPED", reason: "it is public" });
    await scene.plane.lifecycles.recordStep(id, { resourceId: imageArn, action, status: "FAILED", reason: "an AMI was skipped" });
    const endTime = new Date("2026-11-29T10:02:00.000Z");
    const list = (more: object = {}) => scene.call("ListLifecycleExecutionResources", { lifecycleExecutionId: id, ...more });
    const state = { lifecycleExecutionId: id, lifecycleExecutionState: { status: "IN_PROGRESS" } };
    expect(await list()).toEqual({
      ...state,
      resources: [
        {
          ...{ accountId: "123456789012", region: "eu-west-1", resourceId: imageArn, action, startTime, endTime },
          state: { status: "FAILED", reason: "an AMI was skipped" },
        },
      ],
    });
    const distributed = { accountId: "210987654321", region: "us-east-1", action };
    const amis = [
      { ...distributed, resourceId: "ami-1", state: { status: "SUCCESS" }, snapshots, startTime, endTime },
      { ...distributed, resourceId: "ami-2", state: { status: "SKIPPED", reason: "it is public" }, startTime: endTime, endTime },
    ];
    expect(await list({ parentResourceId: imageArn })).toEqual({ ...state, resources: amis });
    const page = await list({ parentResourceId: imageArn, maxResults: 1 });
    expect(page.resources).toEqual(amis.slice(0, 1));
    const { nextToken } = page;
    expect(await list({ parentResourceId: imageArn, maxResults: 1, nextToken })).toEqual({ ...state, resources: amis.slice(1) });
    expect(await scene.refused("ListLifecycleExecutionResources", { lifecycleExecutionId: id, nextToken })).toBe(
      "InvalidPaginationTokenException: The value supplied for parameter 'nextToken' is not valid. the token of the next page is not valid: it was given for another request.",
    );
    expect((await get(id))?.resourcesImpactedSummary).toEqual({ hasImpactedResources: true });
    const { rows } = await scene.pool.query("select detail->>'lifecycleExecutionId' as id from resource where type = 'image'");
    expect(rows).toEqual([{ id }]);
  });

  test("ends, and is not cancelled then", async () => {
    await scene.plane.lifecycles.transition(id, "SUCCESS");
    expect(await get(id)).toMatchObject({ state: { status: "SUCCESS" }, endTime: new Date("2026-11-29T10:02:00.000Z") });
    expect(await scene.refused("CancelLifecycleExecution", { lifecycleExecutionId: id })).toBe(
      `InvalidRequestException: The lifecycle execution '${id}' has ended: it is SUCCESS.`,
    );
    expect(await failed(scene.plane.lifecycles.transition(id, "IN_PROGRESS"))).toBe(
      `ImagewrightError: ${id} is SUCCESS and cannot become IN_PROGRESS; allowed: nothing`,
    );
    expect(
      await failed(scene.plane.lifecycles.recordStep(id, { resourceId: imageArn, action: { name: "DELETE" }, status: "SUCCESS" })),
    ).toBe(`ImagewrightError: ${imageArn} in ${id} is FAILED and cannot become SUCCESS; allowed: nothing`);
    expect(
      await failed(scene.plane.lifecycles.recordStep(id, { resourceId: "ami-3", action: { name: "DELETE" }, status: "SUCCESS" })),
    ).toBe(`ImagewrightError: ami-3 in ${id} is none and cannot become SUCCESS; allowed: IN_PROGRESS, SKIPPED`);
    expect(await failed(scene.plane.lifecycles.transition("lce-0", "IN_PROGRESS"))).toBe(
      "ImagewrightError: there is no execution with the id lce-0",
    );
  });
});

test("lists are those of a policy or an image, newest first, in pages", async () => {
  const [one, two, three] = [await add(), await add(), await add()];
  const list = async (resourceArn: string, more: object = {}) => {
    const { lifecycleExecutions = [], nextToken } = await scene.call("ListLifecycleExecutions", { resourceArn, ...more });
    return { nextToken, ids: lifecycleExecutions.map(({ lifecycleExecutionId }) => lifecycleExecutionId) };
  };
  expect((await list(policyArn)).ids.slice(0, 3)).toEqual([three, two, one]);
  const first = await list(policyArn, { maxResults: 2 });
  expect(first.ids).toEqual([three, two]);
  await add();
  expect((await list(policyArn, { maxResults: 1, nextToken: first.nextToken })).ids).toEqual([one]);
  const ofImage = scene.plane.lifecycles.createId();
  const image = { arn: imageArn, region: "eu-west-1", owner: "123456789012" };
  await addLifecycleExecution(contextOn(scene), image, { id: ofImage, request: { state: { status: "DELETED" } } });
  expect((await list(imageArn)).ids).toEqual([ofImage]);
  expect(await get(ofImage)).toEqual({
    ...{ lifecycleExecutionId: ofImage, state: { status: "PENDING" }, resourcesImpactedSummary: { hasImpactedResources: false } },
  });
});

describe("cancelling", () => {
  const reason = "CancelLifecycleExecution was called.";

  test("ends what nothing runs yet, and asks the others to stop, once", async () => {
    const [pending, running] = [await add(), await add()];
    await scene.plane.lifecycles.transition(running, "IN_PROGRESS");
    const cancel = (id: string) => scene.call("CancelLifecycleExecution", { lifecycleExecutionId: id });
    expect(await cancel(pending)).toEqual({ lifecycleExecutionId: pending });
    expect((await get(pending))?.state).toEqual({ status: "CANCELLED", reason });
    for (let twice = 0; twice < 2; twice += 1) expect(await cancel(running)).toEqual({ lifecycleExecutionId: running });
    expect((await get(running))?.state).toEqual({ status: "CANCELLING", reason });
    await scene.plane.lifecycles.transition(running, "CANCELLED");
    expect((await get(running))?.state).toEqual({ status: "CANCELLED" });
  });

  test("is done by disabling and by deleting a policy; the next one of the name begins anew", async () => {
    const other = `${ARN}lifecycle-policy/other`;
    await createPolicy("other");
    const [pending, running] = [await add(other), await add(other)];
    await scene.plane.lifecycles.transition(running, "IN_PROGRESS");
    const { lifecyclePolicy } = await scene.call("GetLifecyclePolicy", { lifecyclePolicyArn: other });
    const { executionRole, resourceType, policyDetails, resourceSelection } = lifecyclePolicy ?? {};
    const same = { lifecyclePolicyArn: other, executionRole, resourceType, policyDetails, resourceSelection };
    await scene.call("UpdateLifecyclePolicy", { ...same, status: "DISABLED" });
    expect((await get(pending))?.state).toEqual({ status: "CANCELLED", reason: "The lifecycle policy was disabled." });
    expect((await get(running))?.state).toEqual({ status: "CANCELLING", reason: "The lifecycle policy was disabled." });
    const later = await add(other);
    await scene.call("DeleteLifecyclePolicy", { lifecyclePolicyArn: other });
    expect((await get(later))?.state).toEqual({ status: "CANCELLED", reason: "The lifecycle policy was deleted." });
    scene.now += 1;
    await createPolicy("other");
    expect(await scene.call("ListLifecycleExecutions", { resourceArn: other })).toEqual({ lifecycleExecutions: [] });
    expect((await scene.call("GetLifecyclePolicy", { lifecyclePolicyArn: other })).lifecyclePolicy?.dateLastRun).toBeUndefined();
  });
});

test.each([
  ["GetLifecycleExecution", {}],
  ["CancelLifecycleExecution", {}],
  ["ListLifecycleExecutionResources", {}],
] as const)("%s of another account or Region, and of none, is refused", async (operation, more) => {
  const [mine, none] = [await add(), "lce-00000000-0000-0000-0000-000000000000"];
  const notFound = (id: string) =>
    `ResourceNotFoundException: Resource of type 'LifecycleExecution' with identifier '${id}' cannot be found.`;
  for (const [id, caller] of [
    [mine, { account: "210987654321" }],
    [mine, { region: "us-east-1" }],
    [none, {}],
  ] as const)
    expect(await scene.refused(operation, { lifecycleExecutionId: id, ...more }, caller)).toBe(notFound(id));
});

test.each([
  [
    "ListLifecycleExecutions",
    { resourceArn: `${ARN}image/web/1.0.0` },
    "InvalidParameterValueException: The value supplied for parameter 'resourceArn' is not valid. the ARN names no build; allowed: that of a lifecycle policy, or of a build of an image.",
  ],
  [
    "ListLifecycleExecutions",
    { resourceArn: `${ARN}component/web/1.0.0/1` },
    "InvalidParameterValueException: The value supplied for parameter 'resourceArn' is not valid. the ARN is of a component; allowed here: ",
  ],
  [
    "ListLifecycleExecutions",
    { resourceArn: `${ARN}lifecycle-policy/no` },
    `ResourceNotFoundException: Resource of type 'LifecyclePolicy' with identifier '${ARN}lifecycle-policy/no' cannot be found.`,
  ],
  [
    "GetLifecycleExecution",
    { lifecycleExecutionId: "lce-1" },
    "InvalidParameterValueException: The value supplied for parameter 'lifecycleExecutionId' is not valid. ",
  ],
] as const)("%s %j", async (operation, input, expected) => {
  expect((await scene.refused(operation, input)).slice(0, expected.length)).toBe(expected);
});

test("resources of an image that the execution has not found", async () => {
  expect(await scene.refused("ListLifecycleExecutionResources", { lifecycleExecutionId: await add(), parentResourceId: imageArn })).toBe(
    `ResourceNotFoundException: Resource of type 'LifecycleExecutionResource' with identifier '${imageArn}' cannot be found.`,
  );
});
