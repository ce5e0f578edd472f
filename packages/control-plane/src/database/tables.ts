import type { ColumnType, Generated, JSONColumnType, Selectable } from "kysely";
import type { EventTables } from "./event-tables.js";
import type { ExecutionTables } from "./execution-tables.js";
import type { PipelineTables } from "./pipeline-tables.js";

/** The tables of the migrations. Timestamps are instants; numbers that a type of resources does not have are 0. */
export interface Tables extends EventTables, ExecutionTables, PipelineTables {
  readonly resource: ResourceTable;
  readonly used_version: UsedVersionTable;
  readonly resource_reference: ResourceReferenceTable;
  readonly resource_share: { readonly resource_id: string; readonly account: string };
  readonly client_token: ClientTokenTable;
  readonly access_key: AccessKeyTable;
  readonly identity_policy: IdentityPolicyTable;
  readonly audit_record: AuditRecordTable;
  readonly data_key: DataKeyTable;
  readonly server_secret: { readonly name: string; readonly value: Buffer };
}

type Json = JSONColumnType<Readonly<Record<string, unknown>>>;

interface NameColumns {
  readonly region: string;
  readonly owner: string;
  readonly type: string;
  readonly slug: string;
}

interface ResourceTable extends NameColumns {
  readonly id: Generated<string>;
  readonly kind: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly build: number;
  readonly version: Generated<string>;
  readonly name: string;
  readonly arn: string;
  readonly newest_build: boolean;
  readonly newest_version: boolean;
  readonly status: string | null;
  readonly detail: Json;
  readonly document: string | null;
  readonly digest: string | null;
  readonly tags: JSONColumnType<Readonly<Record<string, string>>>;
  readonly policy: string | null;
  readonly created_at: Date;
  readonly updated_at: Date | null;
}

interface UsedVersionTable extends NameColumns {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly last_build: number;
}

interface ResourceReferenceTable extends NameColumns {
  readonly resource_id: string;
  readonly major: number | null;
  readonly minor: number | null;
  readonly patch: number | null;
  readonly build: number | null;
}

interface ClientTokenTable {
  readonly region: string;
  readonly account: string;
  readonly operation: string;
  readonly token: string;
  readonly fingerprint: string;
  readonly answer: ColumnType<Readonly<Record<string, unknown>> | null, string | null, string | null>;
  readonly created_at: Date;
}

interface AuditRecordTable {
  readonly id: Generated<string>;
  readonly at: Date;
  readonly request_id: string;
  readonly account: string | null;
  readonly principal: string | null;
  readonly access_key: string | null;
  readonly region: string | null;
  readonly source_ip: string | null;
  readonly user_agent: string | null;
  readonly operation: string | null;
  readonly resources: JSONColumnType<readonly string[]>;
  readonly status: number;
  readonly error: string | null;
  readonly message: string | null;
}

interface AccessKeyTable {
  readonly id: string;
  readonly secret: string;
  readonly account: string;
  readonly principal: string;
  readonly created_at: Date;
}

interface IdentityPolicyTable {
  readonly principal: string;
  readonly name: string;
  readonly document: string;
  readonly created_at: Date;
}

interface DataKeyTable {
  readonly id: Generated<number>;
  readonly wrapped: Buffer;
  /** The name of the encryption key, or the ARN of the key of KMS that resources name. */
  readonly wrapped_by: string;
  /** Of a data key for resources with a key of their own: what it seals, `arn:…:123456789012:component/*`. */
  readonly context: Generated<string | null>;
  readonly created_at: Date;
}

/** A resource as stored. */
export type ResourceRow = Selectable<ResourceTable>;

/** All columns of a resource. */
export const RESOURCE_COLUMNS = [
  ...(["id", "region", "owner", "kind", "type", "slug", "major", "minor", "patch", "build", "version", "name", "arn"] as const),
  ...(["newest_build", "newest_version", "status", "detail", "document", "digest", "tags", "policy", "created_at", "updated_at"] as const),
] as const satisfies readonly (keyof ResourceRow)[];
