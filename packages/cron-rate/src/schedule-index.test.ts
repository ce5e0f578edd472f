import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { nextRun, ScheduleIndex, type Schedule } from "./index.js";
import { anyCron } from "./testing/arbitrary.js";
import { scheduleOf, shown } from "./testing/schedules.js";

const NOW = new Date("2026-01-01T00:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

describe("ScheduleIndex", () => {
  test("reports due schedules and advances on request", () => {
    const index = new ScheduleIndex<string>(NOW);
    index.set("hourly", scheduleOf("cron(0 * * * ? *)"));
    index.set("daily", scheduleOf("cron(0 1 * * ? *)"));
    index.set("rate", scheduleOf("rate(7 minutes)", "UTC", "2026-01-01T00:00:30Z"));
    index.set("never", scheduleOf("cron(0 0 31 2 ? *)"));
    expect(index.due(later(0))).toEqual([]);
    expect(index.due(later(1))).toEqual([{ id: "rate", at: new Date("2026-01-01T00:00:30Z") }]);
    expect(index.due(later(60))).toEqual([
      { id: "rate", at: new Date("2026-01-01T00:00:30Z") },
      { id: "hourly", at: later(60) },
      { id: "daily", at: later(60) },
    ]);
    expect(index.advance(later(60)).map(({ id }) => id)).toEqual(["rate", "hourly", "daily"]);
    expect(index.due(later(60))).toEqual([]);
    expect(shown(["hourly", "daily", "rate", "never", "unknown"].map((id) => index.nextRunOf(id)))).toEqual([
      "2026-01-01 02:00",
      "2026-01-02 01:00",
      "2026-01-01 01:03:30",
      undefined,
      undefined,
    ]);
    expect(index.size).toBe(4);
  });

  test("due respects seconds", () => {
    const index = new ScheduleIndex<string>(NOW);
    index.set("rate", scheduleOf("rate(1 hour)", "UTC", "2026-01-01T00:00:30Z"));
    expect([29_999, 30_000].map((time) => index.due(new Date(NOW.getTime() + time)).length)).toEqual([0, 1]);
  });

  test("going back in time changes nothing", () => {
    const index = new ScheduleIndex<string>(NOW);
    index.set("hourly", scheduleOf("cron(0 * * * ? *)"));
    expect([index.advance(later(-600)), index.due(later(-1))]).toEqual([[], []]);
    index.set("half-hourly", scheduleOf("cron(*/30 * * * ? *)"));
    expect(shown(["hourly", "half-hourly"].map((id) => index.nextRunOf(id)))).toEqual(["2026-01-01 01:00", "2026-01-01 00:30"]);
  });

  test("an id has one schedule; an invalid schedule keeps the earlier one", () => {
    const index = new ScheduleIndex<string>(NOW);
    index.set("a", scheduleOf("cron(0 1 * * ? *)"));
    index.set("a", scheduleOf("cron(0 2 * * ? *)"));
    expect(() => index.set("a", scheduleOf("rate(1 hour)"))).toThrow('"rate(1 hour)" counts from its start, which is not known');
    expect([index.size, index.due(later(60)), index.due(later(120)).length]).toEqual([1, [], 1]);
    expect([index.delete("a"), index.delete("a"), index.size, index.due(later(1e6))]).toEqual([true, false, 0, []]);
    expect(() => new ScheduleIndex(new Date("x"))).toThrow('"now" must be a valid date');
  });

  test("modifying a returned date does not affect the index", () => {
    const index = new ScheduleIndex<string>(NOW);
    index.set("a", scheduleOf("cron(0 1 * * ? *)"));
    index.due(later(60))[0]?.at.setTime(0);
    index.nextRunOf("a")?.setTime(0);
    expect([shown([index.nextRunOf("a")]), index.due(later(59)), index.delete("a"), index.due(later(60))]).toEqual([
      ["2026-01-01 01:00"],
      [],
      true,
      [],
    ]);
  });

  test("returns the same as a linear search, in any state", () => {
    const step = fc.oneof(
      fc.record({ set: fc.nat(9), cron: anyCron(), zone: fc.constantFrom("UTC", "America/New_York") }),
      fc.record({ delete: fc.nat(9) }),
      fc.record({ advance: fc.oneof(fc.nat(120), fc.nat(3_000_000)) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.nat(100_000), (steps, ahead) => {
        const index = new ScheduleIndex<number>(NOW);
        const plain = new Map<number, { schedule: Schedule; next: Date | undefined }>();
        let now = 0;
        const scan = (until: number) =>
          [...plain]
            .filter(([, { next }]) => next !== undefined && next <= later(until))
            .map(([id, { next }]) => ({ id, at: next as Date }));
        const sorted = (due: readonly { id: number; at: Date }[]) => [...due].sort((a, b) => a.id - b.id);
        for (const change of steps) {
          if ("set" in change) {
            const schedule = scheduleOf(`cron(${change.cron})`, change.zone);
            index.set(change.set, schedule);
            plain.set(change.set, { schedule, next: nextRun(schedule, later(now)) });
          } else if ("delete" in change) expect(index.delete(change.delete)).toBe(plain.delete(change.delete));
          else {
            now += change.advance;
            const due = scan(now);
            expect(sorted(index.advance(later(now)))).toEqual(sorted(due));
            for (const { id } of due) {
              const { schedule } = plain.get(id) as { schedule: Schedule };
              plain.set(id, { schedule, next: nextRun(schedule, later(now)) });
            }
          }
        }
        const due = index.due(later(now + ahead));
        expect(sorted(due)).toEqual(sorted(scan(now + ahead)));
        expect(due.map(({ at }) => at)).toEqual([...due.map(({ at }) => at)].sort((a, b) => a.getTime() - b.getTime()));
      }),
    );
  });
});
