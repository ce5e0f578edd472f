// Each run is started once, whatever becomes of the servers.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { Client } from "pg";
import { createPipeline, createSources, until } from "./testing/pipelines.js";
import { clientOf, withService } from "./testing/service.js";

test("two servers, one of which is killed again and again, start each run once, and lose none", () =>
  withService(async (start, { folder, databaseUrl }) => {
    const [PIPELINES, ROUNDS] = [150, 3];
    const api = start(["--role", "api"]);
    const client = await clientOf(await api.answering);
    const database = new Client(databaseUrl);
    await database.connect();
    await createSources(client);
    const schedule = { scheduleExpression: "cron(0 0 1 1 ? *)", pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY" } as const;
    for (let index = 0; index < PIPELINES; index += 1) await createPipeline(client, `pipeline-${index}`, { schedule });
    const evaluated = async () => (await database.query("select from pipeline_evaluation")).rowCount ?? 0;
    const [other, killed] = [join(folder, "other"), join(folder, "killed")];
    for (const home of [other, killed]) await mkdir(home);
    await start(["--role", "all"], other).answering;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const server = start(["--role", "all"], killed);
      await server.answering;
      // all are due, and the images of the round before count as ended
      await database.query("update image_pipeline_state set next_at = date_trunc('minute', now()), scheduled_image_id = null");
      const before = await evaluated();
      await until(async () => (await evaluated()) > before);
      server.child.kill("SIGKILL");
      await server.ended;
      await until(async () => (await evaluated()) === round * PIPELINES);
    }
    const { rows } = await database.query<{ outcome: string; pipelines: number; images: number }>(
      `select outcome, count(distinct pipeline_id)::int as pipelines, count(distinct image_arn)::int as images
       from pipeline_evaluation group by outcome`,
    );
    expect(rows).toEqual([{ outcome: "built", pipelines: PIPELINES, images: ROUNDS * PIPELINES }]);
    const images = await database.query<{ build: number }>(
      "select build from resource where kind = 'image' and owner <> 'aws' order by build",
    );
    expect(images.rows.map(({ build }) => build)).toEqual(Array.from({ length: ROUNDS * PIPELINES }, (_, index) => index + 1));
    await database.end();
  }));
