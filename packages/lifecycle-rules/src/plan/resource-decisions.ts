import type { ImageStatus, LifecycleAmi, LifecycleContainer, LifecycleSnapshot } from "../images/image.js";
import type { Action } from "../policy/policy.js";
import { RuleDecision, type Decision, type ResourcePlan } from "./decision.js";
import type { DatedRule } from "./image-decision.js";
import { ACCESS_TAG } from "./kept-decisions.js";
import { quoted } from "./words.js";

// the chapter's name of a role in the other account
const ROLE = "Ec2ImageBuilderCrossAccountLifecycleAccess";

/** What a rule that acts on an image decides about an AMI of it, given the status of the AMI and the account of the image. */
export function decideAmi(
  { rule, exclusions, kept }: DatedRule,
  ami: LifecycleAmi,
  status: ImageStatus,
  accountId: string,
  decision: Decision,
): Decision {
  const owner = ami.accountId ?? accountId;
  const excluded = exclusions.ofAmi(ami, owner);
  if (excluded !== undefined) return excluded;
  if (!rule.include.amis) return kept.amis;
  const stays = kept.amiStatus.get(status);
  if (stays !== undefined) return stays;
  return owner === accountId ? decision : needing(decision, rule.action, owner);
}

function needing(decision: Decision, action: Action, accountId: string): Decision {
  const needs = `the role ${quoted(ROLE)} in the account ${quoted(accountId)}`;
  return Object.assign(new RuleDecision(action, action, decision.code, reasonOf, decision), { needs });
}

function reasonOf({ reason }: Decision): string {
  return reason;
}

/** What it decides about a snapshot: only what is left of a deleted AMI can be deleted. */
export function decideSnapshot(
  { rule, exclusions, kept }: DatedRule,
  ami: LifecycleAmi,
  snapshot: LifecycleSnapshot,
  forAmi: Decision,
  decision: Decision,
): Decision {
  if (rule.action !== "DELETE" || !rule.include.snapshots) return kept.snapshots;
  if (forAmi.action !== "DELETE" && ami.status !== "DELETED") return new RuleDecision("KEEP", rule.action, "resource-kept", amiKept, ami);
  return exclusions.ofSnapshot(snapshot.tags) ?? (forAmi.action === "DELETE" ? forAmi : decision);
}

function amiKept({ id }: LifecycleAmi): string {
  return `its AMI ${quoted(id)} is kept`;
}

/** What it decides about the container images of a region. */
export function decideContainer({ rule, kept }: DatedRule, { repositoryTags }: LifecycleContainer, decision: Decision): Decision {
  if (!rule.include.containers) return kept.containers;
  return repositoryTags === undefined || repositoryTags[ACCESS_TAG.key] === ACCESS_TAG.value ? decision : kept.unpermitted;
}

/**
 * What it decides about the image itself, which is the record of its resources: it is deleted only when none of them stays against the
 * rule. The others have their decisions; `nth` is the place of the rule among them.
 */
export function decideItself(
  { rule, kept }: DatedRule,
  status: ImageStatus,
  resources: readonly ResourcePlan[],
  nth: number,
  decision: Decision,
): Decision {
  const already = kept.imageStatus.get(status);
  if (already !== undefined || rule.action !== "DELETE") return already ?? decision;
  for (let at = 1; at < resources.length; at++) {
    const resource = resources[at] as ResourcePlan;
    const against = resource.decisions[nth] as Decision;
    if (resource.kind !== "snapshot" && isKeptAgainst(against))
      return new RuleDecision("KEEP", rule.action, "resource-kept", resourceKept, { resource, against });
  }
  return decision;
}

function resourceKept({ resource: { kind, id, region }, against }: { resource: ResourcePlan; against: Decision }): string {
  return `its ${kind === "ami" ? `AMI ${quoted(id)} in ${quoted(region)}` : `container image ${quoted(id)}`} is kept: ${against.reason}`;
}

/** Whether a resource stays against the rule: then so does its image. */
function isKeptAgainst({ code }: Decision): boolean {
  return code === "excluded" || code === "not-ready" || code === "not-permitted";
}
