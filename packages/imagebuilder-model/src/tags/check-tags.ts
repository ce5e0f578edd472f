import { listOf, quote } from "@imagewright/diagnostics";
import { MOST_TAGS, type Tags, type TagTarget } from "./tags.js";

/** A fault of tags; without `key` it is about their number. */
export interface TagFault {
  readonly key?: string;
  readonly message: string;
}

const [LONGEST_KEY, LONGEST_VALUE] = [128, 256];
// only ASCII white space
const OTHER_CHARACTER = /[^a-zA-Z0-9 \t\n\v\f\r_.:/=+\-@]/u;
const RESERVED = ["CreatedBy", "Ec2ImageBuilderArn", "Name", "Tags"];

/**
 * All faults of tags, in their order: keys of 1 to 128 letters, digits, blanks and `_.:/=+-@`, which do not begin with `aws:` and on
 * instances are not those that the service sets; values of at most 256 characters; and not too many. An empty map is not a fault.
 * Source: API model, `TagKey`, `TagValue`, `TagMap`, `CreateInfrastructureConfigurationRequest.resourceTags`.
 */
export function checkTags(tags: Tags, target: TagTarget = "resource"): TagFault[] {
  const count = Object.keys(tags).length;
  const tooMany = count > MOST_TAGS[target] ? [{ message: `there are ${count} tags; allowed: at most ${MOST_TAGS[target]}` }] : [];
  const faults = Object.entries(tags).flatMap(([key, value]) =>
    [keyFault(key, target), valueFault(key, value)].flatMap((message) => (message === undefined ? [] : [{ key, message }])),
  );
  return [...tooMany, ...faults];
}

function keyFault(key: string, target: TagTarget): string | undefined {
  const length = [...key].length;
  if (length < 1 || length > LONGEST_KEY) return `the tag key ${quote(key)} has ${length} characters; allowed: 1 to ${LONGEST_KEY}`;
  if (key.startsWith("aws:")) return `the tag key ${quote(key)} begins with "aws:", which only AWS sets`;
  if (target === "instance" && RESERVED.includes(key))
    return `the tag key ${quote(key)} is set by the service; allowed: keys other than ${listOf(RESERVED, "and")}`;
  const other = OTHER_CHARACTER.exec(key)?.[0];
  return other === undefined ? undefined : `the tag key ${quote(key)} has ${quote(other)}; allowed: letters, digits, blanks and "_.:/=+-@"`;
}

function valueFault(key: string, value: string): string | undefined {
  const length = [...value].length;
  if (length <= LONGEST_VALUE) return undefined;
  return `the value of the tag ${quote(key)} has ${length} characters; allowed: at most ${LONGEST_VALUE}`;
}
