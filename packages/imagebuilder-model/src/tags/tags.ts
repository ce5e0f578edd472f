/** The values of tags by their keys. */
export type Tags = Readonly<Record<string, string>>;

/** What tags are put on: a resource of Image Builder, or the instances that it launches. */
export type TagTarget = "resource" | "instance";

/** The maximum number of tags. Source: API model, `TagMap` and `ResourceTagMap`. */
export const MOST_TAGS: Readonly<Record<TagTarget, number>> = { resource: 50, instance: 30 };
