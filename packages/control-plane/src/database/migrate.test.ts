import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Pool } from "pg";
import type { TestDatabase } from "@imagewright/embedded-database/testing";
import { emptyDatabase } from "../testing/test-database.js";
import { describeSchema } from "../testing/describe-schema.js";
import { migrateDatabase } from "./migrate.js";
import { MIGRATIONS } from "./migrations/index.js";

const LAST = MIGRATIONS.at(-1)?.number ?? 0;

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await emptyDatabase();
  // a migration ends other connections, which a pool may hear of only when it has used one once more
  pool = new Pool({ connectionString: database.url, maxUses: 1 });
  pool.on("error", () => {}); // the server stops before the connections know
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

test("the list has the files of the folder, with their numbers and names, in their order", () => {
  const folder = join(import.meta.dirname, "migrations");
  const files = readdirSync(folder).filter((file) => file.endsWith(".sql"));
  const listed = MIGRATIONS.map(({ number, name }) => `${String(number).padStart(4, "0")}-${name}.sql`);
  expect(listed).toEqual(files.sort());
  expect(MIGRATIONS.map(({ sql }) => sql)).toEqual(files.map((file) => readFileSync(join(folder, file), "utf8")));
});

test("of three servers that start at once, one applies the migrations; a later start changes nothing", async () => {
  const applied = await Promise.all([1, 2, 3].map(() => migrateDatabase(pool)));
  expect(applied.flat()).toEqual(MIGRATIONS.map(({ number }) => number));
  expect(await migrateDatabase(pool)).toEqual([]);
});

test("the whole schema is as committed in schema.txt; UPDATE=1 writes it", async () => {
  const file = join(import.meta.dirname, "schema.txt");
  const schema = await describeSchema(pool);
  if (process.env["UPDATE"] === "1") writeFileSync(file, schema);
  expect(schema).toBe(readFileSync(file, "utf8"));
});

test("a migration that fails leaves the schema as it was", async () => {
  const next = { number: LAST + 1, name: "broken", sql: "create table made (id integer); select from nowhere;" };
  await expect(migrateDatabase(pool, [...MIGRATIONS, next])).rejects.toThrow('relation "nowhere" does not exist');
  expect((await pool.query("select to_regclass('made') as made")).rows).toEqual([{ made: null }]);
  expect(await migrateDatabase(pool)).toEqual([]);
});

test("an edited migration is refused", async () => {
  const [first, ...others] = MIGRATIONS;
  if (first === undefined) throw new Error("there are no migrations");
  await expect(migrateDatabase(pool, [{ ...first, sql: `${first.sql}\n` }, ...others])).rejects.toThrow(
    "the migration 1, resources, was applied to the database with another text than this program has",
  );
});

test("a newer schema than the program's is refused with both numbers", async () => {
  const [found, known] = [LAST + 1, LAST];
  await migrateDatabase(pool, [...MIGRATIONS, { number: found, name: "newer", sql: "create table newer (id integer)" }]);
  await expect(migrateDatabase(pool)).rejects.toThrow(
    `the database has the schema ${found}, and this program knows the schemas up to ${known}`,
  );
});

test("a migration may take longer than a call", async () => {
  const forget = () => pool.query("delete from schema_migration where number > $1", [LAST]);
  await forget();
  const impatient = new Pool({ connectionString: database.url, statement_timeout: 300 });
  const slow = { number: LAST + 1, name: "slow", sql: "select pg_sleep(1)" };
  try {
    expect(await migrateDatabase(impatient, [...MIGRATIONS, slow])).toEqual([LAST + 1]);
    expect((await impatient.query("show statement_timeout")).rows).toEqual([{ statement_timeout: "300ms" }]);
  } finally {
    await impatient.end();
    await forget();
  }
});

test("a connection of another server has no statement left that was prepared for the rows of before", async () => {
  const other = new Pool({ connectionString: database.url, max: 1 });
  const heard = once(other, "error");
  other.on("error", () => {}); // it may hear twice: of the end, and of the connection
  const read = { name: "read", text: "select * from schema_migration where number = $1", values: [1] };
  try {
    expect(Object.keys((await other.query<object>(read)).rows[0] ?? {})).not.toContain("remark");
    await migrateDatabase(pool, [
      ...MIGRATIONS,
      { number: LAST + 1, name: "wider", sql: "alter table schema_migration add column remark text" },
    ]);
    expect(String((await heard)[0])).toContain("terminating connection due to administrator command");
    expect(Object.keys((await other.query<object>(read)).rows[0] ?? {})).toContain("remark");
  } finally {
    await other.end();
    await pool.query("alter table schema_migration drop column if exists remark");
    await pool.query("delete from schema_migration where number > $1", [LAST]);
  }
});
