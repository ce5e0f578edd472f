import type { Cursor } from "@imagewright/diagnostics";
import { TIME_UNITS, type Period } from "../calendar.js";
import type { AmiExclusions, ResourceType, RuleExclusions } from "./policy.js";
import { readTagMap } from "./text-limits.js";

const AMI_MEMBERS = ["isPublic", "regions", "sharedAccounts", "lastLaunched", "tagMap"];
const MOST_ACCOUNTS = 1536;
const LONGEST_SINCE_LAUNCH = 365;
const ACCOUNT = /^[0-9]{12}$/;

/** Reads `exclusionRules` of a rule. */
export function readExclusions(cursor: Cursor, resourceType: ResourceType | undefined): RuleExclusions {
  cursor.isObject(["tagMap", "amis"]);
  const amis = cursor.member("amis");
  if (resourceType === "CONTAINER_IMAGE" && !amis.isAbsent) {
    amis.fault("amis-of-containers", `${amis.name} is for AMI policies; this one is for container images`, { part: "name" });
  }
  return { tagMap: readTagMap(cursor.member("tagMap")), amis: readAmiExclusions(amis) };
}

function readAmiExclusions(cursor: Cursor): AmiExclusions {
  cursor.isObject(AMI_MEMBERS);
  const regions = cursor.member("regions").items();
  const accounts = cursor.member("sharedAccounts");
  const lastLaunched = readLastLaunched(cursor.member("lastLaunched"));
  return {
    isPublic: cursor.member("isPublic").boolean() ?? false,
    regions: regions.flatMap((region) => readItem(region, (item) => item.text({ least: 1, most: 1024 }))),
    sharedAccounts: accounts.items({ least: 1, most: MOST_ACCOUNTS, what: "account" }).flatMap((account) => readItem(account, readAccount)),
    ...(lastLaunched === undefined ? {} : { lastLaunched }),
    tagMap: readTagMap(cursor.member("tagMap")),
  };
}

function readAccount(cursor: Cursor): string | undefined {
  const account = cursor.text();
  return account === undefined || ACCOUNT.test(account) ? account : cursor.must("invalid-account", "be an account ID of 12 digits");
}

function readItem(cursor: Cursor, read: (cursor: Cursor) => string | undefined): string[] {
  if (cursor.isAbsent) cursor.must("wrong-type", "be a string");
  const text = read(cursor);
  return text === undefined ? [] : [text];
}

function readLastLaunched(cursor: Cursor): Period | undefined {
  if (!cursor.isObject(["value", "unit"])) return undefined;
  const value = cursor.required("value").wholeNumber(1, LONGEST_SINCE_LAUNCH);
  const unit = cursor.required("unit").oneOf(TIME_UNITS);
  return value === undefined || unit === undefined ? undefined : { value, unit };
}
