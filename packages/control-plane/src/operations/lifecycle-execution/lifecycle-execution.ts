import type { Api } from "@imagewright/imagebuilder-model";
import type { LifecycleExecutionResourceRow, LifecycleExecutionRow } from "../../database/pipeline-tables.js";
import { resourceNotFound } from "../../errors/api-errors.js";
import type { CallContext } from "../../operation-definition.js";
import { compact } from "../compact.js";

/** A lifecycle execution, and whether it has found anything to do. */
export type FoundLifecycleExecution = LifecycleExecutionRow & { readonly has_resources: boolean };

/** The lifecycle executions of the account. */
export function lifecycleExecutionsOf({ database, caller }: CallContext) {
  return database
    .selectFrom("lifecycle_execution as execution")
    .selectAll("execution")
    .select(({ exists, selectFrom, lit }) =>
      exists(
        selectFrom("lifecycle_execution_resource as found").select(lit(1).as("one")).whereRef("found.execution_id", "=", "execution.id"),
      )
        .$castTo<boolean>()
        .as("has_resources"),
    )
    .where("execution.region", "=", caller.region)
    .where("execution.account", "=", caller.account);
}

/** The lifecycle execution of the account with an id. Throws ResourceNotFoundException. */
export async function findLifecycleExecution(context: CallContext, id: string): Promise<FoundLifecycleExecution> {
  const row = await lifecycleExecutionsOf(context).where("execution.id", "=", id.toLowerCase()).executeTakeFirst();
  if (row === undefined) throw resourceNotFound("LifecycleExecution", id);
  return row;
}

/** A lifecycle execution as the API shows it: one of an image names no policy. */
export function lifecycleExecutionOf(row: FoundLifecycleExecution): Api.LifecycleExecution {
  return compact({
    lifecycleExecutionId: row.id,
    lifecyclePolicyArn: row.resource_arn.includes(":lifecycle-policy/") ? row.resource_arn : undefined,
    resourcesImpactedSummary: { hasImpactedResources: row.has_resources },
    state: lifecycleStateOf(row),
    ...{ startTime: row.started_at ?? undefined, endTime: row.ended_at ?? undefined },
  });
}

export function lifecycleStateOf({ status, reason }: LifecycleExecutionRow): Api.LifecycleExecutionState {
  return compact({ status, reason: reason ?? undefined });
}

/** An entry of ListLifecycleExecutionResources. */
export function lifecycleExecutionResourceOf(row: LifecycleExecutionResourceRow): Api.LifecycleExecutionResource {
  return compact({
    ...{ accountId: row.account, resourceId: row.resource_id, region: row.region },
    state: compact({ status: row.status, reason: row.reason ?? undefined }),
    action: compact({ name: row.action, reason: row.action_reason ?? undefined }),
    ...{
      snapshots: row.snapshots?.map((snapshot) => ({ ...snapshot })),
      imageUris: row.image_uris === null ? undefined : [...row.image_uris],
    },
    ...{ startTime: row.started_at ?? undefined, endTime: row.ended_at ?? undefined },
  });
}
