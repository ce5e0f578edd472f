import { modelError } from "../errors.js";
import { MOST_TAGS, type Tags } from "./tags.js";

/** The tags of a resource after `TagResource`: values of existing keys are replaced. Throws `too-many-tags` for more than 50. */
export function addTags(tags: Tags, added: Tags): Tags {
  const all = { ...tags, ...added };
  const count = Object.keys(all).length;
  if (count > MOST_TAGS.resource) throw modelError("too-many-tags", { count, limit: MOST_TAGS.resource });
  return all;
}

/** The tags of a resource after `UntagResource`. Missing keys are skipped. */
export function removeTags(tags: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}
