import type { CallContext } from "../operation-definition.js";
import { arnIn, isOfOtherAccount, isVisible, type NamedBy } from "../resources/find-resource.js";
import { isSharedWith } from "../sharing/shares.js";
import type { ResourceQuery } from "./resource-query.js";

/** Which builds a list of builds shows. */
export interface BuildsListed {
  readonly owner: string;
  readonly where: (query: ResourceQuery) => ResourceQuery;
}

/**
 * The builds that match the ARN of a version, which may have wildcards where `levels` allows it; without an ARN those of all resources of
 * the account. An ARN that the caller cannot see has none.
 */
export function ofVersion(context: CallContext, text: string | undefined, named: NamedBy): BuildsListed {
  if (text === undefined) return { owner: context.caller.account, where: (query) => query };
  const arn = arnIn(context.operation, text, named);
  const [major, minor, patch] = arn.pattern?.numbers ?? [];
  return {
    owner: isVisible(context, arn) ? arn.owner : "",
    where: (query) => {
      let builds = query.where("type", "=", arn.type).where("slug", "=", arn.name);
      if (isOfOtherAccount(context, arn)) builds = builds.where(isSharedWith(context));
      if (major !== undefined) builds = builds.where("major", "=", major);
      if (minor !== undefined) builds = builds.where("minor", "=", minor);
      return patch === undefined ? builds : builds.where("patch", "=", patch);
    },
  };
}
