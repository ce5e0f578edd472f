import { sql, type RawBuilder } from "kysely";
import { assignVersion, type VersionedType } from "@imagewright/imagebuilder-model";
import type { Version, VersionPattern } from "@imagewright/semver-resolver";
import { parseVersion } from "@imagewright/semver-resolver";
import type { CallContext } from "../operation-definition.js";
import type { NameOfResource, VersionNumbers } from "./resource-name.js";

/**
 * The part of the statement that stores a build with which the build takes its number, as `last_build`: the next one of its version, from
 * 1. Numbers of deleted builds are not used again. The name is locked.
 */
export function takeNextBuild({ region, owner, type, slug }: NameOfResource, version: VersionNumbers): RawBuilder<unknown> {
  return sql`insert into used_version as used (region, owner, type, slug, major, minor, patch, last_build)
    values (${region}, ${owner}, ${type}, ${slug}, ${version.major}, ${version.minor}, ${version.patch}, 1)
    on conflict (region, owner, type, slug, major, minor, patch) do update set last_build = used.last_build + 1
    returning last_build`;
}

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
