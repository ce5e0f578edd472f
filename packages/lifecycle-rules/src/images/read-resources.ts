import type { Cursor } from "@imagewright/diagnostics";
import { AMI_MEMBERS, CONTAINER_MEMBERS } from "./api-members.js";
import type { LifecycleAmi, LifecycleContainer, LifecycleSnapshot } from "./image.js";
import { readDate, readRequired, readStatus, readTags, readTexts, warnOfUnknown } from "./read-values.js";

const KNOWN_OF_AMI = new Set(AMI_MEMBERS);
const KNOWN_OF_CONTAINER = new Set(CONTAINER_MEMBERS);

/** Reads one item of `outputResources.amis`. */
export function readAmi(cursor: Cursor): LifecycleAmi[] {
  if (!isItem(cursor)) return [];
  warnOfUnknown(cursor, KNOWN_OF_AMI);
  const [id, region] = [readRequired(cursor, "image"), readRequired(cursor, "region")];
  const known = knownOf({
    accountId: cursor.member("accountId").text(),
    status: readStatus(cursor.member("state")),
    isPublic: cursor.member("isPublic").boolean(),
    lastLaunched: cursor.member("lastLaunched").value === null ? null : readDate(cursor.member("lastLaunched")),
    sharedAccounts: cursor.member("sharedAccounts").isAbsent ? undefined : readTexts(cursor.member("sharedAccounts")),
    tags: readTags(cursor.member("tags")),
  });
  const [usedBy, snapshots] = [readTexts(cursor.member("usedBy")), cursor.member("snapshots").items().flatMap(readSnapshot)];
  return id === undefined || region === undefined ? [] : [{ id, region, ...known, usedBy, snapshots }];
}

function readSnapshot(cursor: Cursor): LifecycleSnapshot[] {
  if (!isItem(cursor)) return [];
  const id = readRequired(cursor, "snapshotId");
  return id === undefined ? [] : [{ id, ...knownOf({ tags: readTags(cursor.member("tags")) }) }];
}

/** Reads one item of `outputResources.containers`. */
export function readContainer(cursor: Cursor): LifecycleContainer[] {
  if (!isItem(cursor)) return [];
  warnOfUnknown(cursor, KNOWN_OF_CONTAINER);
  const region = readRequired(cursor, "region");
  const imageUris = readTexts(cursor.member("imageUris"));
  const known = knownOf({ repositoryTags: readTags(cursor.member("repositoryTags")) });
  return region === undefined ? [] : [{ region, imageUris, ...known }];
}

function isItem(cursor: Cursor): boolean {
  if (cursor.isAbsent) cursor.must("wrong-type", "be an object");
  return cursor.isObject();
}

type Known<Members> = { [Name in keyof Members]?: Exclude<Members[Name], undefined> };

/** Without the members that are not known. */
function knownOf<Members extends object>(members: Members): Known<Members> {
  const known: Record<string, unknown> = {};
  for (const name in members) if (members[name] !== undefined) known[name] = members[name];
  return known as Known<Members>;
}
