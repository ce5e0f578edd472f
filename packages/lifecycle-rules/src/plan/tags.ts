import { quoted } from "./words.js";
import type { Tags } from "@imagewright/imagebuilder-model";

/** Returns the value for the first of the wanted tags that a resource has; key and value must match. */
export type TagMatcher<Match> = (tags: Tags | undefined) => Match | undefined;

/** Makes a matcher. `matchOf` makes the value for a tag, once, from its text in messages: `"key": "value"`. */
export function tagMatcher<Match>(wanted: Tags, matchOf: (tag: string) => Match): TagMatcher<Match> {
  const entries = Object.entries(wanted).map(([key, value]) => ({ key, value, match: matchOf(`${quoted(key)}: ${quoted(value)}`) }));
  return (tags) => {
    if (tags === undefined) return undefined;
    for (const { key, value, match } of entries) if (tags[key] === value && Object.hasOwn(tags, key)) return match;
    return undefined;
  };
}
