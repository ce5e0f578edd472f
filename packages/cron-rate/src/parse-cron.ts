import { count, DiagnosticCollector, quote, SourceFile } from "@imagewright/diagnostics";
import type { CronExpression, DayRule } from "./expression.js";
import { HOUR, MINUTE, MONTH, YEAR } from "./fields.js";
import { parseDayField, parseWeekdayField } from "./parse-days.js";
import { parseField } from "./parse-field.js";
import { slice, split, wholeOf, type Piece } from "./piece.js";

type SixFields = readonly [Piece, Piece, Piece, Piece, Piece, Piece];

/**
 * Reads the six fields of a cron expression, given without `cron(…)` around them. Every fault of every field goes to `found`;
 * after one, the result must not be used.
 */
export function parseCron(body: Piece, found: DiagnosticCollector): CronExpression | undefined {
  reportBlanks(body, found);
  const fields = split(body, /\s+/).filter((field) => field.text !== "");
  if (!hasSix(fields)) {
    reportCount(body, fields, found);
    return undefined;
  }
  const [minute, hour, , month, , year] = fields;
  return {
    kind: "cron",
    text: `cron(${body.text})`,
    minutes: parseField(minute, MINUTE, found),
    hours: parseField(hour, HOUR, found),
    days: parseDays(fields, found),
    months: parseField(month, MONTH, found),
    years: parseField(year, YEAR, found),
  };
}

/** One of the two day fields sets the days, the other one is `?`. Source: guide chapter 42, "Restrictions". */
function parseDays(fields: SixFields, found: DiagnosticCollector): DayRule {
  const [, , day, , weekday] = fields;
  if (day.text !== "?" && weekday.text !== "?") reportBoth(fields, found);
  if (day.text === "?" && weekday.text === "?") {
    found.error(
      "no-day",
      weekday.span,
      'the day and the day of the week are both "?"; one of them must set the days, such as "*" for every day',
    );
  }
  const ofWeek = weekday.text === "?" ? undefined : parseWeekdayField(weekday, found);
  const ofMonth = day.text === "?" ? undefined : parseDayField(day, found);
  return (ofWeek ?? ofMonth) as DayRule;
}

function reportBoth(fields: SixFields, found: DiagnosticCollector): void {
  const [, , day, , weekday] = fields;
  const redundant = day.text === "*" && weekday.text !== "*" ? day : weekday;
  const message = `the day ${quote(day.text)} and the day of the week ${quote(weekday.text)} cannot both be given; one of them must be "?"`;
  const right = withOneDay(fields.map(({ text }) => text));
  const help = redundant.text !== "*" ? "for both, use two schedules" : isAccepted(right) ? `write "${right}"` : undefined;
  found.error("two-days", redundant.span, message, help === undefined ? {} : { help });
}

/** The fields as an expression in which the redundant day field is `?`. */
function withOneDay([minute, hour, day, month, weekday, year]: readonly (string | undefined)[]): string {
  const isDayRedundant = day === "*" && weekday !== "*" && weekday !== "?";
  const isWeekdayRedundant = weekday === "*" && day !== "?";
  return [minute, hour, isDayRedundant ? "?" : day, month, isWeekdayRedundant ? "?" : weekday, year].join(" ");
}

/** Whether an expression may be proposed: it must be valid itself. */
function isAccepted(text: string): boolean {
  const found = new DiagnosticCollector();
  parseCron(wholeOf(new SourceFile("proposal", text)), found);
  return !found.hasErrors;
}

function reportBlanks(body: Piece, found: DiagnosticCollector): void {
  for (const match of body.text.matchAll(/\s+/g)) {
    const end = match.index + match[0].length;
    const inside = match.index > 0 && end < body.text.length;
    if (inside && match[0] === " ") continue;
    const place = inside ? "between two fields" : match.index === 0 ? "before the first field" : "after the last field";
    found.error(
      "unexpected-blanks",
      slice(body, match.index, end).span,
      `${quote(match[0])} ${place}; allowed: one space between two fields and none around them`,
    );
  }
}

function reportCount(body: Piece, fields: readonly Piece[], found: DiagnosticCollector): void {
  const names = "minute, hour, day, month, day of the week and year";
  found.error(
    "field-count",
    body.span,
    `a cron expression has six fields, ${names}; found ${count(fields.length, "field")}`,
    helpForCount(fields),
  );
}

function helpForCount(fields: readonly Piece[]): { readonly help?: string } {
  const texts = fields.map((field) => field.text);
  if (texts.some((text) => text.endsWith(",") || text.startsWith(","))) return { help: "a list has no blanks: jan,feb,mar" };
  if (texts.length === 5) {
    const right = withOneDay([...texts, "*"]);
    return { help: isAccepted(right) ? `the year is missing: "${right}"` : "the last field, the year, is missing" };
  }
  if (texts.length === 7) return { help: "there is no field for seconds: nothing runs more often than once a minute" };
  return {};
}

function hasSix(fields: readonly Piece[]): fields is SixFields {
  return fields.length === 6;
}
