import { quoted } from "./words.js";
import type { Tags } from "../policy/policy.js";

/** The first of some tags that a resource has, as a message has it; both name and value have to be the same. */
export type TagMatcher = (tags: Tags | undefined) => string | undefined;

export function tagMatcher(wanted: Tags): TagMatcher {
  const entries = Object.entries(wanted);
  if (entries.length === 0) return () => undefined;
  return (tags) => {
    if (tags === undefined) return undefined;
    const match = entries.find(([key, value]) => tags[key] === value && Object.hasOwn(tags, key));
    return match === undefined ? undefined : `${quoted(match[0])}: ${quoted(match[1])}`;
  };
}
