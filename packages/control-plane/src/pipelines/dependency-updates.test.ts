import { BUILT_IN_CATALOGUE, withOwnEntries } from "@imagewright/catalogue";
import { beforeAll, expect, test } from "@jest/globals";
import { pipelineInput, storePipelineSources } from "../testing/pipeline-sources.js";
import { ARN, documentWith, REGION, Scene } from "../testing/scene.js";

const scene = new Scene();
const AWS = `arn:aws:imagebuilder:${REGION}:aws:`;
const [debian] = BUILT_IN_CATALOGUE.baseImages;
if (debian === undefined) throw new Error("there is no base image");
const MINUTE = 60_000;
const schedule = { scheduleExpression: "cron(0 8 * * ? *)" };

const keep = (version: string, command: string) => {
  const tool = { name: "tool", semanticVersion: version, platform: "Linux", text: documentWith(command) } as const;
  return scene.plane.managed.keep(withOwnEntries({ components: [tool], workflows: [] }));
};
const release = (date: string) => scene.plane.managed.addRelease(debian, new Date(date));
const arnOf = (name: string) => `${ARN}image-pipeline/${name}`;
const judged = async (name: string) => (await scene.plane.pipelines.explain({ nameOrArn: arnOf(name), most: 5 })).ifDueNow;
/** What differs from the last build, or why else it builds. */
const updatesOf = async (name: string) => {
  const { outcome, reason, updates } = (await judged(name)) ?? {};
  return outcome === "built" && updates?.length === 0 ? reason : updates?.map(({ text }) => text);
};
const run = async (...names: readonly string[]) => {
  scene.now += MINUTE;
  const arns: string[] = [];
  for (const name of names) {
    const { imageBuildVersionArn = "" } = await scene.call("StartImagePipelineExecution", { imagePipelineArn: arnOf(name) });
    arns.push(imageBuildVersionArn);
  }
  scene.now += MINUTE;
  return arns;
};
const end = async (arns: readonly string[], status: "AVAILABLE" | "FAILED") => {
  for (const arn of arns) for (const next of ["CREATING", status] as const) await scene.plane.images.transition(arn, next);
};

beforeAll(async () => {
  await storePipelineSources(scene);
  await keep("1.0.0", "echo 1");
  await release("2026-01-10T10:00:00Z");
  for (const [name, component, image] of [
    ["following", "x.x.x", "x.x.x"],
    ["version", "1.0.0", "2026.01.10"],
    ["pinned", "1.0.0/1", "2026.01.10/1"],
  ] as const) {
    await scene.call("CreateImageRecipe", {
      ...{ name, semanticVersion: "1.0.0", parentImage: `${AWS}image/debian-12-x86/${image}` },
      components: [{ componentArn: `${AWS}component/tool/${component}` }],
    });
    await scene.call("CreateImagePipeline", pipelineInput(name, { schedule, imageRecipeArn: `${ARN}image-recipe/${name}/1.0.0` }));
  }
});

test("a pipeline that has never run builds; afterwards nothing differs, also while the run is in work", async () => {
  for (const name of ["following", "version", "pinned"]) expect(await updatesOf(name)).toBe("the pipeline has never run");
  const images = await run("following", "version", "pinned");
  expect([await updatesOf("following"), await updatesOf("version"), await updatesOf("pinned")]).toEqual([[], [], []]);
  await end(images, "AVAILABLE");
  expect([await updatesOf("following"), await updatesOf("version"), await updatesOf("pinned")]).toEqual([[], [], []]);
});

test("SCH-009: a newer component, and a new release of the base image, are updates for who names them with wildcards", async () => {
  await keep("1.1.0", "echo 2");
  await release("2026-03-07T10:00:00Z");
  expect(await updatesOf("following")).toEqual([
    "component tool 1.1.0/1, newer than 1.0.0/1 of the last build",
    "base image debian-12-x86 2026.03.07/1, newer than 2026.01.10/1 of the last build",
  ]);
});

test("SCH-011: exactly named versions never count as updates, not even their newer builds", async () => {
  await keep("1.0.0", "echo 3");
  expect(await judged("version")).toMatchObject({
    outcome: "skipped",
    reason: "neither the base image nor a component has an update",
    updates: [],
  });
  expect(await updatesOf("pinned")).toEqual([]);
});

test("what a failed run was to build is still to be built; what it was compared with stays", async () => {
  await end(await run("following"), "FAILED");
  expect(await updatesOf("following")).toHaveLength(2);
  await end(await run("following"), "AVAILABLE");
  expect(await updatesOf("following")).toEqual([]);
});

test("a pipeline whose runs have all failed builds again", async () => {
  await scene.call("CreateImagePipeline", pipelineInput("luckless", { schedule, imageRecipeArn: `${ARN}image-recipe/pinned/1.0.0` }));
  await end(await run("luckless"), "FAILED");
  expect(await updatesOf("luckless")).toBe("no run of the pipeline has succeeded yet");
});

test("a newer build of a lower version is none, since it would not be used; neither is what is older than before", async () => {
  await keep("1.0.0", "echo 4");
  expect(await updatesOf("following")).toEqual([]);
  await scene.pool.query("update resource set status = 'DISABLED' where slug = 'tool' and minor = 1");
  expect(await updatesOf("following")).toEqual([]);
  await scene.pool.query("update resource set status = 'ACTIVE' where slug = 'tool' and minor = 1");
});

test("a newer component that is disabled is none", async () => {
  await keep("1.2.0", "echo 5");
  await scene.pool.query("update resource set status = 'DISABLED' where slug = 'tool' and minor = 2");
  expect(await updatesOf("following")).toEqual([]);
});

test("a component of another account counts as far as it is shared", async () => {
  const other = { account: "210987654321" };
  const theirs = `arn:aws:imagebuilder:${REGION}:${other.account}:component/theirs`;
  const create = (command: string) =>
    scene.call("CreateComponent", { name: "theirs", semanticVersion: "1.0.0", platform: "Linux", data: documentWith(command) }, other);
  const share = (build: number) => {
    const policy = {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "imagebuilder:GetComponent", Resource: `${theirs}/1.0.0/${build}` },
      ],
    };
    return scene.call("PutComponentPolicy", { componentArn: `${theirs}/1.0.0/${build}`, policy: JSON.stringify(policy) }, other);
  };
  await create("echo 1");
  await share(1);
  await scene.call("CreateImageRecipe", {
    ...{ name: "sharing", semanticVersion: "1.0.0", parentImage: "ami-12345678" },
    components: [{ componentArn: `${theirs}/x.x.x` }],
  });
  await scene.call("CreateImagePipeline", pipelineInput("sharing", { schedule, imageRecipeArn: `${ARN}image-recipe/sharing/1.0.0` }));
  await end(await run("sharing"), "AVAILABLE");
  await create("echo 2");
  expect(await updatesOf("sharing")).toEqual([]);
  await share(2);
  expect(await updatesOf("sharing")).toEqual(["component theirs 1.0.0/2, newer than 1.0.0/1 of the last build"]);
});

test("a recipe that is named with wildcards is followed too, and what it names for the first time", async () => {
  const followed = `${ARN}image-recipe/sharing/x.x.x`;
  await scene.call("CreateImagePipeline", pipelineInput("recipes", { schedule, imageRecipeArn: followed }));
  await end(await run("recipes"), "AVAILABLE");
  await scene.call("CreateImageRecipe", {
    ...{ name: "sharing", semanticVersion: "1.1.0", parentImage: "ami-12345678" },
    components: [{ componentArn: `${AWS}component/tool/1.1.x` }],
  });
  expect(await updatesOf("recipes")).toEqual([
    "recipe sharing 1.1.0, newer than 1.0.0 of the last build",
    "component tool 1.1.0/1, which the last build did not use",
  ]);
});

test("of a run whose uses were not noted, what was made since then counts", async () => {
  await scene.pool.query("update image_pipeline_state set run_uses = null, build_uses = null");
  scene.now += MINUTE;
  await keep("1.3.0", "echo 6");
  expect(await updatesOf("following")).toEqual(["component tool 1.3.0/1, newer than the last run"]);
  expect(await updatesOf("version")).toEqual([]);
});
