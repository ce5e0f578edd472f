import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { storableText } from "../input/unstorable-text.js";
import type { AuditQuery, AuditRecord } from "./audit-record.js";

/** The records of all servers of a database. They are only added: the database refuses to change or remove one. */
export interface AuditLog {
  /** Adds records, all or none. */
  write(records: readonly AuditRecord[]): Promise<void>;
  /** The newest that fit, the oldest of them first. */
  find(query: AuditQuery): Promise<readonly AuditRecord[]>;
}

const MOST_CHARACTERS = 1000;
const MOST_RESOURCES = 20;

export function createAuditLog(database: Kysely<Tables>): AuditLog {
  return { write: (records) => write(database, records), find: (query) => find(database, query) };
}

/** One statement for any number of records. */
async function write(database: Kysely<Tables>, records: readonly AuditRecord[]): Promise<void> {
  if (records.length === 0) return;
  const text = JSON.stringify(records.map(rowOf));
  await sql`
    insert into audit_record (at, request_id, account, principal, access_key, region, source_ip, user_agent, operation, resources,
      status, error, message)
    select at, request_id, account, principal, access_key, region, source_ip, user_agent, operation, resources, status, error, message
    from jsonb_to_recordset(${text}::jsonb) as given (at timestamptz, request_id text, account text, principal text, access_key text,
      region text, source_ip text, user_agent text, operation text, resources jsonb, status integer, error text, message text)
  `.execute(database);
}

function rowOf(record: AuditRecord): object {
  return {
    at: record.at,
    request_id: storable(record.requestId),
    account: storable(record.account),
    principal: storable(record.principal),
    access_key: storable(record.accessKeyId),
    region: storable(record.region),
    source_ip: storable(record.sourceIp),
    user_agent: storable(record.userAgent),
    operation: storable(record.operation),
    resources: record.resources.slice(0, MOST_RESOURCES).map(storable),
    status: record.status,
    error: storable(record.error),
    message: storable(record.message),
  };
}

/** What the database would refuse is replaced: a request must not escape the log by its text. */
function storable(text: string | undefined): string | undefined {
  return text === undefined ? undefined : storableText(text.slice(0, MOST_CHARACTERS));
}

async function find(database: Kysely<Tables>, query: AuditQuery): Promise<readonly AuditRecord[]> {
  const { since, until, principal, accessKeyId, operation, resource, failed, limit } = query;
  let records = database.selectFrom("audit_record").selectAll().orderBy("at", "desc").orderBy("id", "desc").limit(limit);
  if (since !== undefined) records = records.where("at", ">=", since);
  if (until !== undefined) records = records.where("at", "<", until);
  if (principal?.startsWith("arn:") === true) records = records.where("principal", "=", principal);
  else if (principal !== undefined)
    records = records.where(sql<boolean>`right(principal, ${principal.length + 1}::int) = ${`:${principal}`}`);
  if (accessKeyId !== undefined) records = records.where("access_key", "=", accessKeyId);
  if (operation !== undefined) records = records.where("operation", "=", operation);
  if (resource !== undefined) records = records.where(sql<boolean>`resources @> ${JSON.stringify([resource])}::jsonb`);
  if (failed === true) records = records.where("status", ">=", 400);
  const rows = await records.execute();
  return rows.reverse().map((row) => ({
    ...{ at: row.at, requestId: row.request_id, resources: row.resources, status: row.status },
    ...given({ account: row.account, principal: row.principal, accessKeyId: row.access_key, region: row.region }),
    ...given({ sourceIp: row.source_ip, userAgent: row.user_agent, operation: row.operation, error: row.error, message: row.message }),
  }));
}

function given<Name extends string>(members: Readonly<Record<Name, string | null>>): Readonly<Partial<Record<Name, string>>> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as Partial<Record<Name, string>>;
}
