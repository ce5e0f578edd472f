import { createHash } from "node:crypto";
import type { ClientBase, Pool, PoolClient } from "pg";
import { controlPlaneError } from "../errors.js";
import { MIGRATIONS, type Migration } from "./migrations/index.js";

// any number that no other program uses for its lock on this database
const LOCK = 4_613_925_190;

const TABLE = `create table if not exists schema_migration (
  number integer primary key,
  name text not null,
  sha256 text not null,
  applied_at timestamptz not null default now()
)`;

/**
 * Brings the database to the schema of this program, in one transaction; of several servers that start at once, one does it and the others
 * wait. Returns the numbers of the migrations that were applied. Throws `newer-schema` and `changed-migration` without changing anything.
 */
export async function migrateDatabase(pool: Pool, migrations: readonly Migration[] = MIGRATIONS): Promise<readonly number[]> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    // the patience of the connections is that of a call; a migration of a large table, or the wait for another server's, takes longer
    await client.query("set local statement_timeout = 0");
    await client.query("select pg_advisory_xact_lock($1)", [LOCK]);
    const missing = await missingMigrations(client, migrations);
    await applyEach(client, missing);
    if (missing.length > 0 && missing.length < migrations.length) await endOtherConnections(client);
    await client.query("commit");
    return missing.map(({ number }) => number);
  } catch (thrown) {
    await client.query("rollback").catch(() => {}); // the first failure says more
    throw thrown;
  } finally {
    client.release();
  }
}

/**
 * Ends what other servers have connected, but for those that wait to migrate too. Postgres refuses each further use of a statement that was
 * prepared for rows with fewer columns, and a program of an earlier version does not know that. What is changed is locked until the commit,
 * so whoever connects anew prepares for the rows as they are then.
 */
async function endOtherConnections(client: PoolClient): Promise<void> {
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
        and pid not in (select pid from pg_locks where locktype = 'advisory' and not granted and pid is not null)`,
  );
}

/** Makes the schema of some of the first migrations in an empty database, in the transaction of the client. */
export async function applyMigrations(client: ClientBase, migrations: readonly Migration[]): Promise<void> {
  await client.query(TABLE);
  await applyEach(client, migrations);
}

async function applyEach(client: ClientBase, migrations: readonly Migration[]): Promise<void> {
  for (const { number, name, sql } of migrations) {
    await client.query(sql);
    await client.query("insert into schema_migration (number, name, sha256) values ($1, $2, $3)", [number, name, digestOf(sql)]);
  }
}

async function missingMigrations(client: PoolClient, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  await client.query(TABLE);
  const { rows } = await client.query<{ number: number; name: string; sha256: string }>(
    "select number, name, sha256 from schema_migration order by number",
  );
  const [found, known] = [rows.at(-1)?.number ?? 0, migrations.at(-1)?.number ?? 0];
  if (found > known) throw controlPlaneError("newer-schema", { found, known });
  for (const { number, name, sql } of migrations) {
    const applied = rows.find((row) => row.number === number);
    if (applied !== undefined && applied.sha256 !== digestOf(sql)) throw controlPlaneError("changed-migration", { number, name });
  }
  return migrations.filter(({ number }) => !rows.some((row) => row.number === number));
}

function digestOf(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}
