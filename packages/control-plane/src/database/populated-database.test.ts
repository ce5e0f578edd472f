import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { OperationName } from "@imagewright/imagebuilder-model";
import { Pool } from "pg";
import { createControlPlane } from "../control-plane.js";
import { ARN, CALLER, documentWith } from "../testing/scene.js";
import { emptyDatabase } from "../testing/test-database.js";
import { migrateDatabase } from "./migrate.js";
import { MIGRATIONS } from "./migrations/index.js";

interface Call {
  readonly input: object;
  readonly answer: object;
}

/**
 * What the last program of schema 3 has stored when it was called, and what it answered: its tables, the calls that had created them, and
 * calls that read. Written by that program; a schema is not in use any more when its file can be removed.
 */
const stored = readFileSync(join(import.meta.dirname, "..", "testing", "schema-0003.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as { table?: string; rows?: object[]; repeated?: OperationName; read?: OperationName } & Partial<Call>);
const READS = stored.flatMap(({ read, input = {}, answer = {} }) => (read === undefined ? [] : [{ operation: read, input, answer }]));
const REPEATED = stored.flatMap(({ repeated, input = {}, answer = {} }) =>
  repeated === undefined ? [] : [{ operation: repeated, input, answer }],
);

async function fill(pool: Pool): Promise<void> {
  const client = await pool.connect();
  await client.query("set session_replication_role = replica"); // tables in any order
  for (const { table, rows } of stored)
    if (table !== undefined)
      await client.query(`insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, $1)`, [
        JSON.stringify(rows),
      ]);
  for (const table of ["resource", "event_outbox"])
    await client.query(`select setval(pg_get_serial_sequence($1, 'id'), (select max(id) from ${table}))`, [table]);
  client.release(true);
}

test("a populated database of schema 3 is brought to this one: the same answers, tokens count, and numbers go on", async () => {
  const database = await emptyDatabase();
  const pool = new Pool({ connectionString: database.url });
  pool.on("error", () => {}); // the server stops before the connections know
  try {
    await migrateDatabase(pool, MIGRATIONS.slice(0, 3));
    await fill(pool);
    const plane = await createControlPlane({
      ...{ database: pool, clock: () => new Date("2026-11-29T12:00:00Z"), random: (bytes) => new Uint8Array(bytes) },
      ...{ regions: [CALLER.region], readObject: () => Promise.reject(new Error("there is no S3")) },
    });
    const call = async (operation: OperationName, input: object) => asSent(await plane.call(operation, input, CALLER));
    expect(READS.length).toBeGreaterThan(60);
    for (const { operation, input, answer } of READS)
      expect([operation, input, await call(operation, input)]).toEqual([operation, input, answer]);
    for (const { operation, input, answer } of REPEATED) expect([operation, await call(operation, input)]).toEqual([operation, answer]);
    const component = { name: "Tools", semanticVersion: "1.1.0", platform: "Linux", data: documentWith("echo 6"), clientToken: "new-1" };
    const next = await call("CreateComponent", component);
    // the build 2 was deleted, and its number is not used again
    expect(next).toMatchObject({ componentBuildVersionArn: `${ARN}component/tools/1.1.0/3` });
    const { rows } = await pool.query("select slug, version from resource where kind = 'component' and newest_version order by slug");
    expect(rows).toEqual([
      { slug: "other-2", version: "0.0.1" },
      { slug: "tools", version: "1.2.0" },
    ]);
    await plane.close();
  } finally {
    await pool.end();
    await database.drop();
  }
});

const asSent = (answer: object): unknown => JSON.parse(JSON.stringify(answer));
