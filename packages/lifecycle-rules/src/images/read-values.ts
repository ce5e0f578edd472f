import { nearest, quote, type Cursor } from "@imagewright/diagnostics";
import type { Tags } from "../policy/policy.js";
import { IMAGE_STATUSES, type ImageStatus } from "./image.js";

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/;
const SHORTEST_MONTH = 28;

/** A date of ISO 8601, with or without time and zone, in milliseconds UTC; without a zone it is UTC. */
export function readDate(cursor: Cursor): number | undefined {
  const text = cursor.text();
  if (text === undefined) return undefined;
  const time = timeOfText(text);
  return Number.isNaN(time) ? cursor.must("invalid-date", 'be a date such as "2027-01-31" or "2027-01-31T08:30:00Z"') : time;
}

function timeOfText(text: string): number {
  const [, year, month, day, zone] = DATE.exec(text) ?? [];
  // Date.parse takes February 31 for a day of March
  if (day === undefined || (Number(day) > SHORTEST_MONTH && Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()))
    return NaN;
  if (zone === undefined) return Date.parse(text.includes("T") ? `${text}Z` : text);
  return Date.parse(zone === "Z" ? text : text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
}

/** Tags as the API gives them; undefined where they are absent. Limits are those of who set them. */
export function readTags(cursor: Cursor): Tags | undefined {
  if (!cursor.isObject()) return undefined;
  const entries = cursor.entries().map(([key, value]) => [key, value.text() ?? ""] as const);
  return Object.fromEntries(entries);
}

export function readTexts(cursor: Cursor): string[] {
  return cursor.items().flatMap((item) => (item.isAbsent ? (item.must("wrong-type", "be a string") ?? []) : (item.text() ?? [])));
}

/** The status of `state`. */
export function readStatus(state: Cursor): ImageStatus | undefined {
  return state.isObject() ? state.required("status").oneOf(IMAGE_STATUSES) : undefined;
}

/** A text that has to be there and not be empty. */
export function readRequired(cursor: Cursor, name: string): string | undefined {
  return cursor.required(name).text({ least: 1 });
}

/** Warns of members that look like misspelt ones; others may be newer than this list. */
export function warnOfUnknown(cursor: Cursor, known: ReadonlySet<string>): void {
  for (const name of Object.keys(cursor.value as object)) {
    const meant = known.has(name) ? undefined : nearest(name, known);
    if (meant === undefined) continue;
    cursor
      .member(name)
      .fault("unknown-member", `unknown member ${quote(name)} of ${cursor.name} is not read; did you mean ${quote(meant)}?`, {
        part: "name",
        warning: true,
      });
  }
}
