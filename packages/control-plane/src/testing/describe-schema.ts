import type { Pool } from "pg";

/**
 * The tables and types of a database with their columns, constraints, indexes and triggers, and its functions with a digest of each, as a
 * text that is the same for the same schema.
 */
export async function describeSchema(pool: Pool): Promise<string> {
  const lines = async (query: string) => (await pool.query<{ line: string }>(query)).rows.map(({ line }) => line);
  const columns = await lines(`
    select format('%s.%s %s%s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attcollation <> t.typcollation then ' collate ' || quote_ident(l.collname) else '' end,
      case when a.attnotnull then ' not null' else '' end,
      case when a.attidentity <> '' then ' identity' when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end
    ) as line
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    left join pg_collation l on l.oid = a.attcollation
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'c') and a.attnum > 0 and not a.attisdropped
    order by c.relname collate "C", a.attnum`);
  const constraints = await lines(`
    select format('%s %s', c.conname, pg_get_constraintdef(c.oid)) as line from pg_constraint c
    where c.connamespace = 'public'::regnamespace and c.contype <> 'n' order by c.conrelid::regclass::text collate "C", c.conname collate "C"`);
  const indexes = await lines(
    `select indexdef as line from pg_indexes where schemaname = 'public' order by tablename collate "C", indexname collate "C"`,
  );
  const functions = await lines(`
    select format('%s %s %s', p.proname, pg_get_function_identity_arguments(p.oid), md5(pg_get_functiondef(p.oid))) as line from pg_proc p
    where p.pronamespace = 'public'::regnamespace order by 1`);
  const triggers = await lines(`
    select pg_get_triggerdef(t.oid) as line from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal order by c.relname collate "C", t.tgname collate "C"`);
  const parts = Object.entries({ columns, constraints, indexes, functions, triggers });
  return `${parts.map(([title, part]) => [title, ...part].join("\n")).join("\n\n")}\n`;
}
