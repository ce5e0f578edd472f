import { dateText, lastStart, periodText } from "../calendar.js";
import { quoted } from "./words.js";
import type { LifecycleAmi } from "../images/image.js";
import type { LifecycleRule } from "../policy/policy.js";
import { keep, RuleDecision, type Decision } from "./decision.js";
import { tagMatcher, type TagMatcher } from "./tags.js";

/** The exclusions of a rule at a date: each decides to keep what it excludes, and nothing else. Decisions are made once, not for each image. */
export interface Exclusions {
  readonly ofImage: TagMatcher<Decision>;
  readonly ofSnapshot: TagMatcher<Decision>;
  readonly ofAmi: AmiTest;
}

type AmiTest = (ami: LifecycleAmi) => Decision | undefined;
/** Makes the decision to keep an AMI from what follows "the AMI ". */
type KeepAmi = (reason: string) => Decision;

export function exclusionsOf({ action, exclusions: { tagMap, amis } }: LifecycleRule, at: number): Exclusions {
  const keepAmi = (reason: string) => keep("excluded", `the AMI ${reason}; the rule excludes that`, action);
  const tests: AmiTest[] = [];
  if (Object.keys(tagMap).length > 0) tests.push(amiTagTest(tagMap, keepAmi, undefined));
  if (amis.isPublic) tests.push(publicTest(keepAmi));
  if (amis.regions.length > 0) tests.push(regionTest(amis.regions, keepAmi));
  if (amis.sharedAccounts.length > 0) tests.push(accountTest(amis.sharedAccounts, keepAmi));
  if (amis.lastLaunched !== undefined) {
    const period = periodText(amis.lastLaunched);
    const words = ({ lastLaunched }: LifecycleAmi) => `the AMI was last launched on ${dateText(lastLaunched ?? NaN)}, in the last ${period}; the rule excludes that`;
    const unknown = keepAmi(`may have been launched in the last ${period}, which is not known`);
    tests.push(launchTest(lastStart(at, amis.lastLaunched), unknown, (ami) => new RuleDecision("KEEP", action, "excluded", words, ami)));
  }
  if (Object.keys(amis.tagMap).length > 0) tests.push(amiTagTest(amis.tagMap, keepAmi, keepAmi("may have an excluded tag, which is not known")));
  return {
    ofImage: tagMatcher(tagMap, (tag) => keep("excluded", `the image has the tag ${tag}, which the rule excludes`, action)),
    ofSnapshot: tagMatcher(tagMap, (tag) => keep("excluded", `the snapshot has the tag ${tag}; the rule excludes that`, action)),
    ofAmi: (ami) => firstOf(tests, ami),
  };
}

function firstOf(tests: readonly AmiTest[], ami: LifecycleAmi): Decision | undefined {
  for (const test of tests) {
    const decision = test(ami);
    if (decision !== undefined) return decision;
  }
  return undefined;
}

function amiTagTest(wanted: LifecycleRule["exclusions"]["tagMap"], keepAmi: KeepAmi, unknown: Decision | undefined): AmiTest {
  const match = tagMatcher(wanted, (tag) => keepAmi(`has the tag ${tag}`));
  return ({ tags }) => (tags === undefined ? unknown : match(tags));
}

function publicTest(keepAmi: KeepAmi): AmiTest {
  const [known, unknown] = [keepAmi("is public"), keepAmi("may be public, which is not known")];
  return ({ isPublic }) => (isPublic === undefined ? unknown : isPublic ? known : undefined);
}

function regionTest(names: readonly string[], keepAmi: KeepAmi): AmiTest {
  const regions = new Map(names.map((name) => [name, keepAmi(`is in the region ${quoted(name)}`)]));
  return ({ region }) => regions.get(region);
}

function accountTest(ids: readonly string[], keepAmi: KeepAmi): AmiTest {
  const owners = new Map(ids.map((id) => [id, keepAmi(`belongs to the account ${quoted(id)}`)]));
  const users = new Map(ids.map((id) => [id, keepAmi(`is shared with the account ${quoted(id)}`)]));
  const unknown = keepAmi("may be shared with an excluded account, which is not known");
  return ({ accountId, sharedAccounts }) => {
    const owner = accountId === undefined ? undefined : owners.get(accountId);
    if (owner !== undefined || sharedAccounts === undefined) return owner ?? unknown;
    for (const id of sharedAccounts) if (users.has(id)) return users.get(id);
    return undefined;
  };
}

function launchTest(lastStale: number, unknown: Decision, launched: (ami: LifecycleAmi) => Decision): AmiTest {
  return (ami) => {
    if (ami.lastLaunched === undefined) return unknown;
    return ami.lastLaunched !== null && ami.lastLaunched > lastStale ? launched(ami) : undefined;
  };
}
