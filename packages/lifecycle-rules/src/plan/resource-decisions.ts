import type { LifecycleAmi, LifecycleContainer, LifecycleImage, LifecycleSnapshot } from "../images/image.js";
import type { Action } from "../policy/policy.js";
import { keep, type Decision } from "./decision.js";
import { placeOfArn } from "./image-arn.js";
import { alreadyDone, type DatedRule } from "./image-decision.js";
import { RULED_STATUSES } from "./scope.js";
import { quoted } from "./words.js";

// the chapter's names: a role in the other account, a tag on the repository
const ROLE = "Ec2ImageBuilderCrossAccountLifecycleAccess";
const ACCESS_TAG = { key: "LifecycleExecutionAccess", value: "EC2 Image Builder" };

/** What a rule that acts on an image decides about an AMI of it. */
export function decideAmi({ rule, exclusions }: DatedRule, image: LifecycleImage, ami: LifecycleAmi, decision: Decision): Decision {
  const status = ami.status ?? image.status;
  const excluded = exclusions.ofAmi(ami);
  if (excluded !== undefined) return keep("excluded", `the AMI ${excluded}; the rule excludes that`, rule.action);
  if (!rule.include.amis) return keep("not-included", "the rule does not include AMIs", rule.action);
  const done = alreadyDone(rule.action, "the AMI", status);
  if (done !== undefined) return keep("already", done, rule.action);
  if (!RULED_STATUSES.has(status)) return keep("not-ready", `the status of the AMI is ${quoted(status)}`, rule.action);
  if (ami.accountId === undefined || ami.accountId === placeOfArn(image.arn).accountId) return decision;
  return { ...decision, needs: `the role ${quoted(ROLE)} in the account ${quoted(ami.accountId)}` };
}

/** What it decides about a snapshot: only what is left of a deleted AMI can be deleted. */
export function decideSnapshot({ rule, exclusions }: DatedRule, ami: LifecycleAmi, snapshot: LifecycleSnapshot, forAmi: Decision, decision: Decision): Decision {
  const tag = exclusions.ofTags(snapshot.tags);
  if (tag !== undefined) return keep("excluded", `the snapshot has the tag ${tag}; the rule excludes that`, rule.action);
  if (rule.action !== "DELETE" || !rule.include.snapshots) return keep("not-included", "the rule does not include snapshots", rule.action);
  if (forAmi.action === "DELETE") return forAmi;
  return ami.status === "DELETED" ? decision : keep("resource-kept", `its AMI ${quoted(ami.id)} is kept`, rule.action);
}

/** What it decides about the container images of a region. */
export function decideContainer({ rule }: DatedRule, { repositoryTags }: LifecycleContainer, decision: Decision): Decision {
  if (!rule.include.containers) return keep("not-included", "the rule does not include container images", rule.action);
  if (repositoryTags === undefined || repositoryTags[ACCESS_TAG.key] === ACCESS_TAG.value) return decision;
  return keep("not-permitted", `its repository lacks the tag ${quoted(ACCESS_TAG.key)}: ${quoted(ACCESS_TAG.value)}, which permits lifecycle actions`, rule.action);
}

/** What it decides about the image itself, which is the record of its resources: it is deleted only when none of them stays against the rule. */
export function decideItself(action: Action, image: LifecycleImage, decision: Decision, kept: KeptResource | undefined): Decision {
  const done = alreadyDone(action, "the image", image.status);
  if (done !== undefined) return keep("already", done, action);
  if (action !== "DELETE" || kept === undefined) return decision;
  return keep("resource-kept", `its ${kept.what} is kept: ${kept.reason}`, action);
}

export interface KeptResource {
  readonly what: string;
  readonly reason: string;
}

/** Whether a resource stays against the rule: then so does its image. */
export function isKeptAgainst({ code }: Decision): boolean {
  return code === "excluded" || code === "not-ready" || code === "not-permitted";
}
