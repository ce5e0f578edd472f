import { dateText, lastStart, periodText } from "../calendar.js";
import { quoted } from "./words.js";
import type { LifecycleAmi } from "../images/image.js";
import type { Tags } from "@imagewright/imagebuilder-model";
import type { LifecycleRule } from "../policy/policy.js";
import { keep, RuleDecision, type LifecycleDecision } from "./decision.js";
import { tagMatcher, type TagMatcher } from "./tags.js";

/** The exclusions of a rule at a date: tests that return a decision to keep what is excluded. Decisions are made once, not per image. */
export interface Exclusions {
  readonly ofImage: TagMatcher<LifecycleDecision>;
  readonly ofSnapshot: TagMatcher<LifecycleDecision>;
  readonly ofAmi: AmiTest;
}

/** `accountId` is the account that owns the AMI. */
type AmiTest = (ami: LifecycleAmi, accountId: string) => LifecycleDecision | undefined;
/** Makes a decision to keep an AMI or a snapshot from a reason that follows "the AMI" or "the snapshot". */
type Keep = (reason: string) => LifecycleDecision;

/** The exclusions of a rule at a date (milliseconds UTC). */
export function exclusionsOf({ action, exclusions: { tagMap, amis } }: LifecycleRule, at: number): Exclusions {
  const keepAmi = (reason: string) => keep("excluded", `the AMI ${reason}; the rule excludes that`, action);
  const tests: AmiTest[] = [];
  if (Object.keys(tagMap).length > 0) tests.push(amiTagTest(tagMap, keepAmi));
  if (amis.isPublic) tests.push(publicTest(keepAmi));
  if (amis.regions.length > 0) tests.push(regionTest(amis.regions, keepAmi));
  if (amis.sharedAccounts.length > 0) tests.push(accountTest(amis.sharedAccounts, keepAmi));
  if (amis.lastLaunched !== undefined) {
    const period = periodText(amis.lastLaunched);
    const words = ({ lastLaunched }: LifecycleAmi) =>
      `the AMI was last launched on ${dateText(lastLaunched ?? NaN)}, in the last ${period}; the rule excludes that`;
    const unknown = keepAmi(`may have been launched in the last ${period}, which is not known`);
    tests.push(launchTest(lastStart(at, amis.lastLaunched), unknown, (ami) => new RuleDecision("KEEP", action, "excluded", words, ami)));
  }
  if (Object.keys(amis.tagMap).length > 0) tests.push(amiTagTest(amis.tagMap, keepAmi));
  return {
    ofImage: tagMatcher(tagMap, (tag) => keep("excluded", `the image has the tag ${tag}, which the rule excludes`, action)),
    ofSnapshot: tagTest(tagMap, (reason) => keep("excluded", `the snapshot ${reason}; the rule excludes that`, action)),
    ofAmi: (ami, accountId) => firstOf(tests, ami, accountId),
  };
}

function firstOf(tests: readonly AmiTest[], ami: LifecycleAmi, accountId: string): LifecycleDecision | undefined {
  for (const test of tests) {
    const decision = test(ami, accountId);
    if (decision !== undefined) return decision;
  }
  return undefined;
}

function amiTagTest(wanted: Tags, keepAmi: Keep): AmiTest {
  const test = tagTest(wanted, keepAmi);
  return ({ tags }) => test(tags);
}

/** Unknown tags may be excluded ones, so they keep the resource. */
function tagTest(wanted: Tags, keepIt: Keep): TagMatcher<LifecycleDecision> {
  const match = tagMatcher(wanted, (tag) => keepIt(`has the tag ${tag}`));
  const unknown = Object.keys(wanted).length > 0 ? keepIt("may have an excluded tag, which is not known") : undefined;
  return (tags) => (tags === undefined ? unknown : match(tags));
}

function publicTest(keepAmi: Keep): AmiTest {
  const [known, unknown] = [keepAmi("is public"), keepAmi("may be public, which is not known")];
  return ({ isPublic }) => (isPublic === undefined ? unknown : isPublic ? known : undefined);
}

function regionTest(names: readonly string[], keepAmi: Keep): AmiTest {
  const regions = new Map(names.map((name) => [name, keepAmi(`is in the region ${quoted(name)}`)]));
  return ({ region }) => regions.get(region);
}

function accountTest(ids: readonly string[], keepAmi: Keep): AmiTest {
  const owners = new Map(ids.map((id) => [id, keepAmi(`belongs to the account ${quoted(id)}`)]));
  const users = new Map(ids.map((id) => [id, keepAmi(`is shared with the account ${quoted(id)}`)]));
  const unknown = keepAmi("may be shared with an excluded account, which is not known");
  return ({ sharedAccounts }, accountId) => {
    const owner = owners.get(accountId);
    if (owner !== undefined || sharedAccounts === undefined) return owner ?? unknown;
    for (const id of sharedAccounts) if (users.has(id)) return users.get(id);
    return undefined;
  };
}

function launchTest(lastStale: number, unknown: LifecycleDecision, launched: (ami: LifecycleAmi) => LifecycleDecision): AmiTest {
  return (ami) => {
    if (ami.lastLaunched === undefined) return unknown;
    return ami.lastLaunched !== null && ami.lastLaunched > lastStale ? launched(ami) : undefined;
  };
}
