import { quote, type DiagnosticCollector } from "@imagewright/diagnostics";
import type { DayRule } from "./expression.js";
import { DAY, WEEKDAY } from "./fields.js";
import { parseItem, parseValue } from "./parse-field.js";
import { slice, split, type Piece } from "./piece.js";

type MutableRule = { -readonly [Key in keyof DayRule]: DayRule[Key] };

function emptyRule(): MutableRule {
  return { days: 0, fromLast: 0, nearest: 0, lastWorkday: false, weekdays: 0, nth: [], lastOf: 0 };
}

const bit = (value: number): number => 1 << (value - 1);

/** Parses a day field other than `?`: days, ranges and steps, `L`, `L-3`, `LW` and `15W`. */
export function parseDayField(piece: Piece, found: DiagnosticCollector): DayRule {
  const rule = emptyRule();
  for (const item of split(piece, /,/)) addDay(rule, item, found);
  return rule;
}

function addDay(rule: MutableRule, item: Piece, found: DiagnosticCollector): void {
  const text = item.text.toUpperCase();
  if (text === "L") rule.fromLast |= 1;
  else if (text === "LW") rule.lastWorkday = true;
  else if (/^L-\d+$/.test(text)) addFromLast(rule, slice(item, 2), found);
  else if (/^\d+W$/.test(text)) rule.nearest |= maskOf([parseValue(slice(item, 0, text.length - 1), DAY, found)]);
  else if (/^[\dLW-]*[LW][\dLW-]*$/.test(text)) {
    const allowed =
      'allowed: "L", "L-3" for three days before it, "LW" or "15W"; every day from Monday to Friday is "MON-FRI" as day of the week';
    found.error("invalid-last-or-weekday", item.span, `day ${quote(item.text)} is not a valid use of "L" or "W"; ${allowed}`);
  } else if (text === "?") found.error("lonely-question-mark", item.span, '"?" must be the whole field');
  else rule.days |= maskOf(parseItem(item, DAY, found));
}

function addFromLast(rule: MutableRule, count: Piece, found: DiagnosticCollector): void {
  const value = Number(count.text);
  if (value >= 1 && value <= 30) rule.fromLast |= 1 << value;
  else found.error("value-out-of-range", count.span, `the days before the last, ${quote(count.text)}, are out of range; allowed: 1 to 30`);
}

/** Parses a day-of-week field other than `?`: weekdays and ranges, `L`, `5L` and `fri#2`. */
export function parseWeekdayField(piece: Piece, found: DiagnosticCollector): DayRule {
  const rule = emptyRule();
  for (const item of split(piece, /,/)) addWeekday(rule, item, found);
  return rule;
}

function addWeekday(rule: MutableRule, item: Piece, found: DiagnosticCollector): void {
  const { text } = item;
  // alone it means Sunday (guide chapter 42), although 7 is Saturday
  if (/^L$/i.test(text)) rule.weekdays |= bit(1);
  else if (text.includes("#")) addNth(rule, item, text.indexOf("#"), found);
  else if (/^[^-/]+L$/i.test(text)) rule.lastOf |= maskOf([parseValue(slice(item, 0, text.length - 1), WEEKDAY, found)]);
  else if (text === "?") found.error("lonely-question-mark", item.span, '"?" must be the whole field');
  else rule.weekdays |= maskOf(parseItem(item, WEEKDAY, found));
}

function addNth(rule: MutableRule, item: Piece, hash: number, found: DiagnosticCollector): void {
  const weekday = parseValue(slice(item, 0, hash), WEEKDAY, found);
  const week = slice(item, hash + 1);
  if (!/^[1-5]$/.test(week.text)) {
    found.error("invalid-week", week.span, `the week after "#" must be a number from 1 to 5; found ${quote(week.text)}`);
  } else if (weekday !== undefined) {
    rule.nth = WEEKDAY.all.map((value) => (rule.nth[value - 1] ?? 0) | (value === weekday ? bit(Number(week.text)) : 0));
  }
}

function maskOf(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((mask, value) => (value === undefined ? mask : mask | bit(value)), 0);
}
