import type { ResourceArn, Tags } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../database/tables.js";
import type { CallContext } from "../operation-definition.js";
import { assertNotShared } from "../sharing/shares.js";
import { arnIn, findOwnResource, type NamedBy } from "./find-resource.js";
import { markNewest } from "./newest.js";
import { assertNoDependents, storeReferences } from "./references.js";
import { lockName, nameOfArn } from "./resource-name.js";

/** What a change replaces; a member that is not given stays. */
export interface ResourceChange {
  readonly detail?: object;
  readonly status?: string;
  readonly tags?: Tags;
  readonly policy?: string;
  readonly references?: readonly ResourceArn[];
}

/** Changes a resource that `findOwnResource` has found. `updated_at` is the time of the last change of `detail` or `status`. */
export async function changeResource(context: CallContext, row: ResourceRow, change: ResourceChange): Promise<void> {
  const { detail, status, tags, policy, references } = change;
  await context.database
    .updateTable("resource")
    .set({
      ...(detail === undefined ? {} : { detail: JSON.stringify(detail) }),
      ...(status === undefined ? {} : { status }),
      ...(tags === undefined ? {} : { tags: JSON.stringify(tags) }),
      ...(policy === undefined ? {} : { policy }),
      ...(detail === undefined && status === undefined ? {} : { updated_at: context.now }),
    })
    .where("id", "=", row.id)
    .execute();
  if (references !== undefined) await storeReferences(context, row, references);
}

/**
 * Deletes the caller's resource that an ARN of an input names. Throws like `findResource`, and ResourceDependencyException if it is shared
 * or others depend on it. The name is locked first, as by whoever creates; then the row, so that a resource that is to name it has ended.
 */
export async function deleteResource(context: CallContext, text: string, named: NamedBy): Promise<ResourceRow> {
  const arn = arnIn(context.operation, text, named);
  await lockName(context, nameOfArn(arn));
  const row = await findOwnResource(context, text, named);
  await assertNotShared(context, row);
  await assertNoDependents(context, row);
  await context.database.deleteFrom("resource").where("id", "=", row.id).execute();
  await markNewest(context, row);
  return row;
}
