import { extending, optional, schemaOf, structureSchemaOf, type Api, type Checked } from "@imagewright/imagebuilder-model";
import type { JsonSchema } from "@imagewright/yaml-syntax";

/** A policy that fits its schema: the request of CreateLifecyclePolicy without a token, or what GetLifecyclePolicy answers. */
export type PolicyRequest = Checked<Omit<Api.CreateLifecyclePolicyRequest, "clientToken">> & { readonly arn?: string };
export type PolicyDetail = PolicyRequest["policyDetails"][number];

let schema: JsonSchema | undefined;

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
    // an answer of the service has empty tags where there are none
    tags: { ...schemaOf("TagMap"), minProperties: 0 },
  });
}
