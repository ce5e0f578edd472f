import { makeArn, slugOf, type ResourceArn, type ResourceType, type Tags } from "@imagewright/imagebuilder-model";
import { sql } from "kysely";
import type { ResourceRow } from "../database/tables.js";
import { ALL_COLUMNS } from "./all-columns.js";
import type { CallContext } from "../operation-definition.js";
import { isNewestVersion, markOlder } from "./newest.js";
import { takeNextBuild } from "./numbers.js";
import { assertQuota } from "./quotas.js";
import { storeReferences } from "./references.js";
import { kindOf, NO_VERSION, type NameOfResource, type VersionNumbers } from "./resource-name.js";

/** A resource that is to be stored. */
export interface NewResource {
  readonly type: ResourceType;
  readonly name: string;
  /** For types with versions: the numbers, their text as written, and of types with builds the build, or that it is the next one. */
  readonly version?: VersionNumbers & { readonly text: string; readonly build?: number | "next" };
  readonly status?: string;
  /** The members that lists and Get show, but for those with a column: ARN, name, version, dates, tags, owner. */
  readonly detail: object;
  /** What lists never need, such as a document. */
  readonly document?: string;
  readonly digest?: string;
  readonly tags?: Tags | undefined;
  /** What it names, and what therefore cannot be deleted before it. */
  readonly references?: readonly ResourceArn[];
}

/** The name under which the caller's resource of a type is stored. */
export function nameFor<Type extends ResourceType>(
  { caller }: CallContext,
  type: Type,
  name: string,
): NameOfResource & { readonly type: Type } {
  return { region: caller.region, owner: caller.account, type, slug: slugOf(name) };
}

/**
 * Stores a resource of the caller's account, in one statement. The name is locked, and the caller has seen to what exists. Throws for a
 * used-up quota.
 */
export async function storeResource(context: CallContext, resource: NewResource): Promise<ResourceRow> {
  const { database, services, now } = context;
  const name = nameFor(context, resource.type, resource.name);
  const { region, owner, type, slug } = name;
  const kind = kindOf(type);
  await assertQuota(context, kind);
  const { text = "", build: given = 0, ...version } = { ...NO_VERSION, ...resource.version };
  const { text: arn } = makeArn({ partition: services.partition, region, owner, type, name: slug }, text === "" ? undefined : { text });
  const build = given === "next" ? sql`(select last_build from taken)` : sql`${given}::integer`;
  const isNewest = text === "" ? sql`true` : isNewestVersion(name, version);
  const before = [
    ...(given === "next" ? [sql`taken as (${takeNextBuild(name, version)})`] : []),
    ...(text === "" ? [] : [sql`older as (${markOlder(name, version)})`]),
  ];
  const { rows } = await sql<ResourceRow>`
    ${before.length === 0 ? sql`` : sql`with ${sql.join(before)}`}
    insert into resource (
      region, owner, kind, type, slug, major, minor, patch, build, version, name, arn, newest_build, newest_version,
      status, detail, document, digest, tags, created_at)
    values (
      ${region}, ${owner}, ${kind}, ${type}, ${slug}, ${version.major}, ${version.minor}, ${version.patch}, ${build}, ${text}, ${resource.name},
      ${given === 0 ? sql`${arn}::text` : sql`${arn}::text || '/' || ${build}`}, true, ${isNewest},
      ${resource.status ?? null}, ${JSON.stringify(resource.detail)}, ${resource.document ?? null}, ${resource.digest ?? null},
      ${JSON.stringify(resource.tags ?? {})}, ${now})
    returning ${ALL_COLUMNS}`.execute(database);
  const [row] = rows as [ResourceRow];
  if (resource.references !== undefined) await storeReferences(context, row, resource.references);
  return row;
}
