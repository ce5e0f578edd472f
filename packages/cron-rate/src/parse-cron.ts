import { count, DiagnosticCollector, quote, SourceFile } from "@imagewright/diagnostics";
import type { CronExpression, DayRule } from "./expression.js";
import { HOUR, MINUTE, MONTH, YEAR } from "./fields.js";
import { parseDayField, parseWeekdayField } from "./parse-days.js";
import { parseField } from "./parse-field.js";
import { slice, split, wholeOf, type Piece } from "./piece.js";

type SixFields = readonly [Piece, Piece, Piece, Piece, Piece, Piece];

/**
 * Reads the six fields of a cron expression, given without `cron(…)` around them. The first fault of each field goes to `found`;
 * after one, the result must not be used.
 */
export function parseCron(body: Piece, found: DiagnosticCollector): CronExpression | undefined {
  const fields = split(body, /\s+/).filter((field) => field.text !== "");
  if (!hasSix(fields)) {
    reportCount(body, fields, found);
    return undefined;
  }
  const [minute, hour, , month, , year] = fields;
  const before = found.counts.error;
  const cron: CronExpression = {
    kind: "cron",
    text: `cron(${body.text})`,
    minutes: withOneFault(found, (own) => parseField(minute, MINUTE, own)),
    hours: withOneFault(found, (own) => parseField(hour, HOUR, own)),
    days: parseDays(fields, found),
    months: withOneFault(found, (own) => parseField(month, MONTH, own)),
    years: withOneFault(found, (own) => parseField(year, YEAR, own)),
  };
  // a blank too many often stands for what is missing in a field
  if (found.counts.error === before) reportBlanks(body, found);
  return cron;
}

/** Of the faults of one field the first is reported, since the others may follow from it. */
function withOneFault<Value>(found: DiagnosticCollector, parse: (own: DiagnosticCollector) => Value): Value {
  const own = new DiagnosticCollector();
  const value = parse(own);
  found.add(own.diagnostics.slice(0, 1));
  return value;
}

/** One of the two day fields sets the days, the other one is `?`. Source: guide chapter 42, "Restrictions". */
function parseDays(fields: SixFields, found: DiagnosticCollector): DayRule {
  const [, , day, , weekday] = fields;
  if (day.text === "?" && weekday.text === "?") {
    found.error(
      "no-day",
      weekday.span,
      'the day and the day of the week are both "?"; one of them must set the days, such as "*" for every day',
    );
  }
  const before = found.counts.error;
  const ofWeek = weekday.text === "?" ? undefined : withOneFault(found, (own) => parseWeekdayField(weekday, own));
  const ofMonth = day.text === "?" ? undefined : withOneFault(found, (own) => parseDayField(day, own));
  // a field with a fault may be meant as "?"
  if (ofWeek !== undefined && ofMonth !== undefined && found.counts.error === before) reportBoth(fields, found);
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
