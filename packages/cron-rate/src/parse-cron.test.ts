import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { renderText } from "@imagewright/diagnostics";
import { nextRuns, parseExpression } from "./index.js";
import { anyCron } from "./testing/arbitrary.js";
import { faultsOf, scheduleOf, shown } from "./testing/schedules.js";

const runs = (text: string, after: string, count = 3) => shown(nextRuns(scheduleOf(`cron(${text})`), new Date(after), count));

describe("chapter 42: examples", () => {
  // 2026-01-01 is a Thursday
  test.each([
    ["daily at 10:00", "0 10 * * ? *", ["2026-01-01 10:00", "2026-01-02 10:00", "2026-01-03 10:00"]],
    ["daily at 12:15", "15 12 * * ? *", ["2026-01-01 12:15", "2026-01-02 12:15", "2026-01-03 12:15"]],
    ["daily at midnight", "0 0 * * ? *", ["2026-01-02 00:00", "2026-01-03 00:00", "2026-01-04 00:00"]],
    ["weekdays at 10:00, in numbers", "0 10 ? * 2-6 *", ["2026-01-01 10:00", "2026-01-02 10:00", "2026-01-05 10:00"]],
    ["weekdays at 18:00, in names", "0 18 ? * mon-fri *", ["2026-01-01 18:00", "2026-01-02 18:00", "2026-01-05 18:00"]],
    ["the first day of every month", "0 8 1 * ? *", ["2026-01-01 08:00", "2026-02-01 08:00", "2026-03-01 08:00"]],
    ["the second Tuesday of every month", "30 22 ? * tue#2 *", ["2026-01-13 22:30", "2026-02-10 22:30", "2026-03-10 22:30"]],
  ])("%s, as the console and as the API writes it", (_what, text, expected) => {
    expect(runs(text, "2026-01-01T00:00Z")).toEqual(expected);
    expect(parseExpression(text)).toEqual(parseExpression(`cron(${text})`));
  });
});

describe("SCH-004, chapter 42: wildcards", () => {
  test.each([
    [", lists values", "0 0 1 jan,feb,mar ? *", ["2026-02-01 00:00", "2026-03-01 00:00", "2027-01-01 00:00"]],
    ["- is a range", "0 0 1-3 * ? *", ["2026-01-02 00:00", "2026-01-03 00:00", "2026-02-01 00:00"]],
    [
      "- goes over the end of the week",
      "0 0 ? * FRI-MON *",
      ["2026-01-02 00:00", "2026-01-03 00:00", "2026-01-04 00:00", "2026-01-05 00:00", "2026-01-09 00:00"],
    ],
    ["- goes over the end of the day", "0 22-1 * * ? *", ["2026-01-01 01:00", "2026-01-01 22:00", "2026-01-01 23:00", "2026-01-02 00:00"]],
    ["* is every value", "* * * * ? *", ["2026-01-01 00:01", "2026-01-01 00:02", "2026-01-01 00:03"]],
    ["/ counts from the first value: every other day", "0 0 */2 * ? *", ["2026-01-03 00:00", "2026-01-05 00:00", "2026-01-07 00:00"]],
    [
      "/ counts from a value to the end of the field",
      "0 15/4 1 1 ? *",
      ["2026-01-01 15:00", "2026-01-01 19:00", "2026-01-01 23:00", "2027-01-01 15:00"],
    ],
    [
      "/ counts in a range",
      "10-30/5 8 * * ? *",
      ["2026-01-01 08:10", "2026-01-01 08:15", "2026-01-01 08:20", "2026-01-01 08:25", "2026-01-01 08:30", "2026-01-02 08:10"],
    ],
    ["/ counts on over the end of a field", "0 22-4/2 * * ? *", ["2026-01-01 02:00", "2026-01-01 04:00", "2026-01-01 22:00"]],
    ["L is the last day of the month", "0 0 L * ? *", ["2026-01-31 00:00", "2026-02-28 00:00", "2026-03-31 00:00"]],
    ["L is the 29th in February of a leap year", "0 0 L 2 ? 2028", ["2028-02-29 00:00"]],
    ["L-3 is three days before it", "0 0 L-3 * ? *", ["2026-01-28 00:00", "2026-02-25 00:00", "2026-03-28 00:00"]],
    ["L-30 is the first, in months of 31 days", "0 0 L-30 * ? *", ["2026-03-01 00:00", "2026-05-01 00:00", "2026-07-01 00:00"]],
    ["L as day of the week is Sunday", "0 0 ? * L *", ["2026-01-04 00:00", "2026-01-11 00:00", "2026-01-18 00:00"]],
    ["5L is the month's last Thursday", "0 0 ? * 5L *", ["2026-01-29 00:00", "2026-02-26 00:00", "2026-03-26 00:00"]],
    ["friL is the month's last Friday", "0 0 ? * friL *", ["2026-01-30 00:00", "2026-02-27 00:00", "2026-03-27 00:00"]],
    ["3W is the weekday nearest to the third", "0 0 3W * ? *", ["2026-01-02 00:00", "2026-02-03 00:00", "2026-03-03 00:00"]],
    ["15W on a Sunday is the Monday after", "0 0 15W * ? *", ["2026-01-15 00:00", "2026-02-16 00:00", "2026-03-16 00:00"]],
    ["1W on a Saturday is Monday the third: the month is not left", "0 0 1W 8 ? *", ["2026-08-03 00:00", "2027-08-02 00:00"]],
    ["31W on a Sunday is Friday the 29th", "0 0 31W 5 ? *", ["2026-05-29 00:00", "2027-05-31 00:00"]],
    ["31W skips months of 30 days", "0 0 31W 4-7 ? 2026", ["2026-05-29 00:00", "2026-07-31 00:00"]],
    ["LW is the last weekday", "0 0 LW * ? *", ["2026-01-30 00:00", "2026-02-27 00:00", "2026-03-31 00:00"]],
    ["fri#2 is the second Friday", "0 0 ? * fri#2 *", ["2026-01-09 00:00", "2026-02-13 00:00", "2026-03-13 00:00"]],
    ["fri#5 skips months with four Fridays", "0 0 ? * 6#5 *", ["2026-01-30 00:00", "2026-05-29 00:00", "2026-07-31 00:00"]],
    ["? leaves it to the other day field", "0 0 ? * * *", ["2026-01-02 00:00", "2026-01-03 00:00", "2026-01-04 00:00"]],
    [
      "items of every kind make one list",
      "0 0 1,15W,L-1,L * ? 2026",
      ["2026-01-15 00:00", "2026-01-30 00:00", "2026-01-31 00:00", "2026-02-01 00:00"],
    ],
    [
      "weekdays of every kind make one list",
      "0 0 ? * mon#1,3L,SAT *",
      ["2026-01-03 00:00", "2026-01-05 00:00", "2026-01-10 00:00", "2026-01-17 00:00", "2026-01-24 00:00", "2026-01-27 00:00"],
    ],
  ])("%s", (_what, text, expected) => {
    expect(runs(text, "2026-01-01T00:00Z", expected.length)).toEqual(expected);
  });

  test("letters of any case", () => {
    expect(runs("0 0 lw,l-2 FEB ? *", "2026-01-01T00:00Z", 2)).toEqual(["2026-02-26 00:00", "2026-02-27 00:00"]);
    expect(runs("0 0 ? Feb Fril *", "2026-01-01T00:00Z", 1)).toEqual(["2026-02-27 00:00"]);
  });

  test.each([
    ["1", "2026-01-04"],
    ["2", "2026-01-05"],
    ["3", "2026-01-06"],
    ["4", "2026-01-07"],
    ["5", "2026-01-01"],
    ["6", "2026-01-02"],
    ["7", "2026-01-03"],
  ])("day of the week %s is that of %s: 1 is Sunday", (weekday, date) => {
    expect(runs(`0 1 ? * ${weekday} *`, "2026-01-01T00:00Z", 1)).toEqual([`${date} 01:00`]);
    const name = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][Number(weekday) - 1];
    expect(runs(`0 1 ? * ${name} *`, "2026-01-01T00:00Z", 1)).toEqual([`${date} 01:00`]);
  });
});

describe("chapter 42: supported values", () => {
  const OUT = "is out of range; allowed:";
  test.each([
    ["60 0 * * ? *", [`0-2 minute "60" ${OUT} 0 to 59 [value-out-of-range]`]],
    ["0 24 * * ? *", [`2-4 hour "24" ${OUT} 0 to 23 [value-out-of-range]`]],
    ["0 0 0 * ? *", [`4-5 day "0" ${OUT} 1 to 31 [value-out-of-range]`]],
    ["0 0 1-32 * ? *", [`6-8 day "32" ${OUT} 1 to 31 [value-out-of-range]`]],
    ["0 0 32W * ? *", [`4-6 day "32" ${OUT} 1 to 31 [value-out-of-range]`]],
    ["0 0 * 13 ? *", [`6-8 month "13" ${OUT} 1 to 12 [value-out-of-range]`]],
    ["0 0 ? * 0 *", [`8-9 day of the week "0" ${OUT} 1 to 7 [value-out-of-range]`]],
    ["0 0 ? * 8L *", [`8-9 day of the week "8" ${OUT} 1 to 7 [value-out-of-range]`]],
    ["cron(0 0 * * ? 1969)", [`15-19 year "1969" ${OUT} 1970 to 2199 [value-out-of-range]`]],
    ["0 0 * * ? 2026,2200", [`15-19 year "2200" ${OUT} 1970 to 2199 [value-out-of-range]`]],
    ["0 0 L-31 * ? *", [`6-8 the days before the last, "31", are out of range; allowed: 1 to 30 [value-out-of-range]`]],
    ["0 0 ? * fri#6 *", ['12-13 the week after "#" must be a number from 1 to 5; found "6" [invalid-week]']],
    ["0 0 ? * fri# *", ['12-12 the week after "#" must be a number from 1 to 5; found "" [invalid-week]']],
    ["0 0 * * ? 2030-2020", ['10-19 year range "2030-2020" ends before it starts [reversed-range]', 'help: write "2020-2030"']],
    ["*/0 0 * * ? *", ['2-3 minute step "0" must be a whole number from 1 to 59 [invalid-step]']],
    ["0 */24 * * ? *", ['4-6 hour step "24" must be a whole number from 1 to 23 [invalid-step]']],
    ["0 0 */32 * ? *", ['6-8 day step "32" must be a whole number from 1 to 31 [invalid-step]']],
    ["0 0 * * ? */x", ['12-13 year step "x" must be a whole number from 1 to 230 [invalid-step]']],
    ["0 0 * jna ? *", ['6-9 month "jna" must be a number from 1 to 12 or a name from "jan" to "dec"; did you mean "jan"? [invalid-value]']],
    ["0 0 ? * Monday *", ['8-14 day of the week "Monday" must be a number from 1 to 7 or a name from "sun" to "sat" [invalid-value]']],
    ["0 -1 * * ? *", ["2-2 the hour lacks a value; allowed: a number from 0 to 23 [value-missing]"]],
    ["1,,2 0 * * ? *", ["2-2 the minute lacks a value; allowed: a number from 0 to 59 [value-missing]"]],
    ["1.5 0 * * ? *", ['0-3 minute "1.5" must be a number from 0 to 59 [invalid-value]']],
  ])("%j is rejected", (text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });

  test("each field supports only the wildcards of its row", () => {
    const none = (label: string, sign: string, wildcards: string) =>
      `the ${label} does not support "${sign}"; its wildcards are ${wildcards} [unsupported-wildcard]`;
    expect(faultsOf("? L 1#2 15W MON/2 L-1")).toEqual([
      `0-1 ${none("minute", "?", ", - * /")}`,
      `2-3 ${none("hour", "L", ", - * /")}`,
      `4-7 ${none("day", "#", ", - * ? / L W")}`,
      `8-11 ${none("month", "W", ", - * /")}`,
      `12-17 ${none("day of the week", "/", ", - * ? L #")}`,
      `18-19 ${none("year", "L", ", - * /")}`,
    ]);
    expect(faultsOf("0 0 ? * 2W *")).toEqual([`8-10 ${none("day of the week", "W", ", - * ? L #")}`]);
  });

  test.each(["W", "L-", "WL", "1L", "1-5W", "L-3W"])("the day %s is not a valid use of L or W", (day) => {
    const allowed =
      'allowed: "L", "L-3" for three days before it, "LW" or "15W"; every day from Monday to Friday is "MON-FRI" as day of the week';
    expect(faultsOf(`0 0 ${day} * ? *`)).toEqual([
      `4-${4 + day.length} day "${day}" is not a valid use of "L" or "W"; ${allowed} [invalid-last-or-weekday]`,
    ]);
  });
});

describe("SCH-003, chapter 42: restrictions", () => {
  test.each([
    [
      "0 0 * * SUN *",
      [
        '4-5 the day "*" and the day of the week "SUN" cannot both be given; one of them must be "?" [two-days]',
        'help: write "0 0 ? * SUN *"',
      ],
    ],
    [
      "0 0 7 * * *",
      ['8-9 the day "7" and the day of the week "*" cannot both be given; one of them must be "?" [two-days]', 'help: write "0 0 7 * ? *"'],
    ],
    [
      "0 0 * * * *",
      ['8-9 the day "*" and the day of the week "*" cannot both be given; one of them must be "?" [two-days]', 'help: write "0 0 * * ? *"'],
    ],
    [
      "0 0 7 * MON *",
      [
        '8-11 the day "7" and the day of the week "MON" cannot both be given; one of them must be "?" [two-days]',
        "help: for both, use two schedules",
      ],
    ],
    [
      "0 0 ? * ? *",
      ['8-9 the day and the day of the week are both "?"; one of them must set the days, such as "*" for every day [no-day]'],
    ],
    ["0 0 ?,1 * ? *", ['4-5 "?" must be the whole field [lonely-question-mark]']],
    ["0 0 ? * 1,? *", ['10-11 "?" must be the whole field [lonely-question-mark]']],
  ])("one of the day fields is ?: %j", (text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });

  test("nothing is faster than a minute: there is no field for seconds", () => {
    expect(faultsOf("*/30 0 10 * * ? *")).toEqual([
      "0-17 a cron expression has six fields, minute, hour, day, month, day of the week and year; found 7 fields [field-count]",
      "help: there is no field for seconds: nothing runs more often than once a minute",
    ]);
  });
});

describe("SCH-002, chapter 42: six fields, each separated by a space", () => {
  const SIX = "a cron expression has six fields, minute, hour, day, month, day of the week and year; found";
  const ALLOWED = "allowed: one space between two fields and none around them [unexpected-blanks]";
  test.each([
    ["0 10 * * ?", [`0-10 ${SIX} 5 fields [field-count]`, 'help: the year is missing: "0 10 * * ? *"']],
    ["0 0 * * *", [`0-9 ${SIX} 5 fields [field-count]`, 'help: the year is missing: "0 0 * * ? *"']],
    ["0 0 1 * *", [`0-9 ${SIX} 5 fields [field-count]`, 'help: the year is missing: "0 0 1 * ? *"']],
    ["0 10 * * MON", [`0-12 ${SIX} 5 fields [field-count]`, 'help: the year is missing: "0 10 ? * MON *"']],
    ["0 10 1 * MON", [`0-12 ${SIX} 5 fields [field-count]`, "help: the last field, the year, is missing"]],
    ["0 10 * * 0", [`0-10 ${SIX} 5 fields [field-count]`, "help: the last field, the year, is missing"]],
    ["cron()", [`5-5 ${SIX} 0 fields [field-count]`]],
    ["0 0 1 jan, feb ? *", [`0-18 ${SIX} 7 fields [field-count]`, "help: a list has no blanks: jan,feb,mar"]],
    [
      "cron( 0  10 * *\t? * )",
      [
        `5-6 " " before the first field; ${ALLOWED}`,
        `7-9 "  " between two fields; ${ALLOWED}`,
        `15-16 "\\t" between two fields; ${ALLOWED}`,
        `19-20 " " after the last field; ${ALLOWED}`,
      ],
    ],
  ])("%j", (text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });
});

describe("SCH-006: parseExpression", () => {
  test.each([
    ["", ['0-0 a schedule expression must be "cron(…)", "rate(…)" or six cron fields; found "" [unknown-expression]']],
    [
      "5 minutes",
      [
        '0-9 a schedule expression must be "cron(…)", "rate(…)" or six cron fields; found "5 minutes" [unknown-expression]',
        'help: write "rate(5 minutes)"',
      ],
    ],
    ["5 weeks", ['0-7 a schedule expression must be "cron(…)", "rate(…)" or six cron fields; found "5 weeks" [unknown-expression]']],
    ["at(2026-01-01T00:00:00)", ['0-2 unknown kind of schedule expression "at"; allowed: "cron" or "rate" [unknown-expression]']],
    [
      "Cron(0 0 * * ? *)",
      ['0-4 unknown kind of schedule expression "Cron"; allowed: "cron" or "rate"; did you mean "cron"? [unknown-expression]'],
    ],
    [
      "cron(0 0 * * ? *",
      ['0-16 a schedule expression that starts with "cron(" must end with ")"; found "cron(0 0 * * ? *" [unclosed-expression]'],
    ],
    [
      `cron(${"1,".repeat(600)}1 0 * * ? *)`,
      ["0-1217 a schedule expression has at most 1024 characters; found 1217 [expression-too-long]"],
    ],
    ["0 0 31 2 ? *", ['0-12 "0 0 31 2 ? *" never runs: it matches no date from 1970 to 2199 [never-runs]']],
  ])("%j", (text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });

  test("faults are shown at their place", () => {
    expect(renderText(parseExpression("cron(0 25 ? * fri#9 *)").diagnostics)).toBe(
      [
        'schedule:1:8: hour "25" is out of range; allowed: 0 to 23 [value-out-of-range]',
        "  cron(0 25 ? * fri#9 *)",
        "         ^~",
        'schedule:1:19: the week after "#" must be a number from 1 to 5; found "9" [invalid-week]',
        "  cron(0 25 ? * fri#9 *)",
        "                    ^",
        "2 errors",
        "",
      ].join("\n"),
    );
  });

  test("any text gives an expression, or an error with a place in the text", () => {
    const almost = fc
      .tuple(anyCron(), fc.nat(60), fc.constantFrom("L", "W", "#", "?", "*", "-", "/", ",", " ", "9", "x", "(", ")", "\u0000"))
      .map(([text, at, sign]) => text.slice(0, at) + sign + text.slice(at + 1));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          almost,
          almost.map((text) => `cron(${text})`),
          fc.string().map((text) => `rate(${text})`),
        ),
        (text) => {
          const { expression, diagnostics } = parseExpression(text);
          expect(expression === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
          for (const { span } of diagnostics) expect(span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("help never proposes an invalid expression", () => {
    const refused = (text: string) => faultsOf(text).filter((fault) => !fault.includes("[never-runs]"));
    const signs = fc.constantFrom("L", "W", "#", "?", "*", "-", "/", ",", "99", "0", "mnday", " ", "");
    const changed = fc
      .tuple(anyCron(), fc.array(fc.tuple(fc.nat(60), fc.nat(3), signs), { maxLength: 2 }), fc.integer({ min: 4, max: 6 }))
      .map(([text, changes, fields]) =>
        changes
          .reduce((all, [at, length, sign]) => all.slice(0, at) + sign + all.slice(at + length), text)
          .split(" ")
          .slice(0, fields)
          .join(" "),
      );
    const star = fc
      .array(fc.constantFrom("*", "0", "1", "MON", "?", "1-5", "30-10"), { minLength: 5, maxLength: 6 })
      .map((fields) => fields.join(" "));
    const rates = fc
      .tuple(fc.nat(3), fc.constantFrom("minute", "minutes", "hour", "weeks", "dayz", "days"))
      .map(([value, unit]) => `${value} ${unit}`);
    let proposals = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          changed,
          star,
          rates,
          rates.map((rate) => `rate(${rate})`),
        ),
        (text) => {
          for (const { help = "", message, span } of parseExpression(text).diagnostics) {
            for (const [, proposal = ""] of help.matchAll(/(?:write|missing:) "([^"]*)"/g)) {
              const isPart = help.startsWith("write") && /^\d+-\d+$/.test(proposal);
              proposals += 1;
              if (isPart)
                expect(
                  parseExpression(text.slice(0, span.start) + proposal + text.slice(span.end)).diagnostics.map(({ code }) => code),
                ).not.toContain("reversed-range");
              else expect([text, proposal, refused(proposal)]).toEqual([text, proposal, []]);
            }
            const [, guess] = /did you mean "([^"]*)"/.exec(message) ?? [];
            const guessed =
              guess === undefined ? [] : parseExpression(text.slice(0, span.start) + guess + text.slice(span.end)).diagnostics;
            expect(guessed.filter((fault) => fault.message === message)).toEqual([]);
          }
        },
      ),
      { numRuns: 3000 },
    );
    expect(proposals).toBeGreaterThan(300);
  });

  test("valid expressions are read without diagnostics", () => {
    fc.assert(
      fc.property(anyCron(), (text) => expect(faultsOf(text).filter((fault) => !fault.includes("never runs"))).toEqual([])),
      { numRuns: 1000 },
    );
  });
});
