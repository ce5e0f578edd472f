import { expect, test } from "@jest/globals";
import { imageStates, lifecycleStates } from "@imagewright/imagebuilder-model";
import { Kysely, PostgresDialect } from "kysely";
import type { Tables } from "../database/tables.js";
import { ACCOUNT, REGION, Scene } from "../testing/scene.js";
import { readStatistics } from "./statistics.js";

const scene = new Scene();

/** An image in each state, 5,000 that are finished, and a lifecycle execution in each state. */
async function fill(): Promise<void> {
  const place = [REGION, ACCOUNT];
  await scene.pool.query(
    `insert into resource (region, owner, kind, type, slug, build, name, arn, newest_build, newest_version, status, detail, tags, created_at)
     select $1, $2, 'image', 'image', 'web-' || n, 1, 'web', 'arn:' || n, true, true, coalesce(($3::text[])[n], 'AVAILABLE'), '{}', '{}', now()
     from generate_series(1, 5000) as n`,
    [...place, imageStates.states],
  );
  await scene.pool.query(
    `insert into lifecycle_execution (id, region, account, resource_arn, status, created_at)
     select 'lce-' || status, $1, $2, 'arn:', status, now() from unnest($3::text[]) as status`,
    [...place, lifecycleStates.states],
  );
  await scene.pool.query("analyze resource, lifecycle_execution");
}

test("the images and lifecycle executions in which work is left are counted, by their states", async () => {
  await fill();
  const { images, lifecycleExecutions, connections } = await scene.plane.statistics();
  const left = (states: readonly string[], hasEnded: (state: never) => boolean) =>
    states.filter((state) => !hasEnded(state as never)).map((state) => [state, 1]);
  expect([...images].sort()).toEqual(left(imageStates.states, (state) => imageStates.hasEnded(state)).sort());
  expect([...lifecycleExecutions].sort()).toEqual(left(lifecycleStates.states, (state) => lifecycleStates.hasEnded(state)).sort());
  expect(connections).toEqual({ open: scene.pool.totalCount, idle: scene.pool.idleCount, waiting: 0 });
});

test("finished images are not read for it", async () => {
  const sent: string[] = [];
  const dialect = new PostgresDialect({ pool: scene.pool });
  const database = new Kysely<Tables>({ dialect, log: ({ query }) => void sent.push(query.sql) });
  await readStatistics(database, scene.pool);
  const { rows } = await scene.pool.query<{ "QUERY PLAN": string }>(`explain ${sent[0] ?? ""}`);
  expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toMatch(/using resource_image_in_work on resource/);
});
