import { quoted } from "./words.js";
import type { Tags } from "../policy/policy.js";

/** What stands for the first of some tags that a resource has; both name and value have to be the same. */
export type TagMatcher<Match> = (tags: Tags | undefined) => Match | undefined;

/** Makes what stands for each tag, of its name and value as a message has them, once. */
export function tagMatcher<Match>(wanted: Tags, matchOf: (tag: string) => Match): TagMatcher<Match> {
  const entries = Object.entries(wanted).map(([key, value]) => ({ key, value, match: matchOf(`${quoted(key)}: ${quoted(value)}`) }));
  return (tags) => {
    if (tags === undefined) return undefined;
    for (const { key, value, match } of entries) if (tags[key] === value && Object.hasOwn(tags, key)) return match;
    return undefined;
  };
}
