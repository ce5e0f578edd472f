// What is said of pipelines goes to CloudWatch Logs where logs of images do, and schedules do not wait for it.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { LogService } from "@imagewright/test-kit/log-service";
import { Client } from "pg";
import { ARN, createPipeline, createSources, until } from "./testing/pipelines.js";
import { clientOf, withService, type ServerProcess } from "./testing/service.js";

/** Servers that send logs to a service, and a client of the database. */
function withLogService(body: (start: () => ServerProcess, service: LogService, database: Client) => Promise<void>): Promise<void> {
  return withService(async (start, { folder, databaseUrl }) => {
    const service = new LogService();
    const { url, close } = await service.start();
    const IMAGEWRIGHT_CONFIG = join(folder, "config.yaml");
    await writeFile(IMAGEWRIGHT_CONFIG, "service:\n  logs:\n    cloudWatch: true\n");
    const keys = { AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" };
    const environment = { IMAGEWRIGHT_CONFIG, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url, ...keys };
    const database = new Client(databaseUrl);
    await database.connect();
    try {
      await body(() => start(["--role", "all"], undefined, environment), service, database);
    } finally {
      await database.end();
      await close();
    }
  });
}

test("LOG-010, PIP-012: each evaluation is a line in the group of its pipeline; a server that was killed is followed by one that sends the rest", () =>
  withLogService(async (start, service, database) => {
    let hasCome: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (hasCome = resolve));
    service.beforePut = () => {
      hasCome();
      return new Promise(() => {});
    };
    const first = start();
    const client = await clientOf(await first.answering);
    await createSources(client);
    await createPipeline(client, "my nightly");
    await held;
    // schedules do not wait for a service that does not answer
    await createPipeline(client, "other", { loggingConfiguration: { pipelineLogGroupName: "/aws/imagebuilder/mine" } });
    await until(async () => ((await database.query("select from pipeline_evaluation")).rowCount ?? 0) === 2);
    first.child.kill("SIGKILL");
    await first.ended;
    service.beforePut = () => Promise.resolve();
    await database.query("update pipeline_evaluation set log_claimed_until = now()");
    await start().answering;
    const unsent = "select from pipeline_evaluation where log_sent_at is null";
    await until(async () => (await database.query(unsent)).rowCount === 0);
    const built = (build: number) =>
      expect.stringMatching(`^built ${ARN}image/web/1\\.0\\.0/${build}, due \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z: the pipeline has never run$`);
    expect(service.messages("/aws/imagebuilder/pipeline/my-nightly:my-nightly")).toEqual([built(1)]);
    expect(service.messages("/aws/imagebuilder/mine:other")).toEqual([built(2)]);
  }));

test("what is refused is told once, and sent later", () =>
  withLogService(async (start, service, database) => {
    for (let number = 0; number < 20; number += 1)
      service.refusals.push({ type: "AccessDeniedException", message: "not you", status: 400 });
    const server = start();
    let said = "";
    server.child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const client = await clientOf(await server.answering);
    await createSources(client);
    await createPipeline(client, "refused");
    const warnings = () => said.match(/^warning: logs of pipelines are not in CloudWatch Logs yet, and are sent again: .*$/gm) ?? [];
    await until(() => Promise.resolve(warnings().length > 0));
    service.refusals.length = 0;
    await database.query("update pipeline_evaluation set log_claimed_until = now()");
    await until(() => Promise.resolve(service.messages("/aws/imagebuilder/pipeline/refused:refused").length > 0));
    expect([warnings().length, warnings()[0]?.includes("not you")]).toEqual([1, true]);
  }));
