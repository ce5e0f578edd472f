// A second, naive implementation to compare with: it looks at every minute, skips nothing and computes nothing ahead. It shares no code
// with
// the package; the local time comes from the text of Intl, for each minute around a transition.

const MINUTE = 60_000;
// jest makes each access to a global slow, and there are millions
const { floor } = Math;
const MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const WEEKDAYS = "SUN MON TUE WED THU FRI SAT".split(" ");

/** What the clocks of a zone show at each minute of a period, in minutes since 1970-01-01T00:00 on those clocks. */
export function clockReadings(timeZone: string, from: number, until: number): Float64Array {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const read = (time: number): number => {
    const [month, day, year, hour, minute] = (format.format(time).match(/\d+/g) as string[]).map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    return Date.UTC(year, month - 1, day, hour, minute) / MINUTE;
  };
  const readings = new Float64Array((until - from) / MINUTE);
  for (let start = 0; start < readings.length; start += 360) {
    const end = Math.min(start + 360, readings.length);
    const [first, last] = [read(from + start * MINUTE), read(from + (end - 1) * MINUTE)];
    const even = last - first === end - 1 - start;
    for (let index = start; index < end; index++) readings[index] = even ? first + index - start : read(from + index * MINUTE);
  }
  return readings;
}

/** All runs in a period with the given clock readings: each reading has at most one run, the first time it is shown. */
export function naiveRuns(expression: string, from: number, readings: Float64Array): number[] {
  const [minute, hour, ...date] = expression.split(" ") as [string, string, string, string, string, string];
  const minutes = Array.from({ length: 60 }, (_, value) => inList(minute, value, 0, 59));
  const hours = Array.from({ length: 24 }, (_, value) => inList(hour, value, 0, 23));
  const days = new Map<number, boolean>();
  const runs: number[] = [];
  let latest = -Infinity;
  for (let index = 0; index < readings.length; index++) {
    const reading = readings[index] as number;
    if (reading <= latest) continue;
    latest = reading;
    const day = floor(reading / 1440);
    if (!minutes[reading % 60] || !hours[floor(reading / 60) % 24]) continue;
    let matches = days.get(day);
    if (matches === undefined) days.set(day, (matches = dayMatches(date, new Date(day * 1440 * MINUTE))));
    if (matches) runs.push(from + index * MINUTE);
  }
  return runs;
}

function dayMatches([day, month, weekday, year]: readonly string[], date: Date): boolean {
  return (
    inList(year as string, date.getUTCFullYear(), 1970, 2199) &&
    inList(month as string, date.getUTCMonth() + 1, 1, 12, MONTHS) &&
    (day === "?" || (day as string).split(",").some((item) => isDay(item.toUpperCase(), date))) &&
    (weekday === "?" || (weekday as string).split(",").some((item) => isWeekday(item.toUpperCase(), date)))
  );
}

function isDay(item: string, date: Date): boolean {
  const day = date.getUTCDate();
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const isWorkday = (other: number) => ![0, 6].includes(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), other)).getUTCDay());
  if (item === "L") return day === last;
  if (item.startsWith("L-")) return day === last - Number(item.slice(2));
  if (item === "LW")
    return isWorkday(day) && Array.from({ length: last - day }, (_, index) => day + index + 1).every((later) => !isWorkday(later));
  if (!item.endsWith("W")) return inList(item, day, 1, 31);
  const wanted = Number(item.slice(0, -1));
  if (wanted > last) return false;
  const workdays = Array.from({ length: last }, (_, index) => index + 1).filter(isWorkday);
  const distance = Math.min(...workdays.map((other) => Math.abs(other - wanted)));
  return workdays.includes(day) && Math.abs(day - wanted) === distance;
}

function isWeekday(item: string, date: Date): boolean {
  const weekday = date.getUTCDay() + 1;
  const day = date.getUTCDate();
  const number = (text: string) => (WEEKDAYS.includes(text) ? WEEKDAYS.indexOf(text) + 1 : Number(text));
  if (item === "L") return weekday === 1;
  if (item.includes("#")) return weekday === number(item.split("#")[0] as string) && Math.ceil(day / 7) === Number(item.split("#")[1]);
  if (!item.endsWith("L")) return inList(item, weekday, 1, 7, WEEKDAYS);
  return weekday === number(item.slice(0, -1)) && new Date(date.getTime() + 7 * 1440 * MINUTE).getUTCMonth() !== date.getUTCMonth();
}

function inList(list: string, value: number, min: number, max: number, names: readonly string[] = []): boolean {
  return list.split(",").some((item) => {
    const [range, step = "1"] = item.split("/") as [string, string?];
    const number = (text: string) => (names.includes(text.toUpperCase()) ? names.indexOf(text.toUpperCase()) + min : Number(text));
    const [from, to] =
      range === "*"
        ? [min, max]
        : [number(range.split("-")[0] as string), number(range.split("-")[1] ?? (item.includes("/") ? String(max) : range))];
    const distance = value >= from ? value - from : value - from + (max - min + 1);
    return (from <= to ? value >= from && value <= to : value >= from || value <= to) && distance % Number(step) === 0;
  });
}
