import { BUILT_IN_CATALOGUE } from "@imagewright/catalogue";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { FollowedSource } from "../index.js";
import { pipelineInput, storePipelineSources } from "../testing/pipeline-sources.js";
import { ARN, REGION, Scene } from "../testing/scene.js";

const scene = new Scene();
const HOUR = 3_600_000;
const TAG = "imagewright:also-build-when";
const schedule = { scheduleExpression: "cron(0 * * * ? *)" };
const DOCUMENT = JSON.stringify({
  schemaVersion: 1,
  parameters: [{ version: { type: "string", default: "1" } }],
  phases: [
    {
      name: "build",
      steps: [
        {
          name: "Web",
          action: "WebDownload",
          inputs: [{ source: "https://ada:key@example.org/tool-{{ version }}?token=secret", destination: "/tool" }],
        },
        { name: "S3", action: "S3Download", inputs: [{ source: "s3://files/tool/*", destination: "/tools/" }] },
        { name: "Found", action: "ExecuteBash", inputs: { commands: ["echo https://example.org"] } },
        { name: "Later", action: "WebDownload", inputs: [{ source: "{{ build.Found.outputs.stdout }}", destination: "/later" }] },
      ],
    },
  ],
});

/** What each source has now; a source that is not here cannot be reached. */
const contents = new Map<string, string>();
let asked: string[] = [];
const probe = ({ kind, place }: FollowedSource) => {
  asked.push(`${kind} ${place}`);
  const content = contents.get(place);
  return content === undefined ? Promise.reject(new Error("it is away")) : Promise.resolve(content);
};
const arnOf = (name: string) => `${ARN}image-pipeline/${name}`;
const judged = async (nameOrArn: string) => (await scene.plane.pipelines.explain({ nameOrArn, most: 5, probe })).ifDueNow;
/** What became of the pipelines that are due an hour later; the images are AVAILABLE afterwards. */
const run = async (status: "AVAILABLE" | "FAILED" = "AVAILABLE") => {
  scene.now += HOUR;
  asked = [];
  const evaluations = await scene.plane.pipelines.runDue({ most: 10, probe });
  for (const { imageArn } of evaluations)
    if (imageArn !== null) for (const next of ["CREATING", status] as const) await scene.plane.images.transition(imageArn, next);
  return evaluations;
};
const createRecipe = (name: string, parentImage: string) =>
  scene.call("CreateImageRecipe", {
    ...{ name, semanticVersion: "1.0.0", parentImage },
    components: [{ componentArn: `${ARN}component/loader/1.0.0`, parameters: [{ name: "version", value: ["2"] }] }],
  });
const createPipeline = (name: string, recipe: string, more: object = {}) =>
  scene.call("CreateImagePipeline", pipelineInput(name, { schedule, imageRecipeArn: `${ARN}image-recipe/${recipe}/1.0.0`, ...more }));
const stop = () => scene.pool.query("update image_pipeline_state set next_at = null");

beforeAll(async () => {
  await storePipelineSources(scene);
  const component = { name: "loader", semanticVersion: "1.0.0", platform: "Linux", data: DOCUMENT };
  await scene.call("CreateComponent", component);
  for (const image of BUILT_IN_CATALOGUE.baseImages) await scene.plane.managed.addRelease(image, new Date("2026-01-10T10:00:00Z"));
  await createRecipe("debian", `arn:aws:imagebuilder:${REGION}:aws:image/debian-12-x86/2026.01.10`);
  await createRecipe("amazon", "ami-12345678");
  await createRecipe("parameter", "ssm:/images/base");
});

describe("the tag", () => {
  const refusal = (found: string, meant = "") =>
    `The value supplied for parameter 'tags' is not valid. the tag '${TAG}' has ${found}; allowed: "downloads" or "package-sources", with blanks between them${meant}`;
  const create = (value: string) => scene.refused("CreateImagePipeline", pipelineInput("refused", { tags: { [TAG]: value } }));

  test("is refused with words that it cannot have, when a pipeline is created and when it is tagged", async () => {
    expect(await create("downlods")).toBe(`InvalidParameterValueException: ${refusal('"downlods"', '; did you mean "downloads"?')}`);
    expect(await create("downloads, package-sources")).toBe(
      `InvalidParameterValueException: ${refusal('"downloads,"', '; did you mean "downloads"?')}`,
    );
    expect(await create(" ")).toBe(`InvalidParameterValueException: ${refusal("nothing")}.`);
    await createPipeline("tagged", "debian", { tags: { [TAG]: "package-sources  downloads" } });
    const tags = { [TAG]: "weather" };
    expect(await scene.refused("TagResource", { resourceArn: arnOf("tagged"), tags })).toBe(
      `InvalidParameterException: ${refusal('"weather"')}.`,
    );
    await stop();
  });

  test("is any tag of other resources", async () => {
    expect(await scene.call("TagResource", { resourceArn: `${ARN}component/loader/1.0.0/1`, tags: { [TAG]: "weather" } })).toEqual({});
  });
});

describe("a pipeline with the tag", () => {
  test("also builds when the package sources or a download have changed since the last build; secrets are not told", async () => {
    await createPipeline("changing", "debian", { tags: { [TAG]: "package-sources downloads" } });
    const url = "https://ada:key@example.org/tool-2?token=secret";
    for (const place of ["bookworm", url, "s3://files/tool/*"]) contents.set(place, "1");
    const later = "{{ build.Found.outputs.stdout }} of the component loader is known by the run only";
    expect(await run()).toMatchObject([{ outcome: "built", reason: "the pipeline has never run", updates: [], notes: [later] }]);
    expect(asked.sort()).toEqual([`download ${url}`, "object s3://files/tool/*", "package-sources bookworm"]);
    expect(await run()).toMatchObject([{ outcome: "skipped", notes: [later] }]);

    contents.set("bookworm", "2").set(url, "2");
    const texts = [
      "the package sources of Debian bookworm, which have changed since the last build",
      "https://example.org/tool-2, which has changed since the last build",
    ];
    expect(await judged("changing")).toMatchObject({ outcome: "built", reason: texts.join("; ") });
    // what a failed run was to build is still to be built
    expect(await run("FAILED")).toMatchObject([{ outcome: "built", reason: texts.join("; ") }]);
    expect(await run()).toMatchObject([{ outcome: "built", reason: texts.join("; ") }]);
    expect(await run()).toMatchObject([{ outcome: "skipped" }]);
    const { rows } = await scene.pool.query("select e::text, s::text from pipeline_evaluation as e, image_pipeline_state as s");
    expect(JSON.stringify(rows)).not.toMatch(/secret|ada/);
  });

  test("what cannot be reached is no change, and is told; it is compared with what was seen before", async () => {
    contents.delete("s3://files/tool/*");
    const away = "s3://files/tool/* could not be looked at: it is away";
    expect(await run()).toMatchObject([{ outcome: "skipped", notes: expect.arrayContaining([away]) }]);
    contents.set("s3://files/tool/*", "2");
    expect(await run()).toMatchObject([{ outcome: "built", reason: "s3://files/tool/*, which has changed since the last build" }]);
    await stop();
  });

  test("a tag that is added later compares with what it finds first", async () => {
    await createPipeline("late", "debian");
    await run();
    expect([(await run())[0]?.outcome, asked]).toEqual(["skipped", []]);
    await scene.call("TagResource", { resourceArn: arnOf("late"), tags: { [TAG]: "package-sources" } });
    expect([(await run())[0]?.outcome, asked]).toEqual(["skipped", ["package-sources bookworm"]]);
    contents.set("bookworm", "3");
    expect((await run())[0]?.outcome).toBe("built");
    // a run by hand does not look; what it may have fetched is built once more
    contents.set("bookworm", "4");
    const { imageBuildVersionArn = "" } = await scene.call("StartImagePipelineExecution", { imagePipelineArn: arnOf("late") });
    for (const next of ["CREATING", "AVAILABLE"] as const) await scene.plane.images.transition(imageBuildVersionArn, next);
    expect([(await run())[0]?.outcome, (await run())[0]?.outcome]).toEqual(["built", "skipped"]);
    await stop();
  });

  test("one whose base image is no Debian says so", async () => {
    await createPipeline("amazon", "amazon", { tags: { [TAG]: "package-sources" } });
    const note = "the package sources of the base image ami-12345678 are not known; those of Debian are";
    expect(await run()).toMatchObject([{ outcome: "built", notes: [note] }]);
    await stop();
  });

  test("that builds each time looks at nothing", async () => {
    const each = { ...schedule, pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY" };
    const tags = { [TAG]: "package-sources downloads" };
    await scene.call(
      "CreateImagePipeline",
      pipelineInput("each", { schedule: each, tags, imageRecipeArn: `${ARN}image-recipe/debian/1.0.0` }),
    );
    expect([(await run())[0]?.outcome, asked]).toEqual(["built", []]);
    await stop();
  });
});

test("SCH-009: the value of a parameter that is the base image counts without a tag", async () => {
  contents.set("/images/base", "ami-1");
  await createPipeline("parameter", "parameter");
  expect([(await run())[0]?.outcome, asked]).toEqual(["built", ["parameter /images/base"]]);
  expect((await run())[0]?.outcome).toBe("skipped");
  contents.set("/images/base", "ami-2");
  expect((await run())[0]).toMatchObject({
    outcome: "built",
    reason: "the parameter /images/base, which has changed since the last build",
  });
  await stop();
});

test("a source that never answers is not waited for, and keeps no other pipeline from its run", async () => {
  await createPipeline("hanging", "parameter");
  await createPipeline("quick", "amazon");
  scene.now += HOUR;
  const hanging = () => new Promise<string>(() => undefined);
  const evaluations = await scene.plane.pipelines.runDue({ most: 10, probe: hanging, patienceMilliseconds: 50 });
  expect(evaluations.map(({ pipeline, notes }) => [pipeline.split("/")[1], notes])).toEqual([
    ["quick", []],
    ["hanging", ["the parameter /images/base could not be looked at: there was no answer in time"]],
  ]);
});
