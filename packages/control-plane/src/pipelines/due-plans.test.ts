import { beforeAll, expect, test } from "@jest/globals";
import { Kysely, PostgresDialect, type CompiledQuery } from "kysely";
import type { Tables } from "../database/tables.js";
import { pipelineInput, storePipelineSources } from "../testing/pipeline-sources.js";
import { ARN, Scene } from "../testing/scene.js";
import { earliestDue, listDue, takeDue } from "./due-pipelines.js";
import { findPipeline } from "./find-pipeline.js";

const scene = new Scene();
const MANY = 50_000;
const now = new Date("2026-12-01T00:02:30Z");

beforeAll(async () => {
  await storePipelineSources(scene);
  await scene.call("CreateImagePipeline", pipelineInput("pattern", { schedule: { scheduleExpression: "cron(0 8 * * ? *)" } }));
  await scene.pool.query(
    `with made as (
       insert into resource (region, owner, kind, type, slug, major, minor, patch, build, name, arn, newest_build, newest_version, status,
         detail, tags, created_at)
       select region, owner, kind, type, 'p' || n, 0, 0, 0, 0, 'p' || n, $2 || n, true, true, status, detail, tags, created_at
       from resource cross join generate_series(1, $1::int) as n where slug = 'pattern' returning id)
     insert into image_pipeline_state (resource_id, schedule_set_at, next_at)
     select id, now(), timestamptz '2026-12-01Z' + make_interval(mins => row_number() over ()::int) from made`,
    [MANY, `${ARN}image-pipeline/p`],
  );
  await scene.pool.query("analyze resource");
  await scene.pool.query("analyze image_pipeline_state");
});

/** The plans of the statements that a body sends: for their values, and for any, as those of prepared statements become. */
async function plansOf(body: (database: Kysely<Tables>) => Promise<unknown>): Promise<readonly string[]> {
  const sent: CompiledQuery[] = [];
  await body(new Kysely<Tables>({ dialect: new PostgresDialect({ pool: scene.pool }), log: ({ query }) => void sent.push(query) }));
  const plans: string[] = [];
  for (const { sql, parameters } of sent)
    if (sql.startsWith("select"))
      for (const [how, values] of [
        ["explain", [...parameters]],
        ["explain (generic_plan)", []],
      ] as const) {
        const { rows } = await scene.pool.query<{ "QUERY PLAN": string }>(`${how} ${sql}`, values.length === 0 ? undefined : [...values]);
        plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
      }
  expect(plans.length).toBeGreaterThan(0);
  return plans;
}

test("what is due is a range of an index among many pipelines, and so is when the next one is", async () => {
  for (const body of [
    async (database: Kysely<Tables>) => expect(await listDue({ database, now }, 100)).toHaveLength(3),
    (database: Kysely<Tables>) => earliestDue(database),
  ])
    for (const plan of await plansOf(body)) {
      expect(plan).toContain("using image_pipeline_state_due on image_pipeline_state");
      expect(plan).not.toMatch(/Sort|Seq Scan|Bitmap/);
    }
});

test("one pipeline is taken without looking at the others", async () => {
  const { id } = await findPipeline(new Kysely<Tables>({ dialect: new PostgresDialect({ pool: scene.pool }) }), `${ARN}image-pipeline/p1`);
  const take = (database: Kysely<Tables>) => database.transaction().execute((transaction) => takeDue({ database: transaction, now }, id));
  for (const plan of await plansOf(take)) expect(plan).not.toMatch(/Seq Scan/);
});
