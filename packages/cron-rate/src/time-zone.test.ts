import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { TimeZone } from "./time-zone.js";

const HOUR = 3_600_000;
const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
const instants = fc.date({ min: new Date("1970-01-02"), max: new Date("2060-01-01"), noInvalidDate: true }).map((date) => date.getTime());
const zonedAt = (instant: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);

// the edges of changes, which are of half an hour to a few hours, and what lies around them
const besides = fc.oneof(
  fc.constantFrom(-HOUR, -1, 0, 1, HOUR / 2, HOUR - 1, HOUR, HOUR + 1),
  fc.integer({ min: -2 * HOUR, max: 2 * HOUR }),
);

/** An instant and a zone, mostly near the zone's next change of offset, where it has one. */
const places = fc.tuple(zones, instants, besides, fc.nat(3)).map(([zone, instant, beside, choice]) => {
  const change = choice === 0 ? null : zonedAt(instant, zone).getTimeZoneTransition("next");
  return { zone, instant: change === null ? instant : change.epochMilliseconds + beside };
});

describe("compared with Temporal, with the same time zone data", () => {
  test("the offset at an instant is the same", () => {
    fc.assert(
      fc.property(places, ({ zone, instant }) => {
        expect([zone, instant, TimeZone.named(zone)?.offsetAt(instant)]).toEqual([
          zone,
          instant,
          zonedAt(instant, zone).offsetNanoseconds / 1_000_000,
        ]);
      }),
      { numRuns: 300 },
    );
  });

  test("a local time has its first instant, or none if clocks skip it", () => {
    fc.assert(
      fc.property(places, ({ zone, instant }) => {
        // read as a local time, the instant is near a change of offset as well
        const local = instant + (TimeZone.named(zone)?.offsetAt(instant - 6 * HOUR) ?? 0);
        const shown = zonedAt(local, "UTC").toPlainDateTime();
        const [first, last] = (["earlier", "later"] as const).map((disambiguation) => shown.toZonedDateTime(zone, { disambiguation }));
        const isSkipped = first?.toPlainDateTime().equals(shown) === false;
        const found = TimeZone.named(zone)?.resolve(local);
        if (!isSkipped) return expect([zone, local, found]).toEqual([zone, local, first?.epochMilliseconds]);
        // where it is skipped, Temporal goes as far before the gap or after it as the gap is long
        const length = (last?.epochMilliseconds ?? NaN) - (first?.epochMilliseconds ?? NaN);
        const gap = typeof found === "object" ? found : { start: NaN, end: NaN };
        expect([zone, local, gap.end - gap.start, gap.start <= local && local < gap.end]).toEqual([zone, local, length, true]);
      }),
      { numRuns: 300 },
    );
  });
});
