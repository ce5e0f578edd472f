import { extending, optional, schemaOf, structureSchemaOf, type Api, type Checked } from "@imagewright/imagebuilder-model";
import { formOfResource, resourceSchema } from "@imagewright/resource-files";
import type { JsonSchema } from "@imagewright/yaml-syntax";

/**
 * A policy that fits its schema: the request of CreateLifecyclePolicy or UpdateLifecyclePolicy without a token, or the response of
 * GetLifecyclePolicy.
 */
export type PolicyRequest = Checked<Omit<Api.CreateLifecyclePolicyRequest, "clientToken" | "name">> & {
  readonly arn?: string;
  /** Missing in an update, which has the ARN of the policy. */
  readonly name?: string;
  readonly lifecyclePolicyArn?: string;
};
export type PolicyDetail = PolicyRequest["policyDetails"][number];

let schema: JsonSchema | undefined;

/** The schema of a policy in the form that it has; the same object for each call. */
export function policySchema(policy: unknown): JsonSchema {
  return formOfResource("lifecycle-policy", policy) === "update" ? resourceSchema("lifecycle-policy", policy) : (schema ??= createSchema());
}

function createSchema(): JsonSchema {
  const date = schemaOf("DateTimeTimestamp");
  return extending(optional(structureSchemaOf("CreateLifecyclePolicyRequest"), ["clientToken"]), {
    arn: schemaOf("LifecyclePolicyArn"),
    dateCreated: date,
    dateUpdated: date,
    dateLastRun: date,
    // responses have empty tags if there are none
    tags: { ...schemaOf("TagMap"), minProperties: 0 },
  });
}
