// `ib serve --traces`: what a collector gets of requests, schedules and deliveries, and that one that is away disturbs nobody.
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { CreateImageCommand, GetComponentCommand, ListComponentsCommand } from "@aws-sdk/client-imagebuilder";
import { expect, test } from "@jest/globals";
import { ib } from "./ib.js";
import { ARN, createPipeline, createSources } from "./testing/pipelines.js";
import { clientOf, createComponent, withService, type ServerProcess } from "./testing/service.js";
import { SOON, withTrace, withTraceReceiver } from "./testing/trace-receiver.js";
import { withReceiver } from "./testing/webhook-receiver.js";

const [TRACE, SPAN] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];

/** What a server has said, when it has said something of the kind. */
async function said({ child, ended }: ServerProcess, pattern: RegExp): Promise<string> {
  let text = "";
  const found = new Promise<void>((resolve) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (pattern.test(text)) resolve();
    });
  });
  await Promise.race([found, ended.then(() => Promise.reject(new Error(`the server has ended; it said: ${text}`)))]);
  return text;
}

test("a request is a span that goes on with the trace of its client; one that is not wanted is not sent, nor are questions about health", () =>
  withTraceReceiver((receiver) =>
    withService(async (start) => {
      const environment = { ...SOON, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_HEADERS: "x-tenant=images" };
      const started = start([], undefined, { ...environment, OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test" });
      const server = await started.answering;
      expect(server.traces).toBe(`${receiver.url}/v1/traces`);
      const client = withTrace(await clientOf(server), `00-${TRACE}-${SPAN}-01`);
      const arn = await createComponent(client, "traced");
      const span = await receiver.span("imagebuilder/CreateComponent");
      expect(span).toMatchObject({ traceId: TRACE, parentSpanId: SPAN, kind: 2, status: { code: 0 } });
      expect(span.attributes).toEqual({
        ...{ "http.request.method": "PUT", "url.scheme": "http", "url.path": "/CreateComponent", "http.response.status_code": 200 },
        ...{ "rpc.system": "aws-api", "rpc.service": "imagebuilder", "rpc.method": "CreateComponent" },
        ...{ "cloud.account.id": server.account, "cloud.region": "us-east-1", "imagewright.access_key.id": server.accessKeyId },
        ...{ "aws.request_id": expect.stringMatching(/^[0-9a-f-]{36}$/), "imagewright.resources": [arn] },
        ...{ "client.address": "127.0.0.1", "user_agent.original": expect.stringContaining("aws-sdk-js") },
      });
      expect(span.resource).toMatchObject({
        ...{ "service.name": "imagewright", "process.pid": started.child.pid, "deployment.environment.name": "test" },
      });
      expect(receiver.requests[0]).toMatchObject({ path: "/v1/traces", headers: { "x-tenant": "images" } });

      await expect(createComponent(client, "traced")).rejects.toThrow("already exists");
      const refused = await receiver.span("imagebuilder/CreateComponent", ({ attributes }) => attributes["error.type"] !== undefined);
      expect([refused.attributes["error.type"], refused.status.code]).toEqual(["InvalidRequestException", 0]);

      const silent = withTrace(await clientOf(server), `00-${TRACE}-${SPAN}-00`);
      await silent.send(new ListComponentsCommand({}));
      await fetch(`${server.address}/readyz`);
      await client.send(new GetComponentCommand({ componentBuildVersionArn: arn }));
      await receiver.span("imagebuilder/GetComponent");
      started.child.kill("SIGTERM");
      await started.ended;
      expect(receiver.spans.map(({ name }) => name).sort()).toEqual([
        ...["imagebuilder/CreateComponent", "imagebuilder/CreateComponent", "imagebuilder/GetComponent"],
      ]);
      // neither documents nor secrets, in whatever was sent
      const sent = receiver.requests.map(({ body }) => body.toString()).join("\n");
      expect([sent.includes("ExecuteBash"), sent.includes(server.secretAccessKey ?? ""), sent.includes("X-Amz-Signature")]).toEqual([
        ...[false, false, false],
      ]);
    }),
  ));

test("without the variables of OpenTelemetry the form is protobuf, and a stop sends what is left", () =>
  withTraceReceiver((receiver) =>
    withService(async (start) => {
      const started = start(["--traces", `${receiver.url}/`]);
      await createComponent(await clientOf(await started.answering), "traced");
      started.child.kill("SIGTERM");
      expect((await started.ended).code).toBe(143);
      const [request] = receiver.requests;
      expect([receiver.requests.length, request?.path, request?.headers["content-type"]]).toEqual([
        1,
        "/v1/traces",
        "application/x-protobuf",
      ]);
      expect(request?.body.toString()).toContain("imagebuilder/CreateComponent");
    }),
  ));

test("a scheduled run is a span, with the image that it starts; a delivery is one in the trace of the request for the image", () =>
  withTraceReceiver((receiver) =>
    withReceiver((webhook) =>
      withService(async (start) => {
        const flags = ["--role", "all", "--traces", receiver.url, "--event-webhook", webhook.url];
        const client = await clientOf(await start(flags, undefined, SOON).answering);
        await createSources(client);
        await createPipeline(client, "daily");
        const run = await receiver.span("run schedule");
        expect(run.parentSpanId).toBeUndefined();
        expect(run.attributes).toMatchObject({
          ...{ "imagewright.pipeline.arn": `${ARN}image-pipeline/daily`, "imagewright.schedule.outcome": "built" },
          ...{ "imagewright.image.arn": `${ARN}image/web/1.0.0/1`, "imagewright.schedule.missed": false },
        });
        const delivery = await receiver.span("deliver event");
        expect(receiver.pathOf(delivery)).toBe("deliver event < run schedule");

        webhook.status = 500;
        const sources = {
          imageRecipeArn: `${ARN}image-recipe/web/1.0.0`,
          infrastructureConfigurationArn: `${ARN}infrastructure-configuration/small`,
        };
        const { imageBuildVersionArn: arn } = await client.send(new CreateImageCommand(sources));
        const failed = await receiver.span("deliver event", ({ attributes }) => attributes["imagewright.image.arn"] === arn);
        expect(failed.status).toEqual({ code: 2, message: "it answered with the status 500" });
        expect(failed.attributes["messaging.message.id"]).toBe(webhook.received.at(-1)?.headers["webhook-id"]);
        await receiver.span("imagebuilder/CreateImage");
        expect(receiver.pathOf(failed)).toBe("deliver event < imagebuilder/CreateImage");
      }),
    ),
  ));

test("a collector that fails is told of once, and once when it takes traces again; requests are answered all the time", () =>
  withTraceReceiver((receiver) =>
    withService(async (start) => {
      const started = start(["--traces", receiver.url], undefined, SOON);
      const client = await clientOf(await started.answering);
      receiver.status = 400;
      const failing = said(started, /traces/);
      await createComponent(client, "first");
      expect(await failing).toContain(
        `warning: traces are not taken by ${receiver.url}/v1/traces, and those of the meantime are lost: it answered with the status 400\n`,
      );
      const before = receiver.requests.length;
      await createComponent(client, "second");
      await receiver.until(() => (receiver.requests.length > before ? true : undefined));
      receiver.status = 200;
      const again = said(started, /again/);
      await createComponent(client, "third");
      expect(await again).toBe(`notice: traces are taken by ${receiver.url}/v1/traces again\n`);
    }),
  ));

test("a collector that is down, and one that never answers, do not keep a server from its requests or from its end", () =>
  withTraceReceiver((hanging) =>
    withService(async (start, { folder }) => {
      const free = createServer().listen(0, "127.0.0.1");
      await once(free, "listening");
      const { port } = free.address() as AddressInfo;
      free.close();
      hanging.status = undefined;
      for (const [name, url] of Object.entries({ down: `http://127.0.0.1:${port}`, hanging: hanging.url })) {
        const started = start(["--traces", url], folder, { ...SOON, OTEL_EXPORTER_OTLP_TIMEOUT: "600000" });
        await createComponent(await clientOf(await started.answering), name);
        if (name === "hanging") await hanging.until(() => hanging.requests[0]);
        started.child.kill("SIGTERM");
        expect((await started.ended).code).toBe(143);
      }
    }),
  ));

test("without a collector nothing is told of traces, and where they go is shown by status and config", () =>
  withService(async (start, { folder, databaseUrl }) => {
    const off = start([], undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1", OTEL_SDK_DISABLED: "true" });
    expect((await off.answering).traces).toBeNull();
    off.child.kill("SIGTERM");
    await off.ended;
    const server = await start(["--traces", "http://127.0.0.1:1/collector?key=secret"]).answering;
    expect(server.traces).toBe("http://127.0.0.1:1/collector/v1/traces?…");
    const options = {
      folder,
      environment: { IMAGEWRIGHT_DATABASE_URL: databaseUrl, OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:2?key=secret" },
    };
    expect((await ib(["serve", "status"], options)).stdout).toContain("traces    to http://127.0.0.1:1/collector/v1/traces?…\n");
    expect((await ib(["config", "show"], options)).stdout).toContain(
      "service traces    http://127.0.0.1:2?… (from OTEL_EXPORTER_OTLP_ENDPOINT)\n",
    );
    const elsewhere = join(folder, "elsewhere");
    await mkdir(elsewhere);
    const wrong = start(["--traces", "on"], elsewhere);
    expect(await wrong.ended).toMatchObject({
      code: 2,
      stdout: expect.stringContaining("--traces must be off, or a URL without a password, such as http://127.0.0.1:4318"),
    });
    const unread = start(["--traces", "http://127.0.0.1:1"], elsewhere, { OTEL_EXPORTER_OTLP_CERTIFICATE: "/nowhere.pem" });
    expect(JSON.parse((await unread.ended).stdout)).toMatchObject({
      error: { code: "ib/traces-not-sent", message: expect.stringContaining("Failed to read root certificate file") },
    });
  }));
