import type { Api, Checked } from "@imagewright/imagebuilder-model";
import { readPolicy } from "@imagewright/lifecycle-rules";
import { sql, type Kysely } from "kysely";
import type { Tables } from "../../database/tables.js";
import { invalidValue } from "../../errors/api-errors.js";
import { faultsOfValue, WHOLE } from "../../input/faults-of-value.js";
import type { Listed } from "../../lists/resource-query.js";
import type { CallContext } from "../../operation-definition.js";
import { compact } from "../compact.js";

/** What requests that create and update a policy have in common. */
export type LifecyclePolicyInput = Checked<Omit<Api.UpdateLifecyclePolicyRequest, "lifecyclePolicyArn" | "clientToken">>;

/** The members of a policy that `detail` of its row has. */
export type LifecyclePolicyDetail = Omit<LifecyclePolicyInput, "status">;

/** The input with what is stored for members that are not given. Source: API model, `CreateLifecyclePolicyRequest.status`. */
export function withPolicyDefaults<Input extends LifecyclePolicyInput>(input: Input): Input {
  return { ...input, status: input.status ?? "ENABLED" };
}

/** Checks a policy by the rules that run it, and returns its detail. Throws InvalidParameterValueException with all faults. */
export function lifecyclePolicyDetail(
  { operation }: Pick<CallContext, "operation">,
  name: string,
  input: LifecyclePolicyInput,
): LifecyclePolicyDetail {
  const { description, executionRole, resourceType, policyDetails, resourceSelection } = input;
  const detail = compact({ description, executionRole, resourceType, policyDetails, resourceSelection });
  const faults = faultsOfValue(readPolicy({ name, ...detail }, { name: WHOLE }).diagnostics);
  if (faults !== undefined) throw invalidValue(operation, faults.parameter, faults.reason);
  return detail;
}

/** What lists show of a policy too. */
export function lifecyclePolicySummaryOf(row: Listed, lastRun: Date | undefined): Api.LifecyclePolicySummary {
  const { description, executionRole, resourceType } = row.detail as unknown as LifecyclePolicyDetail;
  return compact({
    ...{ arn: row.arn, name: row.name, description, status: row.status as Api.LifecyclePolicyStatus, executionRole, resourceType },
    ...{ dateCreated: row.created_at, dateUpdated: row.updated_at ?? undefined, dateLastRun: lastRun, tags: row.tags },
  });
}

/** A policy as GetLifecyclePolicy shows it. */
export function lifecyclePolicyOf(row: Listed, lastRun: Date | undefined): Api.LifecyclePolicy {
  const { policyDetails, resourceSelection } = row.detail as unknown as Pick<Api.LifecyclePolicy, "policyDetails" | "resourceSelection">;
  return { ...lifecyclePolicySummaryOf(row, lastRun), policyDetails, resourceSelection };
}

/** When policies ran last, by the ids of their rows. Runs of a policy of the same name that was deleted do not count. */
export async function lastRunsOf(database: Kysely<Tables>, policies: readonly Listed[]): Promise<ReadonlyMap<string, Date>> {
  if (policies.length === 0) return new Map();
  const { rows } = await sql<{ id: string; last_run: Date }>`
    select policy.id, max(run.started_at) as last_run
    from resource as policy
    join lifecycle_execution as run on run.region = policy.region and run.account = policy.owner and run.resource_arn = policy.arn
    where policy.id in (${sql.join(policies.map(({ id }) => id))}) and run.created_at >= policy.created_at and run.started_at is not null
    group by policy.id`.execute(database);
  return new Map(rows.map(({ id, last_run }) => [id, last_run]));
}
