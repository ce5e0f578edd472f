import { dateText, lastStart, periodText } from "../calendar.js";
import { quoted } from "./words.js";
import type { LifecycleAmi } from "../images/image.js";
import type { LifecycleRule } from "../policy/policy.js";
import { tagMatcher, type TagMatcher } from "./tags.js";

/** The exclusions of a rule at a date. Each tells the reason, as what follows "the AMI ", or undefined where nothing is excluded. */
export interface Exclusions {
  /** The tag of the rule that an image, an AMI or a snapshot has. */
  readonly ofTags: TagMatcher;
  readonly ofAmi: (ami: LifecycleAmi) => string | undefined;
}

type AmiTest = (ami: LifecycleAmi) => string | undefined;

export function exclusionsOf({ exclusions: { tagMap, amis } }: LifecycleRule, at: number): Exclusions {
  const ofTags = tagMatcher(tagMap);
  const tests: AmiTest[] = [({ tags }) => described(ofTags(tags))];
  if (amis.isPublic) tests.push(({ isPublic }) => (isPublic === undefined ? "may be public, which is not known" : isPublic ? "is public" : undefined));
  if (amis.regions.length > 0) tests.push(regionTest(new Set(amis.regions)));
  if (amis.sharedAccounts.length > 0) tests.push(accountTest(new Set(amis.sharedAccounts)));
  if (amis.lastLaunched !== undefined) tests.push(launchTest(lastStart(at, amis.lastLaunched), periodText(amis.lastLaunched)));
  if (Object.keys(amis.tagMap).length > 0) tests.push(amiTagTest(tagMatcher(amis.tagMap)));
  return { ofTags, ofAmi: (ami) => firstOf(tests, ami) };
}

function firstOf(tests: readonly AmiTest[], ami: LifecycleAmi): string | undefined {
  for (const test of tests) {
    const reason = test(ami);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function described(tag: string | undefined): string | undefined {
  return tag === undefined ? undefined : `has the tag ${tag}`;
}

function regionTest(regions: ReadonlySet<string>): AmiTest {
  return ({ region }) => (regions.has(region) ? `is in the region ${quoted(region)}` : undefined);
}

function accountTest(accounts: ReadonlySet<string>): AmiTest {
  return ({ accountId, sharedAccounts }) => {
    if (accountId !== undefined && accounts.has(accountId)) return `belongs to the account ${quoted(accountId)}`;
    if (sharedAccounts === undefined) return "may be shared with an excluded account, which is not known";
    const account = sharedAccounts.find((id) => accounts.has(id));
    return account === undefined ? undefined : `is shared with the account ${quoted(account)}`;
  };
}

function launchTest(lastStale: number, period: string): AmiTest {
  return ({ lastLaunched }) => {
    if (lastLaunched === undefined) return `may have been launched in the last ${period}, which is not known`;
    return lastLaunched !== null && lastLaunched > lastStale ? `was last launched on ${dateText(lastLaunched)}, in the last ${period}` : undefined;
  };
}

function amiTagTest(match: TagMatcher): AmiTest {
  return ({ tags }) => (tags === undefined ? "may have an excluded tag, which is not known" : described(match(tags)));
}
