import { extending, optional, schemaOf, structureSchemaOf, type Api, type Checked } from "@imagewright/imagebuilder-model";
import type { JsonSchema } from "@imagewright/yaml-syntax";

/** A policy that fits its schema: the request of CreateLifecyclePolicy without a token, or the response of GetLifecyclePolicy. */
export type PolicyRequest = Checked<Omit<Api.CreateLifecyclePolicyRequest, "clientToken">> & { readonly arn?: string };
export type PolicyDetail = PolicyRequest["policyDetails"][number];

let schema: JsonSchema | undefined;

/** The schema of a policy; the same object for each call. */
export function policySchema(): JsonSchema {
  return (schema ??= createSchema());
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
