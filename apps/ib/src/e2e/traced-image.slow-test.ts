// An image that ib serve builds is one tree of spans below the request for it, whatever becomes of the server.
import { join } from "node:path";
import { GetImageCommand, type ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import { chooseBuildHost, inspectEngines } from "@imagewright/build-hosts";
import { testImageProblem } from "@imagewright/build-hosts/contract";
import { describe, expect, test } from "@jest/globals";
import { Client } from "pg";
import { importSmallImage } from "./small-image.js";
import { createContainerImage } from "./testing/container-image.js";
import { until } from "./testing/pipelines.js";
import { clientOf, withService, type ServerProcess } from "./testing/service.js";
import { SOON, withTrace, withTraceReceiver, type TraceReceiver } from "./testing/trace-receiver.js";

const [engine] = (await inspectEngines()).filter(({ usable }) => usable);
const problem = engine === undefined ? "no container engine can be used" : testImageProblem();
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

interface Scene {
  readonly databaseUrl: string;
  /** The tag of a small image. */
  readonly parent: string;
  readonly receiver: TraceReceiver;
  /** Starts a server that answers and builds. */
  readonly serve: () => ServerProcess;
}

function withTracedBuilds(name: string, body: (scene: Scene) => Promise<void>): Promise<void> {
  return withTraceReceiver((receiver) =>
    withService(async (start, { folder, databaseUrl }) => {
      const parent = `localhost/imagewright-test/${name}:1`;
      const { host } = await chooseBuildHost({ preferred: undefined, stateFolder: join(folder, "home", "state") });
      await importSmallImage(host, parent);
      const environment = { ...SOON, PATH: process.env["PATH"] ?? "" };
      const serve = () => start(["--role", "all", "--traces", receiver.url], folder, environment);
      try {
        await body({ databaseUrl, parent, receiver, serve });
      } finally {
        for (const tag of ["1.0.0-1", "1.0.0-1.unfinished"]) await host.removeImage(`localhost/000000000000/us-east-1/${name}:${tag}`);
        await host.removeImage(parent);
      }
    }),
  );
}

async function hasEnded(client: ImagebuilderClient, imageBuildVersionArn: string): Promise<boolean> {
  const { image } = await client.send(new GetImageCommand({ imageBuildVersionArn }));
  return ["AVAILABLE", "FAILED", "CANCELLED"].includes(image?.state?.status ?? "");
}

(problem === undefined ? describe : describe.skip)(`images with traces${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  test("the image, its workflows and its steps are below the request, and a step that fails says why", () => {
    const name = `traced-${process.pid}`;
    return withTracedBuilds(name, async ({ parent, receiver, serve }) => {
      const client = withTrace(await clientOf(await serve().answering), `00-${TRACE}-00f067aa0ba902b7-01`);
      const arn = await createContainerImage(client, { name, parent, phases: { build: "true", test: "echo not so >&2; exit 7" } });
      const image = await receiver.span("build image");
      await receiver.span("run image");
      const spans = receiver.spans.filter(({ attributes }) => attributes["http.request.method"] === undefined);
      expect([...new Set(receiver.spans.map(({ traceId }) => traceId))]).toEqual([TRACE]);
      expect(spans.map((span) => receiver.pathOf(span)).sort()).toMatchInlineSnapshot(`
       [
         "ApplyBuildComponents < build-container < build image < imagebuilder/CreateImage",
         "ApplyTestComponents < test-container < build image < imagebuilder/CreateImage",
         "BootstrapBuildInstance < build-container < build image < imagebuilder/CreateImage",
         "CollectMetadata < build-container < build image < imagebuilder/CreateImage",
         "CreateContainerImage < build-container < build image < imagebuilder/CreateImage",
         "LaunchBuildInstance < build-container < build image < imagebuilder/CreateImage",
         "LaunchTestInstance < test-container < build image < imagebuilder/CreateImage",
         "RemoveTraces < build-container < build image < imagebuilder/CreateImage",
         "TerminateBuildInstance < build-container < build image < imagebuilder/CreateImage",
         "build image < imagebuilder/CreateImage",
         "build-container < build image < imagebuilder/CreateImage",
         "run image < build image < imagebuilder/CreateImage",
         "test-container < build image < imagebuilder/CreateImage",
       ]
      `);
      expect(image).toMatchObject({
        ...{ status: { code: 2, message: expect.stringContaining('step "ApplyTestComponents" failed') } },
        attributes: { "imagewright.image.arn": arn, "imagewright.image.attempt": 1, "imagewright.status": "FAILED" },
      });
      const failed = spans.find((span) => span.name === "ApplyTestComponents");
      expect(failed).toMatchObject({
        ...{ status: { code: 2, message: expect.stringContaining("7") } },
        attributes: { "imagewright.step.action": "ExecuteComponents", "imagewright.status": "FAILED" },
      });
      for (const { parentSpanId, ...span } of spans.filter(({ attributes }) => attributes["imagewright.status"] !== undefined)) {
        const above = spans.find(({ spanId }) => spanId === parentSpanId) ?? span;
        expect(BigInt(span.startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(above.startTimeUnixNano));
        expect(BigInt(span.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(above.endTimeUnixNano));
      }
    });
  });

  test("a server that is killed is followed by one that goes on in the same trace, and tells the same spans", () => {
    const name = `traced-on-${process.pid}`;
    return withTracedBuilds(name, async ({ databaseUrl, parent, receiver, serve }) => {
      const first = serve();
      const client = await clientOf(await first.answering);
      const arn = await createContainerImage(client, { name, parent, phases: { build: "sleep 3", test: "true" } });
      const database = new Client(databaseUrl);
      await database.connect();
      const running = "select from workflow_step_execution where name = 'ApplyBuildComponents' and status = 'RUNNING'";
      await until(async () => ((await database.query(running)).rowCount ?? 0) > 0);
      await database.end();
      await receiver.span("LaunchBuildInstance");
      first.child.kill("SIGKILL");
      await first.ended;
      const again = await clientOf(await serve().answering);
      await until(() => hasEnded(again, arn));
      const [image, run] = [await receiver.span("build image"), await receiver.span("run image")];
      expect([image.attributes["imagewright.status"], run.attributes["imagewright.image.continued"]]).toEqual(["AVAILABLE", true]);
      const request = await receiver.span("imagebuilder/CreateImage");
      expect([image.traceId, image.parentSpanId]).toEqual([request.traceId, request.spanId]);

      const ofImage = receiver.spans.filter(({ traceId }) => traceId === image.traceId);
      const launches = ofImage.filter((span) => span.name === "LaunchBuildInstance");
      // both servers have told it, as one span
      expect(launches.map(({ resource }) => resource["process.pid"] === first.child.pid)).toEqual([true, false]);
      const [one, other] = launches.map((span) => ({ ...span, resource: undefined }));
      expect(other).toEqual(one);
      expect([...new Set(ofImage.map((span) => receiver.pathOf(span)))].sort()).toMatchInlineSnapshot(`
       [
         "ApplyBuildComponents < build-container < build image < imagebuilder/CreateImage",
         "ApplyTestComponents < test-container < build image < imagebuilder/CreateImage",
         "BootstrapBuildInstance < build-container < build image < imagebuilder/CreateImage",
         "CollectMetadata < build-container < build image < imagebuilder/CreateImage",
         "CreateContainerImage < build-container < build image < imagebuilder/CreateImage",
         "LaunchBuildInstance < build-container < build image < imagebuilder/CreateImage",
         "LaunchTestInstance < test-container < build image < imagebuilder/CreateImage",
         "RemoveTraces < build-container < build image < imagebuilder/CreateImage",
         "TerminateBuildInstance < build-container < build image < imagebuilder/CreateImage",
         "TerminateTestInstance < test-container < build image < imagebuilder/CreateImage",
         "build image < imagebuilder/CreateImage",
         "build-container < build image < imagebuilder/CreateImage",
         "imagebuilder/CreateImage",
         "run image < build image < imagebuilder/CreateImage",
         "test-container < build image < imagebuilder/CreateImage",
       ]
      `);
      // the step in which the first one was killed is told from its beginning
      const step = await receiver.span("ApplyBuildComponents");
      expect(Number(BigInt(step.endTimeUnixNano) - BigInt(step.startTimeUnixNano)) / 1e9).toBeGreaterThanOrEqual(3);
    });
  });
});
