import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { TestDatabase } from "@imagewright/embedded-database/testing";
import { Kysely, PostgresDialect, sql } from "kysely";
import { Pool } from "pg";
import { emptyDatabase } from "../testing/test-database.js";
import { preparedStatements } from "./prepared-statements.js";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await emptyDatabase();
  pool = new Pool({ connectionString: database.url, max: 1 });
  pool.on("error", () => {}); // the server stops before the connections know
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

test("a connection reads a statement once, whatever its values; one without parameters is not kept", async () => {
  const kysely = new Kysely<object>({ dialect: new PostgresDialect({ pool: preparedStatements(pool) }) });
  const sum = async (a: number, b: number) =>
    (await sql<{ sum: number }>`select ${a}::integer + ${b}::integer as sum`.execute(kysely)).rows;
  expect([await sum(1, 2), await sum(3, 4)]).toEqual([[{ sum: 3 }], [{ sum: 7 }]]);
  await kysely.transaction().execute((transaction) => sql`select 1`.execute(transaction));
  const { rows } = await pool.query("select statement from pg_prepared_statements");
  expect(rows).toEqual([{ statement: "select $1::integer + $2::integer as sum" }]);
});
