import { BUILT_IN_CATALOGUE, withOwnEntries } from "@imagewright/catalogue";
import { beforeAll, expect, test } from "@jest/globals";
import { findOwnResource } from "../resources/find-resource.js";
import { pipelineInput, storePipelineSources } from "../testing/pipeline-sources.js";
import { ARN, documentWith, REGION, Scene } from "../testing/scene.js";
import { contextOn } from "../testing/stored-resource.js";
import { dependencyUpdates } from "./dependency-updates.js";

const scene = new Scene();
const AWS = `arn:aws:imagebuilder:${REGION}:aws:`;
const [debian] = BUILT_IN_CATALOGUE.baseImages;
if (debian === undefined) throw new Error("there is no base image");

const keep = (version: string, command: string) => {
  const tool = { name: "tool", semanticVersion: version, platform: "Linux", text: documentWith(command) } as const;
  return scene.plane.managed.keep(withOwnEntries({ components: [tool], workflows: [] }));
};
const release = (date: string) => scene.plane.managed.addRelease(debian, new Date(date));
const updatesOf = async (name: string) => {
  const context = contextOn(scene);
  const pipeline = await findOwnResource(context, `${ARN}image-pipeline/${name}`, {
    parameter: "imagePipelineArn",
    types: ["image-pipeline"],
  });
  return (await dependencyUpdates(context, pipeline)).map((arn) => arn.slice(AWS.length));
};
const run = async (...names: readonly string[]) => {
  scene.now += 60_000;
  for (const name of names) await scene.call("StartImagePipelineExecution", { imagePipelineArn: `${ARN}image-pipeline/${name}` });
  scene.now += 60_000;
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
    await scene.call("CreateImagePipeline", pipelineInput(name, { imageRecipeArn: `${ARN}image-recipe/${name}/1.0.0` }));
  }
});

test("a pipeline that has never run has everything to look at; afterwards nothing", async () => {
  expect(await updatesOf("following")).toEqual(["component/tool/1.0.0/1", "image/debian-12-x86/2026.01.10/1"]);
  await run("following", "version", "pinned");
  expect([await updatesOf("following"), await updatesOf("version"), await updatesOf("pinned")]).toEqual([[], [], []]);
});

test("a new build of what comes with the service is an update for who names its version, and not for who names a build", async () => {
  await keep("1.0.0", "echo 2");
  expect([await updatesOf("following"), await updatesOf("version"), await updatesOf("pinned")]).toEqual([
    ["component/tool/1.0.0/2"],
    ["component/tool/1.0.0/2"],
    [],
  ]);
  await run("following", "version");
  expect([await updatesOf("following"), await updatesOf("version")]).toEqual([[], []]);
});

test("a new version, and a new release of the base image, are updates for who names x.x.x", async () => {
  await keep("1.1.0", "echo 2");
  await release("2026-03-07T10:00:00Z");
  expect(await updatesOf("following")).toEqual(["component/tool/1.1.0/1", "image/debian-12-x86/2026.03.07/1"]);
  expect(await updatesOf("version")).toEqual([]);
});

test("a newer build of a lower version is none, since it would not be used", async () => {
  await run("following");
  await keep("1.0.0", "echo 3");
  expect(await updatesOf("following")).toEqual([]);
});

test("a newer component that is disabled is none", async () => {
  await keep("1.2.0", "echo 4");
  await scene.pool.query("update resource set status = 'DISABLED' where slug = 'tool' and minor = 2");
  expect(await updatesOf("following")).toEqual([]);
});
