import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inspectEngines } from "@imagewright/build-hosts";
import { testImageProblem } from "@imagewright/build-hosts/contract";
import { LogService } from "@imagewright/test-kit/log-service";
import { withObjectStore } from "@imagewright/test-kit/object-store";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { ACCOUNT, ExecutionScene, REGION } from "../testing/execution-scene.js";

const engine = (await inspectEngines()).find((report) => report.engine === "buildah");
const problem = engine?.usable === true ? testImageProblem() : `buildah ${engine?.finding}`;
const FILES = ["application.log", "chaining.json", "console.log", "detailedoutput.json", "document.yaml"];
const COUNT = 60;
const COUNTING = `i=0; while [ $i -lt ${COUNT} ]; do i=$((i+1)); echo line $i; sleep 0.05; done`;
const COUNTED = Array.from({ length: COUNT }, (_, index) => `ApplyBuildComponents stdout line ${index + 1}`);

(problem === undefined ? describe : describe.skip)(`logs of images${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  let scene: ExecutionScene;
  beforeAll(async () => {
    scene = await ExecutionScene.open();
  });
  afterEach(() => scene.endServers());
  afterAll(() => scene.close());

  const printed = async (arn: string) => (await scene.log(arn)).filter((line) => line.includes(" stdout "));
  const folderOf = (name: string, data = "data") => join(scene.folder, data, "service", "logs", ACCOUNT, REGION, name, "1.0.0", "1");

  test("LOG-004, LOG-005: lines are there while a step runs; its files lie below WORKFLOW_EXECUTION_ID/STEP_NAME", async () => {
    const server = await scene.serve();
    const arn = await scene.createImage("live", { build: ["echo begun; sleep 3; echo done"], test: ["echo tested >&2"] });
    await scene.running(arn, "ApplyBuildComponents");
    while ((await printed(arn)).length === 0) await sleep(50);
    expect(await printed(arn)).toEqual(["ApplyBuildComponents stdout begun"]);
    expect((await scene.image(arn)).state?.status).toBe("BUILDING");
    expect((await scene.ended(arn)).state).toEqual({ status: "AVAILABLE" });
    const lines = await scene.log(arn);
    const inOrder = [
      "- service parent image",
      '- service workflow "build-container" (BUILD) begins: wf-',
      "ApplyBuildComponents service step ApplyBuildComponents (ExecuteComponents) begins",
      "ApplyBuildComponents log phase build of arn:aws:imagebuilder:",
      "ApplyBuildComponents stdout begun",
      "ApplyBuildComponents stdout done",
      "ApplyBuildComponents log Only: success in ",
      "ApplyBuildComponents service step ApplyBuildComponents is COMPLETED after ",
      '- service workflow "build-container" (BUILD) is COMPLETED after ',
      "ApplyTestComponents stderr tested",
      "- service the image is AVAILABLE",
    ];
    const places = inOrder.map((begin) => lines.findIndex((line) => line.startsWith(begin)));
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect([places.includes(-1), places.at(-1)]).toEqual([false, lines.length - 1]);

    const { workflowExecutions = [] } = await scene.call("ListWorkflowExecutions", { imageBuildVersionArn: arn });
    const build = workflowExecutions.find(({ type }) => type === "BUILD")?.workflowExecutionId ?? "";
    const step = join(folderOf("live"), build, "ApplyBuildComponents");
    const [run = ""] = readdirSync(step);
    expect(readdirSync(join(step, run)).sort()).toEqual(FILES);
    expect(readFileSync(join(step, run, "console.log"), "utf8")).toContain("Stdout: begun");
    // they are not there twice
    expect(await buildsWithLogs()).toEqual([]);
    await scene.end(server);
  });

  /** The builds in whose folders logs are left. */
  const buildsWithLogs = () => {
    const builds = join(scene.folder, "data", "service", "builds");
    return Promise.resolve(readdirSync(builds).filter((id) => existsSync(join(builds, id, "logs"))));
  };

  test("a server that is killed is followed by another one: each line is there once and in order", async () => {
    const arn = await scene.createImage("killed", { build: [COUNTING] });
    let server = await scene.serve();
    await scene.running(arn, "ApplyBuildComponents");
    for (let kills = 0; kills < 3; kills += 1) {
      await sleep(700);
      await scene.end(server, "SIGKILL");
      server = await scene.serve();
    }
    expect((await scene.ended(arn)).state).toEqual({ status: "AVAILABLE" });
    expect(await printed(arn)).toEqual(COUNTED);
    const lines = await scene.log(arn);
    const once = lines
      .filter((line) => / (begins|is COMPLETED after .*|begins: .*)$/.test(line))
      .map((line) => line.replace(/ after .*/, ""));
    expect(once).toEqual([...new Set(once)]);
    expect(lines.at(-1)).toBe("- service the image is AVAILABLE");
    expect(existsSync(join(folderOf("killed")))).toBe(true);
    await scene.end(server);
  });

  test("connections that are killed, again and again, cost no line and repeat none", async () => {
    const server = await scene.serve();
    const arn = await scene.createImage("cut-off", { build: [COUNTING] });
    await scene.running(arn, "ApplyBuildComponents");
    const killing = setInterval(() => {
      void scene
        .query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
        .catch(() => undefined);
    }, 150);
    await sleep(3000);
    clearInterval(killing);
    await sleep(300);
    expect((await scene.ended(arn)).state).toEqual({ status: "AVAILABLE" });
    expect(await printed(arn)).toEqual(COUNTED);
    await scene.end(server);
  });

  test("what the agent hides of a step is in no log", async () => {
    const server = await scene.serve();
    const say = (name: string, disableLogging: boolean) => ({
      ...{ name, action: "ExecuteBash", disableLogging, inputs: { commands: [`echo hid''den ${name}`] } },
    });
    const phases = [{ name: "build", steps: [say("Quiet", true), say("Loud", false)] }];
    const data = JSON.stringify({ schemaVersion: "1.0", phases });
    const component = { name: "quiet-steps", semanticVersion: "1.0.0", platform: "Linux", data };
    const { componentBuildVersionArn: componentArn } = await scene.call("CreateComponent", component);
    const arn = await scene.createImage("quiet", { build: ["true"] }, { recipe: { components: [{ componentArn }] } });
    expect((await scene.ended(arn)).state).toEqual({ status: "AVAILABLE" });
    expect((await scene.log(arn)).filter((line) => line.includes("hidden"))).toEqual(["ApplyBuildComponents stdout hidden Loud"]);
    const names = readdirSync(folderOf("quiet"), { recursive: true, encoding: "utf8" }).filter((name) => /\.(log|json)$/.test(name));
    expect(names.map((name) => readFileSync(join(folderOf("quiet"), name), "utf8")).join("\n")).not.toContain("hidden Quiet");
    await scene.end(server);
  });

  test("two images at once do not mix", async () => {
    const server = await scene.serve();
    const say = (word: string) => ({ build: [`i=0; while [ $i -lt 20 ]; do i=$((i+1)); echo ${word} $i; sleep 0.02; done`] });
    const arns = [await scene.createImage("tick", say("tick")), await scene.createImage("tock", say("tock"))];
    for (const arn of arns) expect((await scene.ended(arn)).state).toEqual({ status: "AVAILABLE" });
    for (const [index, word] of ["tick", "tock"].entries())
      expect(await printed(arns[index] ?? "")).toEqual(
        Array.from({ length: 20 }, (_, number) => `ApplyBuildComponents stdout ${word} ${number + 1}`),
      );
    await scene.end(server);
  });

  test("an image that fails before it has a build says why", async () => {
    const server = await scene.serve();
    const arn = await scene.createImage("stranger", { build: ["true"] }, { recipe: { parentImage: "210987654321/eu-west-1/x:1.0.0-1" } });
    await scene.ended(arn);
    expect(await scene.log(arn)).toEqual([
      '- service the image is FAILED: the parent image "210987654321/eu-west-1/x:1.0.0-1" is kept by the server for another account',
    ]);
    await scene.end(server);
  });

  const inBucket = { logging: { s3Logs: { s3BucketName: "logs", s3KeyPrefix: "/my/path/" } } };

  test("LOG-004: the files lie in the bucket of the infrastructure configuration, below its prefix", () =>
    withObjectStore("logs", async (store) => {
      const server = await scene.serve("data", 2, { environment: store.environment });
      const arn = await createLogged("bucket", inBucket);
      expect((await scene.ended(arn)).state).toEqual({ status: "AVAILABLE" });
      const keys = await store.keys();
      expect(keys.map((key) => key.replace(/wf-[^/]+/, "WORKFLOW").replace(/TOE_[^/]+/, "RUN")).sort()).toEqual(
        FILES.map((file) => `my/path/bucket/1.0.0/1/WORKFLOW/ApplyBuildComponents/RUN/${file}`),
      );
      await scene.end(server);
    }));

  test("a bucket that is not there fails no image: the log says so", () =>
    withObjectStore("elsewhere", async (store) => {
      const server = await scene.serve("data", 2, { environment: store.environment });
      const arn = await createLogged("bucketless", inBucket);
      expect((await scene.ended(arn)).state).toEqual({ status: "AVAILABLE" });
      const said = (await scene.log(arn)).filter((line) => line.includes("were not stored"));
      expect(said).toEqual([expect.stringMatching(/^ApplyBuildComponents service the log files of the step were not stored: .*logs/)]);
      await scene.end(server);
    }));

  test("LOG-001, LOG-003: CloudWatch Logs has the same lines in the documented group and stream, or in that of the image", async () => {
    const service = new LogService();
    const { url, close } = await service.start();
    const environment = { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url, AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" };
    let server = await scene.serve("data", 2, { environment, cloudWatch: true });
    const arn = await scene.createImage("streamed", { build: [COUNTING] });
    const more = { executionRole: `arn:aws:iam::${ACCOUNT}:role/runner`, loggingConfiguration: { logGroupName: "/mine" } };
    const other = await scene.createImage("other", { build: ["echo hello"] }, { more });
    await scene.running(arn, "ApplyBuildComponents");
    await sleep(1000);
    await scene.end(server, "SIGKILL");
    server = await scene.serve("data", 2, { environment, cloudWatch: true });
    for (const each of [arn, other]) expect((await scene.ended(each)).state).toEqual({ status: "AVAILABLE" });
    const texts = async (of: string) => (await scene.log(of)).map((line) => line.replace(/^(\S+) \w+ /, "[$1] ").replace("[-] ", ""));
    // what had arrived just before the server was killed may be there twice
    expect([...new Set(service.messages("/aws/imagebuilder/streamed:1.0.0/1"))]).toEqual(await texts(arn));
    expect(new Set(service.messages("/mine:1.0.0/1"))).toEqual(new Set(await texts(other)));
    expect(new Set(service.regions)).toEqual(new Set([REGION]));
    await scene.end(server);
    await close();
  });

  test("CloudWatch Logs that cannot be reached fails no image: the log says so", async () => {
    const service = new LogService();
    const { url, close } = await service.start();
    const environment = { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url, AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" };
    for (let number = 0; number < 100; number += 1)
      service.refusals.push({ type: "AccessDeniedException", message: "not you", status: 400 });
    const server = await scene.serve("data", 2, { environment, cloudWatch: true });
    const arn = await scene.createImage("unstreamed", { build: ["echo hello"] });
    expect((await scene.ended(arn)).state).toEqual({ status: "AVAILABLE" });
    expect((await scene.log(arn)).at(-1)).toContain("service the log could not be sent to CloudWatch Logs: ");
    await scene.end(server);
    await close();
  });

  async function createLogged(name: string, infrastructure: object): Promise<string> {
    const infrastructureConfigurationArn = await scene.infrastructure(name, infrastructure);
    const containerRecipeArn = await scene.recipe(name, { build: ["echo hello"] });
    return (await scene.call("CreateImage", { containerRecipeArn, infrastructureConfigurationArn })).imageBuildVersionArn ?? "";
  }
});
