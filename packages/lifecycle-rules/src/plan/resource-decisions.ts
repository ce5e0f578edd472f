import type { ImageStatus } from "@imagewright/imagebuilder-model";
import type { LifecycleAmi, LifecycleContainer, LifecycleSnapshot } from "../images/image.js";
import type { Action } from "../policy/policy.js";
import { RuleDecision, type LifecycleDecision, type ResourcePlan } from "./decision.js";
import type { DatedRule } from "./image-decision.js";
import { ACCESS_TAG } from "./kept-decisions.js";
import { quoted } from "./words.js";

// the role in another account; source: guide chapter 25
const ROLE = "Ec2ImageBuilderCrossAccountLifecycleAccess";

/** What a rule that acts on an image decides about one of its AMIs. `status` is that of the AMI, `accountId` that of the image. */
export function decideAmi(
  { rule, exclusions, kept }: DatedRule,
  ami: LifecycleAmi,
  status: ImageStatus,
  accountId: string,
  decision: LifecycleDecision,
): LifecycleDecision {
  const owner = ami.accountId ?? accountId;
  const excluded = exclusions.ofAmi(ami, owner);
  if (excluded !== undefined) return excluded;
  if (!rule.include.amis) return kept.amis;
  const byStatus = kept.amiStatus.get(status);
  if (byStatus !== undefined) return byStatus;
  return owner === accountId ? decision : needing(decision, rule.action, owner);
}

function needing(decision: LifecycleDecision, action: Action, accountId: string): LifecycleDecision {
  const needs = `the role ${quoted(ROLE)} in the account ${quoted(accountId)}`;
  return Object.assign(new RuleDecision(action, action, decision.code, reasonOf, decision), { needs });
}

function reasonOf({ reason }: LifecycleDecision): string {
  return reason;
}

/** What it decides about a snapshot, which can be deleted only together with its AMI or after it. */
export function decideSnapshot(
  { rule, exclusions, kept }: DatedRule,
  ami: LifecycleAmi,
  snapshot: LifecycleSnapshot,
  forAmi: LifecycleDecision,
  decision: LifecycleDecision,
): LifecycleDecision {
  if (rule.action !== "DELETE" || !rule.include.snapshots) return kept.snapshots;
  if (forAmi.action !== "DELETE" && ami.status !== "DELETED") return new RuleDecision("KEEP", rule.action, "resource-kept", amiKept, ami);
  return exclusions.ofSnapshot(snapshot.tags) ?? (forAmi.action === "DELETE" ? forAmi : decision);
}

function amiKept({ id }: LifecycleAmi): string {
  return `its AMI ${quoted(id)} is kept`;
}

/** What it decides about the container images of a region. */
export function decideContainer(
  { rule, kept }: DatedRule,
  { repositoryTags }: LifecycleContainer,
  decision: LifecycleDecision,
): LifecycleDecision {
  if (!rule.include.containers) return kept.containers;
  return repositoryTags === undefined || repositoryTags[ACCESS_TAG.key] === ACCESS_TAG.value ? decision : kept.unpermitted;
}

/**
 * What it decides about the image itself, which is the record of its resources: it is deleted only if the rule keeps none of them. The
 * other resources have their decisions already; `index` is that of the rule among them.
 */
export function decideItself(
  { rule, kept }: DatedRule,
  status: ImageStatus,
  resources: readonly ResourcePlan[],
  index: number,
  decision: LifecycleDecision,
): LifecycleDecision {
  const already = kept.imageStatus.get(status);
  if (already !== undefined || rule.action !== "DELETE") return already ?? decision;
  for (let at = 1; at < resources.length; at++) {
    const resource = resources[at] as ResourcePlan;
    const exception = resource.decisions[index] as LifecycleDecision;
    if (resource.kind !== "snapshot" && isException(exception))
      return new RuleDecision("KEEP", rule.action, "resource-kept", resourceKept, { resource, exception });
  }
  return decision;
}

function resourceKept({ resource: { kind, id, region }, exception }: { resource: ResourcePlan; exception: LifecycleDecision }): string {
  return `its ${kind === "ami" ? `AMI ${quoted(id)} in ${quoted(region)}` : `container image ${quoted(id)}`} is kept: ${exception.reason}`;
}

/** Whether a resource is kept although the rule acts on its image; then the image is kept too. */
function isException({ code }: LifecycleDecision): boolean {
  return code === "excluded" || code === "not-ready" || code === "not-permitted";
}
