import type { Api } from "@imagewright/imagebuilder-model";
import type { Listed } from "../../lists/resource-query.js";
import { arnOfEntry } from "../arn-of-entry.js";
import { compact } from "../compact.js";

/** The types that ARNs have for workflows. */
export const WORKFLOW_RESOURCE_TYPES = ["workflow/build", "workflow/test", "workflow/distribution"] as const;

/** The type in ARNs by that of the API. */
export const ARN_TYPE_OF_WORKFLOW = { BUILD: "workflow/build", TEST: "workflow/test", DISTRIBUTION: "workflow/distribution" } as const;

/** The members of a workflow that `detail` of its row has. */
export type WorkflowDetail = Pick<Api.Workflow, "description" | "changeDescription" | "type" | "kmsKeyId" | "parameters">;

/** What is the same in all forms of a workflow. */
function membersOf({ name, version, owner, created_at, detail }: Listed) {
  const { description, type } = detail as WorkflowDetail;
  return compact({ name, version, description, type, owner, dateCreated: created_at.toISOString() });
}

/** A workflow as GetWorkflow shows it. Workflows have no state but DEPRECATED, which nothing gives them here. */
export function workflowOf(row: Listed, document: string | null): Api.Workflow {
  const { changeDescription, kmsKeyId, parameters } = row.detail as WorkflowDetail;
  const data = document ?? undefined;
  return compact({ arn: row.arn, ...membersOf(row), changeDescription, data, kmsKeyId, parameters, tags: row.tags });
}

/** An entry of ListWorkflows. */
export function workflowVersionOf(row: Listed, byName: boolean): Api.WorkflowVersion {
  return { arn: arnOfEntry(row, byName), ...membersOf(row) };
}

/** An entry of ListWorkflowBuildVersions. */
export function workflowSummaryOf(row: Listed): Api.WorkflowSummary {
  const { changeDescription } = row.detail as WorkflowDetail;
  return compact({ arn: row.arn, ...membersOf(row), changeDescription, tags: row.tags });
}
