import type { AccessedResource } from "@imagewright/access-policies";
import { readArn } from "@imagewright/imagebuilder-model";
import { findByArn, type FindContext } from "../resources/find-resource.js";
import { compiled } from "./identity-policies.js";

/**
 * The tags and the policy of a resource that a request names; nothing of one that is not there, or that the caller cannot see. Its ARN is
 * there for what another account shares: that account's policy names the build or version, and the request may name a choice of them.
 */
export async function namedResource(context: FindContext, text: string): Promise<Partial<AccessedResource>> {
  const { value: arn } = readArn(text);
  const row = arn && (await findByArn(context, arn));
  if (row === undefined) return {};
  const policy = row.policy === null ? {} : { policy: compiled(row.policy, "resource", row.arn) };
  return { ...(row.owner !== context.caller.account && { arn: row.arn }), tags: row.tags, ...policy };
}
