import { beforeAll, describe, expect, test } from "@jest/globals";
import { createImageIn, statesOf } from "../../testing/images.js";
import { ARN, Scene } from "../../testing/scene.js";
import { storeImageSources } from "../../testing/store-row.js";

const scene = new Scene();
beforeAll(() => storeImageSources(scene));

const ended = async (to: "AVAILABLE" | "FAILED" = "AVAILABLE", more: object = {}) => {
  const arn = await createImageIn(scene, more);
  await scene.plane.images.transition(arn, to);
  return arn;
};
const container = () => ended("AVAILABLE", { imageRecipeArn: undefined, containerRecipeArn: `${ARN}container-recipe/box/1.0.0` });
const update = (resourceArn: string, status: string, more: object = {}) =>
  scene.call("StartResourceStateUpdate", { resourceArn, state: { status }, ...more });
const get = async (imageBuildVersionArn: string) => (await scene.call("GetImage", { imageBuildVersionArn })).image;
const deletion = { executionRole: "retirer", includeResources: { amis: true, snapshots: true } };

test("an image is deprecated, disabled and restored at once", async () => {
  const resourceArn = await ended();
  expect(await update(resourceArn, "DEPRECATED")).toEqual({ resourceArn });
  expect(await get(resourceArn)).toMatchObject({ state: { status: "DEPRECATED" }, deprecationTime: new Date(scene.now) });
  await update(resourceArn, "DISABLED");
  await update(resourceArn, "AVAILABLE");
  expect((await get(resourceArn))?.deprecationTime).toBeUndefined();
  expect((await statesOf(scene, resourceArn)).slice(2)).toEqual(["AVAILABLE DEPRECATED", "DEPRECATED DISABLED", "DISABLED AVAILABLE"]);
});

test("with what it has distributed, or later, a lifecycle execution does it, one at a time", async () => {
  const [deleted, later] = [await ended(), await ended()];
  const { lifecycleExecutionId } = await update(deleted, "DELETED", deletion);
  expect(lifecycleExecutionId).toMatch(/^lce-/);
  expect((await get(deleted))?.state).toEqual({ status: "AVAILABLE" });
  expect(await scene.call("ListLifecycleExecutions", { resourceArn: deleted })).toMatchObject({
    lifecycleExecutions: [{ lifecycleExecutionId, state: { status: "PENDING" } }],
  });
  expect(await scene.refused("StartResourceStateUpdate", { resourceArn: deleted, state: { status: "DELETED" }, ...deletion })).toBe(
    `ResourceInUseException: The lifecycle execution '${lifecycleExecutionId ?? ""}' of the image '${deleted}' has not ended.`,
  );
  expect(await scene.refused("StartResourceStateUpdate", { resourceArn: deleted, state: { status: "DISABLED" } })).toBe(
    `ResourceInUseException: The lifecycle execution '${lifecycleExecutionId ?? ""}' of the image '${deleted}' has not ended.`,
  );
  await scene.call("DeleteImage", { imageBuildVersionArn: deleted });
  expect((await scene.call("GetLifecycleExecution", { lifecycleExecutionId })).lifecycleExecution?.state).toEqual({
    ...{ status: "CANCELLED", reason: "The image was deleted." },
  });
  const updateAt = scene.now / 1000 + 3600;
  expect(await update(later, "DEPRECATED", { updateAt })).toMatchObject({
    resourceArn: later,
    lifecycleExecutionId: expect.stringMatching(/^lce-/) as unknown,
  });
  expect(await get(later)).toMatchObject({ state: { status: "AVAILABLE" }, deprecationTime: new Date(updateAt * 1000) });
});

describe("StartResourceStateUpdate refuses", () => {
  test.each([
    ["a running build", () => createImageIn(scene), "DISABLED", {}, "is PENDING and cannot become DISABLED; allowed: nothing."],
    ["a failed image", () => ended("FAILED"), "DISABLED", {}, "is FAILED and cannot become DISABLED; allowed: DELETED."],
    ["a container image", container, "DEPRECATED", {}, "is AVAILABLE and cannot become DEPRECATED; allowed: DELETED."],
    [
      "the state that it has",
      () => ended(),
      "AVAILABLE",
      {},
      "is AVAILABLE and cannot become AVAILABLE; allowed: DELETED, DEPRECATED, DISABLED.",
    ],
    [
      "a deletion of the image alone",
      () => ended(),
      "DELETED",
      {},
      "The state DELETED needs 'includeResources' with 'amis' or 'containers'; DeleteImage deletes the image alone.",
    ],
    [
      "resources without a role",
      () => ended(),
      "DISABLED",
      { includeResources: { amis: true } },
      "'executionRole' and 'includeResources' need each other; found one of them.",
    ],
    [
      "snapshots that stay",
      () => ended(),
      "DISABLED",
      deletion,
      "'snapshots' and 'containers' are for the state DELETED only; found the state DISABLED.",
    ],
    [
      "containers of an AMI",
      () => ended(),
      "DELETED",
      { ...deletion, includeResources: { containers: true } },
      "has no containers: its type is AMI.",
    ],
    [
      "a time for another state",
      () => ended(),
      "DISABLED",
      { updateAt: 2_000_000_000 },
      "'updateAt' is for the state DEPRECATED only; found the state DISABLED.",
    ],
    [
      "a time that has passed",
      () => ended(),
      "DEPRECATED",
      { updateAt: 1_000_000_000 },
      "'updateAt' is not valid. the time must be in the future.",
    ],
    [
      "a role of another account",
      () => ended(),
      "DISABLED",
      { executionRole: "arn:aws:iam::210987654321:role/r", includeResources: { amis: true } },
      "'executionRole' is not valid. the role is of the account 210987654321; allowed: roles of the account 123456789012.",
    ],
  ] as const)("%s", async (_, make, status, more, expected) => {
    const resourceArn = await make();
    const refusal = await scene.refused("StartResourceStateUpdate", { resourceArn, state: { status }, ...more });
    expect(refusal.slice(-expected.length)).toBe(expected);
    expect(refusal).toMatch(/^Invalid(Request|ParameterValue)Exception: /);
  });
});
