import { makeArn, slugOf, type ResourceArn, type ResourceType, type Tags } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../database/tables.js";
import type { CallContext } from "../operation-definition.js";
import { markOlder } from "./newest.js";
import { assertQuota } from "./quotas.js";
import { storeReferences } from "./references.js";
import { kindOf, NO_VERSION, type NameOfResource, type VersionNumbers } from "./resource-name.js";

/** A resource that is to be stored. */
export interface NewResource {
  readonly type: ResourceType;
  readonly name: string;
  /** For types with versions: the numbers, their text as written, and the build of types with builds. */
  readonly version?: VersionNumbers & { readonly text: string; readonly build?: number };
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

/** Stores a resource of the caller's account. The name is locked, and the caller has seen to what exists. Throws for a used-up quota. */
export async function storeResource(context: CallContext, resource: NewResource): Promise<ResourceRow> {
  const { database, services, now } = context;
  const name = nameFor(context, resource.type, resource.name);
  const kind = kindOf(resource.type);
  await assertQuota(context, kind);
  const { text = "", build = 0, ...version } = { ...NO_VERSION, ...resource.version };
  const arnText = text === "" ? undefined : { text: build === 0 ? text : `${text}/${build}` };
  const arn = makeArn({ partition: services.partition, region: name.region, owner: name.owner, type: name.type, name: name.slug }, arnText);
  const isNewest = text === "" ? true : await markOlder(context, name, version);
  const { major, minor, patch } = version;
  const row = await database
    .insertInto("resource")
    .values({
      ...name,
      ...{ kind, major, minor, patch, build, version: text, name: resource.name, arn: arn.text },
      ...{ newest_build: true, newest_version: isNewest, status: resource.status ?? null },
      detail: JSON.stringify(resource.detail),
      ...{ document: resource.document ?? null, digest: resource.digest ?? null },
      tags: JSON.stringify(resource.tags ?? {}),
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (resource.references !== undefined) await storeReferences(context, row, resource.references);
  return row;
}
