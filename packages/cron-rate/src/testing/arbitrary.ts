import fc from "fast-check";

const MONTHS = ["jan", "Feb", "MAR", "apr", "May", "JUN", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "Mon", "TUE", "wed", "thu", "fri", "sat"];

export interface Common {
  /** Whether to leave out what not all libraries support: `L-3`, `L` as day of the week, and ranges that wrap. */
  readonly common?: boolean;
}

/** Any valid cron expression of six fields, without `cron(…)`. */
export function anyCron({ common = false }: Common = {}): fc.Arbitrary<string> {
  const minute = list(numbers(0, 59, common), 0.1);
  const hour = list(numbers(0, 23, common), 0.1);
  const month = list(fc.oneof(numbers(1, 12, common), fc.constantFrom(...MONTHS)), 0.6);
  const year = fc.oneof(
    { weight: 4, arbitrary: fc.constant("*") },
    { weight: 1, arbitrary: fc.constantFrom("2010-2025/2", "2023,2011", "2024-2199", "1970/3") },
  );
  const days = fc.oneof(
    list(
      fc.oneof(
        numbers(1, 31, common),
        lastDays(common),
        fc.integer({ min: 1, max: 31 }).map((day) => `${day}W`),
      ),
      0.3,
    ).map((day) => [day, "?"] as const),
    list(weekdays(common), 0.1).map((weekday) => ["?", weekday] as const),
  );
  return fc.tuple(minute, hour, days, month, year).map(([m, h, [day, weekday], mo, y]) => [m, h, day, mo, weekday, y].join(" "));
}

function lastDays(common: boolean): fc.Arbitrary<string> {
  const known = fc.constantFrom("L", "LW");
  return common
    ? known
    : fc.oneof(
        known,
        fc.integer({ min: 1, max: 30 }).map((back) => `L-${back}`),
      );
}

function weekdays(common: boolean): fc.Arbitrary<string> {
  const one = fc.oneof(fc.integer({ min: 1, max: 7 }).map(String), fc.constantFrom(...WEEKDAYS));
  const range = fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
    .map(([a, b]) => (common && a > b ? `${b}-${a}` : `${a}-${b}`));
  const nth = fc.tuple(one, fc.integer({ min: 1, max: 5 })).map(([weekday, week]) => `${weekday}#${week}`);
  const last = one.map((weekday) => `${weekday}L`);
  return fc.oneof(one, range, nth, last, ...(common ? [] : [fc.constantFrom("L", "FRI-mon", "sat-SUN")]));
}

function numbers(min: number, max: number, common: boolean): fc.Arbitrary<string> {
  const value = fc.integer({ min, max });
  const step = fc.integer({ min: 1, max: Math.min(max, 7) });
  const range = fc.tuple(value, value).map(([a, b]) => (common && a > b ? `${b}-${a}` : `${a}-${b}`));
  const stepped = fc.tuple(fc.oneof(range, value.map(String), fc.constant("*")), step).map(([base, by]) => `${base}/${by}`);
  return fc.oneof({ weight: 8, arbitrary: value.map(String) }, { weight: 1, arbitrary: range }, { weight: 1, arbitrary: stepped });
}

/** `*`, or one to three items. */
function list(item: fc.Arbitrary<string>, star: number): fc.Arbitrary<string> {
  const items = fc.array(item, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(","));
  return fc.oneof(
    { weight: Math.round(star * 10), arbitrary: fc.constant("*") },
    { weight: Math.round((1 - star) * 10), arbitrary: items },
  );
}
