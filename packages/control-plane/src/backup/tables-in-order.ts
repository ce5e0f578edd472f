import type { ClientBase } from "pg";
import type { BackupTable } from "./backup-file.js";

/** Made anew by the migrations. */
const NOT_COPIED = ["schema_migration"];

const TABLES = `
  select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  group by c.relname order by c.relname`;
const REFERENCES = `
  select conrelid::regclass::text as from_table, confrelid::regclass::text as to_table from pg_constraint
  where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid`;

/** The tables of the service with their columns, each behind those that its rows refer to. */
export async function tablesInOrder(client: ClientBase): Promise<readonly BackupTable[]> {
  const { rows } = await client.query<BackupTable>(TABLES);
  const references = (await client.query<{ from_table: string; to_table: string }>(REFERENCES)).rows;
  const left = rows.filter(({ name }) => !NOT_COPIED.includes(name));
  const ordered: BackupTable[] = [];
  while (left.length > 0) {
    const waits = ({ name }: BackupTable) =>
      references.some(({ from_table, to_table }) => from_table === name && left.some((other) => other.name === to_table));
    const next = left.findIndex((table) => !waits(table));
    if (next < 0) throw new Error(`tables refer to each other: ${left.map(({ name }) => name).join(", ")}`);
    ordered.push(...left.splice(next, 1));
  }
  return ordered;
}
