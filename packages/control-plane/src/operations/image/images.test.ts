import { beforeAll, describe, expect, test } from "@jest/globals";
import { ACCOUNT, ARN, CALLER, Scene } from "../../testing/scene.js";
import { storeImageSources, storeRow } from "../../testing/store-row.js";

const scene = new Scene();
beforeAll(() => storeImageSources(scene));

const create = async (more: object = {}) => {
  const infrastructureConfigurationArn = `${ARN}infrastructure-configuration/small`;
  const input = { imageRecipeArn: `${ARN}image-recipe/web-server/1.0.0`, infrastructureConfigurationArn, ...more };
  return (await scene.call("CreateImage", input)).imageBuildVersionArn ?? "";
};
const createContainer = () => create({ imageRecipeArn: undefined, containerRecipeArn: `${ARN}container-recipe/box/1.0.0` });
const get = async (imageBuildVersionArn: string) => (await scene.call("GetImage", { imageBuildVersionArn })).image;
const buildOf = (arn: string | undefined) => Number(arn?.split("/").at(-1));
const end = async (arn: string, to: "AVAILABLE" | "FAILED" | "CANCELLED" = "AVAILABLE") => {
  await scene.plane.images.transition(arn, to);
  return arn;
};
const notFound = (arn: string) => `ResourceNotFoundException: Resource of type 'Image' with identifier '${arn}' cannot be found.`;

describe("GetImage", () => {
  test("IMG-004: takes the newest AVAILABLE build for a version or wildcards, and any state for a build", async () => {
    const version = `${ARN}image/web-server/1.0.0`;
    const first = await create();
    expect(await scene.refused("GetImage", { imageBuildVersionArn: version })).toBe(notFound(version));
    await end(first);
    await end(await create(), "FAILED");
    const pending = await create();
    for (const asked of ["1.0.0", "1.0.x", "1.x.x", "x.x.x"]) expect((await get(`${ARN}image/web-server/${asked}`))?.arn).toBe(first);
    expect((await get(pending))?.state).toEqual({ status: "PENDING" });
    await scene.plane.images.transition(first, "DEPRECATED");
    expect(await scene.refused("GetImage", { imageBuildVersionArn: version })).toBe(notFound(version));
  });
});

describe("lists", () => {
  test("IMG-005: ListImages has each version once, and by name each name once; deprecated ones of the account too", async () => {
    await create({ imageRecipeArn: `${ARN}image-recipe/web-server/x.x.x`, tags: { team: "web" } });
    await scene.plane.images.transition(await end(await createContainer()), "DELETED");
    const common = { platform: "Linux", buildType: "USER_INITIATED", owner: ACCOUNT, dateCreated: "2026-11-29T10:00:00.000Z" };
    const box = { ...common, name: "Box", type: "DOCKER", imageSource: "CUSTOM", version: "1.0.0" };
    const web = { ...common, name: "Web Server", type: "AMI", imageSource: "AMAZON_MANAGED" };
    const list = async (input: object) => (await scene.call("ListImages", input)).imageVersionList;
    const [first, second] = ["1.0.0", "1.2.0"].map((version) => ({ ...web, version, arn: `${ARN}image/web-server/${version}` }));
    expect(await list({})).toEqual([{ ...box, arn: `${ARN}image/box/1.0.0` }, first, second]);
    expect(await list({ byName: true })).toEqual([
      { ...box, arn: `${ARN}image/box/x.x.x` },
      { ...second, arn: `${ARN}image/web-server/x.x.x` },
    ]);
    expect(await list({ filters: [{ name: "type", values: ["AMI"] }] })).toEqual([first, second]);
    expect(await list({ filters: [{ name: "version", values: ["1.2.0"] }] })).toEqual([second]);
    expect(await list({ filters: [{ name: "platform", values: ["Windows"] }] })).toEqual([]);
    await scene.plane.images.transition(`${ARN}image/web-server/1.2.0/1`, "AVAILABLE", { osVersion: "Debian 12" });
    expect(await list({ filters: [{ name: "osVersion", values: ["Debian 12"] }] })).toEqual([{ ...second, osVersion: "Debian 12" }]);
    expect(await list({ owner: "Shared" })).toEqual([]);
  });

  test("deprecated images of Amazon are shown only if they are asked for, and those of others always", async () => {
    for (const [name, status] of [
      ["debian-11", "DEPRECATED"],
      ["debian-12", "AVAILABLE"],
    ] as const) {
      const version = { major: 1, minor: 0, patch: 0, text: "1.0.0", build: 1 };
      const row = await storeRow(scene, { type: "image", name, version, status, detail: { type: "AMI", platform: "Linux" } });
      await scene.pool.query("update resource set owner = 'aws' where id = $1", [row.id]);
    }
    const names = async (input: object) =>
      (await scene.call("ListImages", { owner: "Amazon", ...input })).imageVersionList?.map(({ name }) => name);
    expect(await names({})).toEqual(["debian-12"]);
    expect(await names({ includeDeprecated: true })).toEqual(["debian-11", "debian-12"]);
    const [consumer, imageArn] = [{ account: "210987654321" }, await create()];
    await end(imageArn);
    const Principal = { AWS: consumer.account };
    const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action: "imagebuilder:GetImage", Resource: imageArn }] });
    await scene.call("PutImagePolicy", { imageArn, policy });
    await scene.plane.images.transition(imageArn, "DEPRECATED");
    expect((await scene.call("ListImages", { owner: "Shared" }, consumer)).imageVersionList).toMatchObject([{ name: "Web Server" }]);
    await scene.call("PutImagePolicy", { imageArn, policy: policy.replace(consumer.account, ACCOUNT) });
    await scene.call("DeleteImage", { imageBuildVersionArn: imageArn });
  });

  test("ListImageBuildVersions has the builds of a version, or all of the account, with their states and outputs", async () => {
    const outputResources = { amis: [{ region: "eu-west-1", image: "ami-0123456789abcdef0", accountId: ACCOUNT }] };
    const arn = await create({ imageRecipeArn: `${ARN}image-recipe/web-server/1.2.0`, tags: { team: "web" } });
    await scene.plane.images.transition(arn, "AVAILABLE", { outputResources });
    const list = async (input: object) => (await scene.call("ListImageBuildVersions", input)).imageSummaryList ?? [];
    const ofVersion = await list({ imageVersionArn: `${ARN}image/web-server/1.2.0` });
    expect(ofVersion.map((summary) => buildOf(summary.arn))).toEqual([1, 2]);
    expect(ofVersion[1]).toEqual({
      ...{ arn, name: "Web Server", type: "AMI", version: "1.2.0/2", platform: "Linux", owner: ACCOUNT },
      ...{ state: { status: "AVAILABLE" }, outputResources, tags: { team: "web" }, dateCreated: "2026-11-29T10:00:00.000Z" },
      ...{ buildType: "USER_INITIATED", imageSource: "AMAZON_MANAGED" },
    });
    const all = await list({});
    expect(all.map((summary) => summary.arn?.slice(ARN.length))).toEqual([
      "image/box/1.0.0/1",
      ...[1, 2, 3].map((build) => `image/web-server/1.0.0/${build}`),
      ...[1, 2].map((build) => `image/web-server/1.2.0/${build}`),
    ]);
    expect((await list({ filters: [{ name: "type", values: ["DOCKER"] }] })).map(({ name }) => name)).toEqual(["Box"]);
    expect(await list({ imageVersionArn: `${ARN}image/none/1.0.0` })).toEqual([]);
  });

  test("ListImagePipelineImages has the images of a pipeline", async () => {
    await storeRow(scene, { type: "image-pipeline", name: "nightly", detail: {} });
    const imagePipelineArn = `${ARN}image-pipeline/nightly`;
    const list = async () => (await scene.call("ListImagePipelineImages", { imagePipelineArn })).imageSummaryList?.map(({ arn }) => arn);
    expect(await list()).toEqual([]);
    const arn = `${ARN}image/web-server/1.0.0/1`;
    const set = "update resource set detail = detail || jsonb_build_object('sourcePipelineArn', $2::text) where arn = $1";
    await scene.pool.query(set, [arn, imagePipelineArn]);
    expect(await list()).toEqual([arn]);
    expect((await get(arn))?.sourcePipelineArn).toBe(imagePipelineArn);
    const missing = `${ARN}image-pipeline/none`;
    expect(await scene.refused("ListImagePipelineImages", { imagePipelineArn: missing })).toBe(
      `ResourceNotFoundException: Resource of type 'ImagePipeline' with identifier '${missing}' cannot be found.`,
    );
  });
});

describe("DeleteImage", () => {
  test("deletes an image that has ended, with what belongs to it; its number is not used again", async () => {
    const arn = await create();
    const workflow = await scene.plane.executions.addWorkflow(arn, {
      ...{ workflowBuildVersionArn: `${ARN}workflow/build/make/1.0.0/1`, type: "BUILD", totalStepCount: 1 },
    });
    await scene.plane.images.storePackages(arn, [{ packageName: "bash", packageVersion: "5" }]);
    expect(await scene.refused("DeleteImage", { imageBuildVersionArn: arn })).toBe(
      `InvalidRequestException: The image '${arn}' cannot be deleted while it is PENDING. Cancel its creation first, with CancelImageCreation.`,
    );
    await end(arn, "FAILED");
    expect(await scene.call("DeleteImage", { imageBuildVersionArn: arn })).toEqual({ imageBuildVersionArn: arn });
    expect(await scene.refused("GetImage", { imageBuildVersionArn: arn })).toBe(notFound(arn));
    expect(await scene.refused("GetWorkflowExecution", { workflowExecutionId: workflow })).toMatch(/^ResourceNotFoundException/);
    expect(buildOf(await create())).toBe(buildOf(arn) + 1);
  });

  test("is refused while a recipe names the image", async () => {
    const arn = await end(await createContainer());
    await scene.pool.query(
      `insert into resource_reference (resource_id, region, owner, type, slug, major, minor, patch, build)
       select id, 'eu-west-1', $1, 'image', 'box', 1, 0, 0, $2 from resource where arn = $3`,
      [ACCOUNT, buildOf(arn), `${ARN}container-recipe/box/1.0.0`],
    );
    expect(await scene.refused("DeleteImage", { imageBuildVersionArn: arn })).toBe(
      `ResourceDependencyException: Resource dependency error: The resource ARN '${arn}' has other resources depended on it. They are: '${ARN}container-recipe/box/1.0.0'.`,
    );
  });
});

test("the policy of an image is {} until it has one, and is kept as it was given", async () => {
  const imageArn = await create();
  expect(await scene.call("GetImagePolicy", { imageArn })).toEqual({ policy: "{}" });
  const policy = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}';
  expect(await scene.call("PutImagePolicy", { imageArn, policy })).toEqual({ imageArn });
  expect(await scene.call("GetImagePolicy", { imageArn })).toEqual({ policy });
});

describe("CancelImageCreation", () => {
  test("ends an image that nothing runs yet", async () => {
    const arn = await create();
    expect(await scene.call("CancelImageCreation", { imageBuildVersionArn: arn, clientToken: "c1" })).toEqual({
      ...{ clientToken: "c1", imageBuildVersionArn: arn },
    });
    expect((await get(arn))?.state).toEqual({ status: "CANCELLED", reason: "The creation was cancelled before it began." });
    expect(await scene.plane.images.begin(arn)).toBeUndefined();
    expect(await scene.refused("CancelImageCreation", { imageBuildVersionArn: arn })).toBe(
      `InvalidRequestException: The creation of the image '${arn}' has ended: it is CANCELLED.`,
    );
  });

  test("asks whoever runs the image to stop it", async () => {
    const arn = await create();
    expect(await scene.plane.images.begin(arn)).toBe(1);
    expect(await scene.plane.images.isCancelRequested(arn)).toBe(false);
    for (let times = 0; times < 2; times += 1) await scene.call("CancelImageCreation", { imageBuildVersionArn: arn });
    expect((await get(arn))?.state).toEqual({ status: "PENDING" });
    expect(await scene.plane.images.isCancelRequested(arn)).toBe(true);
    await scene.plane.images.transition(arn, "CANCELLED", { reason: "stopped" });
    expect((await get(arn))?.state).toEqual({ status: "CANCELLED", reason: "stopped" });
  });

  test("of an image that begins at the same time either ends it or asks for its end", async () => {
    const arns = await Promise.all(Array.from({ length: 20 }, () => create()));
    await Promise.all(
      arns.map(async (arn) => {
        const [attempt] = await Promise.all([
          scene.plane.images.begin(arn),
          scene.call("CancelImageCreation", { imageBuildVersionArn: arn }),
        ]);
        const [status, asked] = [(await get(arn))?.state?.status, await scene.plane.images.isCancelRequested(arn)];
        expect([status, asked]).toEqual(attempt === undefined ? ["CANCELLED", false] : ["PENDING", true]);
      }),
    );
  });
});

describe("RetryImage", () => {
  const executionsOf = async (imageBuildVersionArn: string) =>
    (await scene.call("ListWorkflowExecutions", { imageBuildVersionArn })).workflowExecutions?.map(
      ({ type, retried }) => `${type ?? ""} ${String(retried)}`,
    );

  test.each([
    ["TESTING", "TESTING", ["BUILD false", "TEST true", "DISTRIBUTION true"]],
    ["DISTRIBUTING", "DISTRIBUTING", ["BUILD false", "TEST false", "DISTRIBUTION true"]],
    ["INTEGRATING", "DISTRIBUTING", ["BUILD false", "TEST false", "DISTRIBUTION true"]],
  ] as const)("of an image that failed in %s goes back to %s, as its next attempt", async (failed, stage, executions) => {
    const arn = await create();
    for (const type of ["BUILD", "TEST", "DISTRIBUTION"] as const)
      await scene.plane.executions.addWorkflow(arn, {
        ...{ workflowBuildVersionArn: `${ARN}workflow/${type.toLowerCase()}/one/1.0.0/1`, type, totalStepCount: 1 },
      });
    await scene.plane.images.transition(arn, failed);
    await scene.plane.images.transition(arn, "FAILED", { reason: "no" });
    expect(await scene.call("RetryImage", { imageBuildVersionArn: arn, clientToken: failed })).toEqual({
      ...{ clientToken: failed, imageBuildVersionArn: arn },
    });
    expect((await get(arn))?.state).toEqual({ status: stage });
    expect(await executionsOf(arn)).toEqual(executions);
    expect(await scene.plane.images.begin(arn)).toBe(2);
  });

  test("that nothing runs yet can be cancelled at once, and retried again", async () => {
    const imageBuildVersionArn = await create();
    await scene.plane.images.transition(imageBuildVersionArn, "TESTING");
    await end(imageBuildVersionArn, "CANCELLED");
    await scene.call("RetryImage", { imageBuildVersionArn });
    await scene.call("CancelImageCreation", { imageBuildVersionArn });
    expect((await get(imageBuildVersionArn))?.state?.status).toBe("CANCELLED");
    await scene.call("RetryImage", { imageBuildVersionArn });
    expect(await scene.plane.images.begin(imageBuildVersionArn)).toBe(3);
  });

  test("to the tests scans again what was to be scanned", async () => {
    const scanned = async (more: object) => {
      const arn = await create({ imageScanningConfiguration: { imageScanningEnabled: true, ...more } });
      await scene.plane.images.transition(arn, "TESTING");
      await end(arn, "FAILED");
      const scanState = (await get(arn))?.scanState;
      await scene.call("RetryImage", { imageBuildVersionArn: arn });
      return { arn, states: [scanState, (await get(arn))?.scanState] };
    };
    const { arn, states } = await scanned({});
    expect(states).toEqual([{ status: "ABANDONED" }, { status: "PENDING" }]);
    await scene.plane.images.scan(arn, "SCANNING");
    expect((await get(arn))?.scanState).toEqual({ status: "SCANNING" });
    expect((await scanned({ imageScanningEnabled: false })).states).toEqual([undefined, undefined]);
  });

  test("BLD-021: is refused for others, and for an image that failed before anything was made", async () => {
    const refused = (imageBuildVersionArn: string) => scene.refused("RetryImage", { imageBuildVersionArn });
    const [pending, early, box] = [await create(), await create(), await createContainer()];
    await end(early, "FAILED");
    await end(box, "FAILED");
    expect(await refused(pending)).toBe(
      `InvalidRequestException: The image '${pending}' cannot be retried: it is PENDING; allowed: images that are FAILED or CANCELLED.`,
    );
    for (const arn of [early, box])
      expect(await refused(arn)).toBe(
        `InvalidRequestException: The image '${arn}' cannot be retried: it ended in PENDING, before anything was made that could be tested. Create a new image instead.`,
      );
  });
});

test("what another account owns cannot be found", async () => {
  const imageBuildVersionArn = await create();
  const other = { ...CALLER, account: "210987654321" };
  for (const operation of ["GetImage", "DeleteImage", "CancelImageCreation", "RetryImage", "ListWorkflowExecutions"] as const)
    expect([operation, await scene.refused(operation, { imageBuildVersionArn }, other)]).toEqual([
      operation,
      notFound(imageBuildVersionArn),
    ]);
});
