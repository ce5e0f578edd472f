import { once } from "node:events";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { Client, Pool } from "pg";
import { from as copyFrom, type CopyStreamQuery } from "pg-copy-streams";
import { applyMigrations, migrateDatabase } from "../database/migrate.js";
import { MIGRATIONS } from "../database/migrations/index.js";
import { controlPlaneError } from "../errors.js";
import { BackupReader, damaged, type BackupHeader, type BackupTable } from "./backup-file.js";
import { copyCommand, identifier } from "./copy-command.js";
import { tablesInOrder } from "./tables-in-order.js";
import type { BackupSummary } from "./write-backup.js";

const ANYTHING = `
  select relname as name from pg_class c
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'S', 'p') order by relname limit 1`;
const IDENTITIES = `
  select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = 'public'::regnamespace and a.attidentity <> '' and not a.attisdropped`;

/**
 * Fills an empty database from a backup, all or nothing, and brings it to this program's schema. Errors: no-backup, newer-backup,
 * backup-damaged, database-not-empty.
 */
export async function restoreBackup(databaseUrl: string, input: Readable): Promise<BackupSummary> {
  const reader = new BackupReader(input);
  const header = await reader.header();
  const known = MIGRATIONS.at(-1)?.number ?? 0;
  if (header.schema > known) throw controlPlaneError("newer-backup", { what: "schema", found: header.schema, known });
  const client = new Client({ connectionString: databaseUrl });
  client.on("error", () => undefined); // the statement that is lost tells it
  await client.connect();
  let restored: Omit<BackupSummary, "createdAt">;
  try {
    await client.query("begin");
    const found = (await client.query<{ name: string }>(ANYTHING)).rows[0];
    if (found !== undefined) throw controlPlaneError("database-not-empty", { table: found.name });
    await applyMigrations(
      client,
      MIGRATIONS.filter(({ number }) => number <= header.schema),
    );
    restored = await fill(client, header, reader);
    await setIdentities(client);
    await client.query("commit");
  } finally {
    // without a commit nothing has happened
    await client.end();
  }
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  await migrateDatabase(pool).finally(() => pool.end());
  return { createdAt: header.createdAt, ...restored };
}

async function fill(client: Client, header: BackupHeader, reader: BackupReader): Promise<Omit<BackupSummary, "createdAt">> {
  const tables = await tablesInOrder(client);
  const rows: Record<string, number> = {};
  let bytes = 0;
  let copy: { readonly table: BackupTable; readonly stream: CopyStreamQuery; readonly over: Promise<void> } | undefined;
  for await (const part of reader.parts()) {
    if (part.type === "table") {
      const table = header.tables.find(({ name }) => name === part.name && rows[name] === undefined);
      if (copy !== undefined || table === undefined || !isKnown(tables, table))
        throw damaged(`it has a table ${part.name} that is not expected`);
      const stream = client.query(copyFrom(copyCommand(table, "from stdin")));
      copy = { table, stream, over: finished(stream) };
      // it is waited for at the end of the table
      copy.over.catch(() => undefined);
    } else if (copy === undefined) throw damaged("it has rows of no table");
    else if (part.type === "rows") {
      bytes += part.bytes.length;
      if (!copy.stream.write(part.bytes)) await Promise.race([once(copy.stream, "drain"), copy.over]).catch(rethrow);
    } else {
      copy.stream.end();
      await copy.over.catch(rethrow);
      if (copy.stream.rowCount !== part.rows)
        throw damaged(`the table ${copy.table.name} has ${copy.stream.rowCount} rows of ${part.rows}`);
      rows[copy.table.name] = part.rows;
      copy = undefined;
    }
  }
  const missing = header.tables.find(({ name }) => rows[name] === undefined);
  if (copy !== undefined || missing !== undefined) throw damaged(`the table ${missing?.name ?? ""} is missing`);
  return { rows, bytes };
}

/** Rows that the database does not take, by its classes of errors, are the fault of the backup. */
function rethrow(thrown: unknown): never {
  const { code = "", message } = thrown as { readonly code?: string; readonly message: string };
  throw /^2[23]/.test(code) ? damaged(message) : thrown;
}

function isKnown(tables: readonly BackupTable[], { name, columns }: BackupTable): boolean {
  const known = tables.find((table) => table.name === name);
  return known !== undefined && columns.every((column) => known.columns.includes(column));
}

/** The next number of each identity is behind those that were restored. */
async function setIdentities(client: Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(IDENTITIES);
  for (const { table, column } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce(max(${identifier(column)}), 0) + 1, false) from ${identifier(table)}`,
      [table, column],
    );
}
