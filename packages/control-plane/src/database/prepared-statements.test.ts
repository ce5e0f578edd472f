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

test("after a statement that the connection has not any more, none is prepared: a proxy gives each transaction another connection", async () => {
  const kysely = new Kysely<object>({ dialect: new PostgresDialect({ pool: preparedStatements(pool) }) });
  const next = async (number: number) => (await sql<{ next: number }>`select ${number}::integer + 1 as next`.execute(kysely)).rows;
  const last = async (number: number) => (await sql<{ last: number }>`select ${number}::integer - 1 as last`.execute(kysely)).rows;
  await next(1);
  await pool.query("deallocate all");
  await expect(next(2)).rejects.toThrow(/^prepared statement ".*" does not exist$/);
  expect([await next(3), await last(3)]).toEqual([[{ next: 4 }], [{ last: 2 }]]);
  expect((await pool.query("select from pg_prepared_statements")).rowCount).toBe(0);
});
