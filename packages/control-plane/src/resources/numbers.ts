import { assignVersion, type VersionedType } from "@imagewright/imagebuilder-model";
import type { Version, VersionPattern } from "@imagewright/semver-resolver";
import { parseVersion } from "@imagewright/semver-resolver";
import type { CallContext } from "../operation-definition.js";
import type { NameOfResource, VersionNumbers } from "./resource-name.js";

/** Notes that a version without builds is used, so that it is never assigned again. The name is locked. */
export async function useVersion({ database }: CallContext, name: NameOfResource, version: VersionNumbers): Promise<void> {
  const { major, minor, patch } = version;
  await database
    .insertInto("used_version")
    .values({ ...name, major, minor, patch, last_build: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The version of a new recipe: as given, or the next one for a pattern with wildcards. The name is locked. Throws `numbers-exhausted`. */
export async function versionFor(
  { database }: CallContext,
  name: NameOfResource & { readonly type: VersionedType },
  pattern: VersionPattern,
): Promise<Version> {
  const used = database
    .selectFrom("used_version")
    .select(["major", "minor", "patch"])
    .where("region", "=", name.region)
    .where("owner", "=", name.owner)
    .where("type", "=", name.type)
    .where("slug", "=", name.slug)
    .orderBy("major", "desc")
    .orderBy("minor", "desc")
    .orderBy("patch", "desc");
  const [major, minor] = pattern.numbers;
  const matching = used
    .$if(major !== undefined, (query) => query.where("major", "=", major ?? 0))
    .$if(minor !== undefined, (query) => query.where("minor", "=", minor ?? 0));
  const newest = pattern.numbers.length < 3 ? await matching.limit(1).executeTakeFirst() : undefined;
  return assignVersion(pattern, newest === undefined ? [] : [parseVersion(`${newest.major}.${newest.minor}.${newest.patch}`)]);
}
