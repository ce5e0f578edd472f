import { describe, expect, test } from "@jest/globals";
import type { Holder, Liveness } from "./holder.js";
import { judgeLease, type LeaseRecord, type LeaseStatus } from "./lease-record.js";

const here: Holder = { pid: 1, startTime: "1", hostName: "laptop", bootId: "boot-1", pidNamespace: "pid:[1]" };
const rebooted: Holder = { ...here, bootId: "boot-0" };
const elsewhere: Holder = { ...here, hostName: "server", bootId: "boot-9" };
const NOON = Date.parse("2026-11-28T12:00:00Z");

/** A lease that is valid until a second past noon, and until 1000 by the monotonic clock. */
function lease(holder: Holder): LeaseRecord {
  return {
    execution: "build-1",
    generation: 1,
    holder,
    milliseconds: 30_000,
    expiresAt: "2026-11-28T12:00:01Z",
    expiresAtMonotonic: 1000,
    released: false,
  };
}

interface Row {
  readonly what: string;
  readonly holder: Holder;
  readonly liveness: Liveness;
  readonly wall?: number;
  readonly monotonic?: number;
  readonly expected: LeaseStatus;
}

const rows: readonly Row[] = [
  { what: "renewed in time, running", holder: here, liveness: "alive", expected: "held" },
  {
    what: "a laptop that slept: lapsed, running",
    holder: here,
    liveness: "alive",
    wall: NOON + 3_600_000,
    monotonic: 2000,
    expected: "held",
  },
  { what: "killed a moment ago", holder: here, liveness: "dead", expected: "interrupted" },
  { what: "killed and lapsed", holder: here, liveness: "dead", monotonic: 1000, expected: "orphaned" },
  { what: "killed, then the clock was put forward", holder: here, liveness: "dead", wall: NOON + 86_400_000, expected: "interrupted" },
  {
    what: "killed and lapsed, the clock was put back",
    holder: here,
    liveness: "dead",
    wall: NOON - 86_400_000,
    monotonic: 1000,
    expected: "orphaned",
  },
  { what: "rebooted a moment ago", holder: rebooted, liveness: "dead", monotonic: 5000, expected: "interrupted" },
  { what: "rebooted, then lapsed", holder: rebooted, liveness: "dead", wall: NOON + 1000, monotonic: 5, expected: "orphaned" },
  { what: "rebooted with the clock put back", holder: rebooted, liveness: "dead", wall: NOON - 86_400_000, expected: "orphaned" },
  { what: "on another computer, renewed in time", holder: elsewhere, liveness: "unknown", expected: "held" },
  { what: "on another computer, lapsed", holder: elsewhere, liveness: "unknown", wall: NOON + 1000, expected: "orphaned" },
];

describe("the status of a lease", () => {
  test.each(rows)("$what: $expected", ({ holder, liveness, wall = NOON, monotonic = 0, expected }) => {
    expect(judgeLease(lease(holder), liveness, here, { wall, monotonic })).toBe(expected);
  });

  test("released: free", () => {
    expect(judgeLease({ ...lease(here), released: true }, "alive", here, { wall: NOON, monotonic: 0 })).toBe("free");
  });
});
