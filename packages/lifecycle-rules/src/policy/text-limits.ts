import { quote, type Cursor } from "@imagewright/diagnostics";
import type { Tags } from "./policy.js";

// the limits of the shapes ResourceName, RoleNameOrArn, TagMap, TagKey and TagValue of the API
const NAME = /^[-_A-Za-z0-9][-_A-Za-z0-9 ]*[-_A-Za-z0-9]$/;
const ROLE_NAME = /^[a-zA-Z_0-9+=,.@\-_/]+$/;
const ROLE_ARN = /^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role\/[a-zA-Z_0-9+=,.@\-_/]+$/;
const TAG_KEY = /^[a-zA-Z+-=._:/]+$/;
const MOST_TAGS = 50;

/** The name of a resource: 3 to 128 letters, digits, hyphens, underscores and, inside, blanks. */
export function readName(cursor: Cursor): string | undefined {
  const name = cursor.text({ least: 3, most: 128 });
  if (name === undefined || NAME.test(name)) return name;
  if (/^ | $/.test(name)) return cursor.must("invalid-name", "start and end with a letter, digit, hyphen or underscore");
  return cursor.must("invalid-name", "have only letters, digits, hyphens, underscores and blanks");
}

/** The name or the ARN of a role. */
export function readRole(cursor: Cursor): string | undefined {
  const role = cursor.text({ least: 1, most: 2048 });
  if (role === undefined) return undefined;
  if (role.startsWith("arn:"))
    return ROLE_ARN.test(role) ? role : cursor.must("invalid-role", 'be an ARN such as "arn:aws:iam::123456789012:role/lifecycle"');
  return ROLE_NAME.test(role)
    ? role
    : cursor.must("invalid-role", 'be the name or the ARN of a role; a name has only letters, digits and "+=,.@-_/"');
}

/** Tags as a policy has them: 1 to 50, each with the limits of the API; none where it is absent. */
export function readTagMap(cursor: Cursor, least = 1): Tags {
  const entries = cursor.entries({ least, most: MOST_TAGS, what: "tag" });
  return Object.fromEntries(entries.map(([key, value]) => [key, readTag(key, value)]));
}

function readTag(key: string, value: Cursor): string {
  const fault = (message: string) => value.fault("invalid-tag", `the tag key ${quote(key)} ${message}`, { part: "name" });
  if (key.length < 1 || key.length > 128) fault(`must have 1 to 128 characters; it has ${key.length}`);
  else if (key.startsWith("aws:")) fault('must not start with "aws:"');
  else if (!TAG_KEY.test(key)) fault('must have only letters, digits and "+,-./:;<=_"');
  if (value.isAbsent) value.must("wrong-type", "be a string");
  return value.text({ most: 256 }) ?? "";
}
