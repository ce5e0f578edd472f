// A second way to find the runs of schedules, to compare with: it looks at each minute, reads the clock of the zone from the text of Intl,
// and shares no code with cron-rate. Schedules are sets of numbers, which `expressionOf` writes as an expression.

const MINUTE = 60_000;

export interface SlowCron {
  readonly zone: string;
  readonly minute: number;
  readonly hours: readonly number[];
  /** Days of the month, or of the week from 1, which is Sunday. */
  readonly days?: readonly number[];
  readonly weekdays?: readonly number[];
  readonly months: readonly number[];
}

export function expressionOf({ minute, hours, days, weekdays, months }: SlowCron): string {
  return `cron(${minute} ${hours.join(",")} ${days?.join(",") ?? "?"} ${months.join(",")} ${weekdays?.join(",") ?? "?"} *)`;
}

/** The runs of each schedule in a period, minute by minute: a time that clocks show twice has one run, one that they skip has none. */
export function slowRuns(schedules: readonly SlowCron[], from: number, until: number): readonly (readonly number[])[] {
  const runs: number[][] = schedules.map(() => []);
  for (const zone of new Set(schedules.map((schedule) => schedule.zone))) {
    const own = new Map<number, number[]>();
    for (const [index, schedule] of schedules.entries())
      if (schedule.zone === zone)
        for (const hour of schedule.hours) {
          const minute = hour * 60 + schedule.minute;
          own.set(minute, [...(own.get(minute) ?? []), index]);
        }
    for (const [time, clock] of firstShown(zone, from, until))
      for (const index of own.get((clock / MINUTE) % 1440) ?? [])
        if (isOnDay(schedules[index] as SlowCron, new Date(clock))) runs[index]?.push(time);
  }
  return runs;
}

/** Each minute in which the clocks of a zone show a time for the first time, with that time as if it were of UTC. */
function* firstShown(zone: string, from: number, until: number): Generator<readonly [number, number]> {
  const format = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
  });
  const read = (time: number): number => {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = (format.format(time).match(/\d+/g) ?? []).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute);
  };
  let latest = -Infinity;
  for (let block = from; block < until; block += 360 * MINUTE) {
    const end = Math.min(block + 360 * MINUTE, until);
    const [first, last] = [read(block), read(end - MINUTE)];
    // clocks that have gone as far as the time were not changed in between
    const isEven = last - first === end - MINUTE - block;
    for (let time = block; time < end; time += MINUTE) {
      const clock = isEven ? first + time - block : read(time);
      if (clock <= latest) continue;
      latest = clock;
      yield [time, clock];
    }
  }
}

function isOnDay({ days, weekdays, months }: SlowCron, clock: Date): boolean {
  return (
    months.includes(clock.getUTCMonth() + 1) &&
    days?.includes(clock.getUTCDate()) !== false &&
    weekdays?.includes(clock.getUTCDay() + 1) !== false
  );
}
