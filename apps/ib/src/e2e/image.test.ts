// The images of the service: the real commands on a real database. What a server records of an image, the test records.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { createControlPlane, type ControlPlane, type ImageLogLine, type RunServer } from "@imagewright/control-plane";
import { createTestDatabase } from "@imagewright/embedded-database/testing";
import type { OperationName } from "@imagewright/imagebuilder-model";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { HOSTILE, rawCharacters } from "@imagewright/test-kit/terminal";
import { expect, test } from "@jest/globals";
import { IB, ib, type IbRun } from "./ib.js";

const ACCOUNT = "000000000000";
const REGION = "us-east-1";
const CALLER = { account: ACCOUNT, region: REGION, principal: `arn:aws:iam::${ACCOUNT}:root` };
const SERVER: RunServer = { id: "one", place: "here", pid: process.pid, processStart: "" };
const AT = new Date("2026-11-29T10:00:00Z");
const DOCUMENT =
  '{ "schemaVersion": 1, "phases": [{ "name": "build", "steps": [{ "name": "A", "action": "ExecuteBash", "inputs": { "commands": ["true"] } }] }] }';

interface Service {
  readonly plane: ControlPlane;
  /** Makes an image that a server has begun; returns its ARN. */
  begin(kind?: "container" | "machine"): Promise<string>;
  /** Runs `ib image …`. */
  image(...words: readonly string[]): Promise<IbRun>;
  readonly place: { readonly folder: string; readonly environment: Readonly<Record<string, string>> };
}

function withImages(body: (service: Service) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    const database = await createTestDatabase({ name: "ib image", migrate: () => Promise.resolve() });
    const plane = await createControlPlane({
      ...{ database: database.url, clock: () => new Date(), random: randomBytes, regions: [REGION] },
      readObject: () => Promise.reject(new Error("there is no S3")),
    });
    const place = { folder, environment: { IMAGEWRIGHT_DATABASE_URL: database.url } };
    try {
      const call = (name: OperationName, input: object) => plane.call(name, { ...input, clientToken: randomUUID() }, CALLER);
      const component = { name: "tools", semanticVersion: "1.0.0", platform: "Linux", data: DOCUMENT };
      const { componentBuildVersionArn: componentArn } = await call("CreateComponent", component);
      const infrastructure = { name: "small", instanceProfileName: "builder" };
      const { infrastructureConfigurationArn } = await call("CreateInfrastructureConfiguration", infrastructure);
      const container = {
        ...{ containerType: "DOCKER", name: "Web Server", semanticVersion: "1.0.0", parentImage: "debian" },
        ...{ components: [{ componentArn }], targetRepository: { service: "ECR", repositoryName: "web" } },
        dockerfileTemplateData:
          "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n",
      };
      const { containerRecipeArn } = await call("CreateContainerRecipe", container);
      const machine = { name: "machine", semanticVersion: "1.0.0", parentImage: "ami-12345678", components: [{ componentArn }] };
      const { imageRecipeArn } = await call("CreateImageRecipe", machine);
      await plane.runs.renew(SERVER);
      const begin = async (kind = "container") => {
        const recipe = kind === "container" ? { containerRecipeArn } : { imageRecipeArn };
        const made = await call("CreateImage", { ...recipe, infrastructureConfigurationArn });
        // on a slow machine it counts as dead by now
        await plane.runs.renew(SERVER);
        await plane.runs.claim({ server: SERVER, gone: [], mostOfAccount: 10 });
        return String(made["imageBuildVersionArn"]);
      };
      await body({ plane, begin, place, image: (...words) => ib(["image", ...words], place) });
    } finally {
      await plane.close();
      await database.drop();
    }
  });
}

const lines = (texts: readonly string[], more: Partial<ImageLogLine> = {}, from = 1) =>
  texts.map((text, index) => ({ number: from + index, at: AT, stream: "stdout" as const, text, ...more }));
const APPLY = { workflowExecutionId: "wf-1", step: "Apply" };

test("the log of an image, by its name, version, build or ARN; of a step, of a workflow, since a time; hostile text is harmless", () =>
  withImages(async ({ plane, begin, image }) => {
    const arn = await begin();
    const record = plane.runs.recordOf({ arn, attempt: 1 }, SERVER);
    await record.log("b-1", [...lines(["hello"], APPLY), ...lines([HOSTILE], { at: new Date(AT.getTime() + 1000) }, 2)]);
    const hello = "2026-11-29T10:00:00.000Z [Apply] hello\n";
    for (const named of ["Web Server", "web-server/1.0.0", "web-server/1.0.0/1", arn, arn.replace("/1.0.0/1", "")]) {
      const { code, stdout, stderr } = await image("logs", named);
      expect([code, stdout.startsWith(hello), rawCharacters(stdout), stderr]).toEqual([0, true, [], ""]);
    }
    for (const filter of [
      ["--step", "Apply"],
      ["--workflow", "wf-1"],
    ])
      expect(await image("logs", "web-server", ...filter)).toEqual({ code: 0, stdout: hello, stderr: "" });
    expect((await image("logs", "web-server", "--since", "2026-11-29T10:00:00.500Z")).stdout).toMatch(/^2026-11-29T10:00:01\.000Z .*\n$/);
    expect(JSON.parse((await image("logs", "web-server", "--step", "Apply", "--json")).stdout)).toEqual([
      { at: AT.toISOString(), stream: "stdout", ...APPLY, text: "hello" },
    ]);
    expect(await image("logs", "nothing")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the account 000000000000 has no image "nothing" in us-east-1'),
    });
    expect(await image("logs", "web/1")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("an image is named NAME, NAME/VERSION, NAME/VERSION/BUILD, or by its ARN"),
    });
    expect(await image("logs", "web", "--image-region", "eu-west-1")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--image-region must be one of the Regions that are served: us-east-1"),
    });
  }));

test("a log is followed while it grows until the image has ended; the exit code says whether it is AVAILABLE", () =>
  withImages(async ({ plane, begin, place }) => {
    for (const [status, code] of [
      ["AVAILABLE", 0],
      ["FAILED", 1],
    ] as const) {
      const record = plane.runs.recordOf({ arn: await begin(), attempt: 1 }, SERVER);
      await record.reach("BUILDING");
      await record.log("b-1", lines(["first"]));
      const following = follow(place, ["logs", "web-server", "-f", ...(code === 0 ? [] : ["--json"])]);
      await following.until("first");
      await record.log("b-1", lines(["second"], {}, 2));
      await following.until("second");
      await record.log("b-1", lines(["last"], {}, 3));
      if (status === "AVAILABLE") await record.reach("TESTING");
      await record.end(status === "FAILED" ? { status, reason: "so" } : { status, outputResources: {} });
      const { code: found, stdout, stderr } = await following.ended;
      expect([found, stderr]).toEqual([code, code === 0 ? "" : "the image is FAILED\n"]);
      const texts = stdout.trimEnd().split("\n");
      expect(code === 0 ? texts.map((text) => text.split(" ")[1]) : texts.map((text) => (JSON.parse(text) as ImageLogLine).text)).toEqual([
        "first",
        "second",
        "last",
      ]);
    }
  }));

test("Ctrl-C ends the following, and the image goes on", () =>
  withImages(async ({ plane, begin, place }) => {
    const record = plane.runs.recordOf({ arn: await begin(), attempt: 1 }, SERVER);
    await record.log("b-1", lines(["first"]));
    const following = follow(place, ["logs", "web-server", "--follow"]);
    await following.until("first");
    following.child.kill("SIGINT");
    expect(await following.ended).toMatchObject({
      ...{ code: 130, stdout: expect.stringContaining("first") },
      stderr: expect.stringContaining("the log is no longer followed, and the image goes on"),
    });
    await record.reach("BUILDING");
  }));

/** Runs `ib image …` beside the test. */
function follow({ folder, environment }: Service["place"], words: readonly string[]) {
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder, IMAGEWRIGHT_HOME: join(folder, "home"), NO_COLOR: "1", ...environment };
  const child = spawn(IB, ["image", ...words], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, stdout, stderr }));
  const until = async (text: string) => {
    while (!stdout.includes(text)) await Promise.race([once(child.stdout, "data"), ended.then(() => Promise.reject(new Error(stderr)))]);
  };
  return { child, ended, until };
}

test("images are listed, shown with what has run, cancelled, and gone on with", () =>
  withImages(async ({ plane, begin, image }) => {
    expect(await image("ls")).toEqual({ code: 0, stdout: "", stderr: "no images\n" });
    const arn = await begin();
    const record = plane.runs.recordOf({ arn, attempt: 1 }, SERVER);
    await record.reach("BUILDING");
    const step = {
      id: `step-${randomUUID()}`,
      name: "Apply",
      action: "RunCommand",
      onFailure: "Abort",
      timeoutSeconds: 60,
      maxAttempts: 1,
    } as const;
    const id = `wf-${randomUUID()}`;
    const workflow = {
      id,
      workflowBuildVersionArn: arn.replace("image/", "workflow/build/"),
      type: "BUILD",
      totalStepCount: 1,
    } as const;
    await record.progress({ ...workflow, status: "RUNNING", steps: [{ ...step, status: "RUNNING" }] });
    await record.progress({ ...workflow, status: "RUNNING", steps: [{ ...step, status: "FAILED", message: "exit code 3" }] });
    await record.progress({ ...workflow, status: "FAILED", message: "no", steps: [] });
    await record.end({ status: "FAILED", reason: "it did not work" });

    const other = await begin();
    expect((await image("ls")).stdout).toMatch(
      /^NAME +VERSION +STATE +PIPELINE +CREATED +AGE\nWeb Server +1\.0\.0\/2 +PENDING +\S+Z +less than a minute\nWeb Server +1\.0\.0\/1 +FAILED +\S+Z +less than a minute\n$/,
    );
    expect(JSON.parse((await image("ls", "--status", "FAILED", "--name", "web server", "--json")).stdout)).toMatchObject([
      { arn, name: "Web Server", version: "1.0.0", build: 1, status: "FAILED", reason: "it did not work" },
    ]);
    expect(await image("ls", "--limit", "1")).toMatchObject({ code: 0, stderr: "the newest 1; --limit shows more\n" });

    const { stdout, stderr } = await image("show", "web-server/1.0.0/1");
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^Web Server 1\.0\.0\/1 is FAILED: it did not work\n {2}arn +arn:/);
    expect(stdout).toMatch(
      /BUILD arn:\S+ FAILED after \d+\.\d s: no\n {2}wf-\S+\n {2}Apply \(RunCommand\) FAILED after \d+\.\d s: exit code 3\n/,
    );
    expect(stdout).toContain("logs      ib image logs Web-Server/1.0.0/1\n");
    expect(JSON.parse((await image("show", arn, "--json")).stdout)).toMatchObject({
      ...{ arn, status: "FAILED", reason: "it did not work", containers: [], logFolder: null },
      workflows: [{ id, type: "BUILD", status: "FAILED", steps: [{ name: "Apply", status: "FAILED", message: "exit code 3" }] }],
    });

    expect(await image("cancel", "web-server")).toEqual({ code: 0, stdout: "", stderr: `${other} is to be cancelled\n` });
    expect((await plane.runs.news(SERVER.id)).cancelled).toEqual([{ arn: other, attempt: 1 }]);
    // source: API model, RetryImage
    const machine = await begin("machine");
    const run = plane.runs.recordOf({ arn: machine, attempt: 1 }, SERVER);
    for (const status of ["BUILDING", "TESTING"] as const) await run.reach(status);
    await run.end({ status: "FAILED", reason: "no" });
    const goesOn = `${machine} goes on at TESTING with what was made; if that is not kept any more, all of it is built again\n`;
    expect(await image("retry", "machine")).toEqual({ code: 0, stdout: "", stderr: goesOn });
    expect((await plane.logs.stateOf(machine)).hasEnded).toBe(false);
    const refused = await image("retry", arn, "--json");
    expect([refused.code, JSON.parse(refused.stdout)]).toMatchObject([1, { error: { code: "ib/call-refused" } }]);
  }));
