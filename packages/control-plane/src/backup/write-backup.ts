import type { Writable } from "node:stream";
import { Client } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { MIGRATIONS } from "../database/migrations/index.js";
import { controlPlaneError } from "../errors.js";
import { BackupWriter, FORMAT_VERSION } from "./backup-file.js";
import { copyCommand } from "./copy-command.js";
import { tablesInOrder } from "./tables-in-order.js";

/** What a backup has, or what was restored. */
export interface BackupSummary {
  readonly createdAt: string;
  /** The number of rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly bytes: number;
}

const SCHEMA = "select coalesce(max(number), 0)::int as schema from schema_migration";

/**
 * Writes all that a database has as it is at one moment; servers go on working meanwhile. The output is not ended. It has secrets: those
 * of access keys. Errors: newer-schema, no-service-database, and those of the database and of the output.
 */
export async function writeBackup(databaseUrl: string, output: Writable, now: Date): Promise<BackupSummary> {
  const client = new Client({ connectionString: databaseUrl });
  client.on("error", () => undefined); // the statement that is lost tells it
  await client.connect();
  try {
    await client.query("begin isolation level repeatable read, read only");
    const writer = new BackupWriter(output);
    const header = {
      ...{
        format: "imagewright-backup" as const,
        formatVersion: FORMAT_VERSION,
        schema: await schemaOf(client),
        createdAt: now.toISOString(),
      },
      tables: await tablesInOrder(client),
    };
    await writer.begin(header);
    const rows: Record<string, number> = {};
    for (const table of header.tables) {
      await writer.write({ type: "table", name: table.name });
      const copy = client.query(copyTo(copyCommand(table, "to stdout")));
      for await (const bytes of copy) await writer.write({ type: "rows", bytes: bytes as Buffer });
      rows[table.name] = copy.rowCount;
      await writer.write({ type: "end-of-table", rows: copy.rowCount });
    }
    await writer.end();
    return { createdAt: header.createdAt, rows, bytes: writer.bytes };
  } finally {
    await client.end();
  }
}

async function schemaOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ found: string | null }>("select to_regclass('public.schema_migration')::text as found");
  if (rows[0]?.found === null) throw controlPlaneError("no-service-database", {});
  const schema = (await client.query<{ schema: number }>(SCHEMA)).rows[0]?.schema ?? 0;
  const known = MIGRATIONS.at(-1)?.number ?? 0;
  if (schema > known) throw controlPlaneError("newer-schema", { found: schema, known });
  return schema;
}
