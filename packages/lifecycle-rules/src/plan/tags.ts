import { quoted } from "./words.js";
import type { Tags } from "../policy/policy.js";

/** The value for the first of some tags that a resource has; both name and value must match. */
export type TagMatcher<Match> = (tags: Tags | undefined) => Match | undefined;

/** Computes the value for each tag once, from its name and value as shown in messages. */
export function tagMatcher<Match>(wanted: Tags, matchOf: (tag: string) => Match): TagMatcher<Match> {
  const entries = Object.entries(wanted).map(([key, value]) => ({ key, value, match: matchOf(`${quoted(key)}: ${quoted(value)}`) }));
  return (tags) => {
    if (tags === undefined) return undefined;
    for (const { key, value, match } of entries) if (tags[key] === value && Object.hasOwn(tags, key)) return match;
    return undefined;
  };
}
