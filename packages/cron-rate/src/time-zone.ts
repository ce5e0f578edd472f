const DAY = 86_400_000;
// Zones have been on another offset for as little as seven days (Boa Vista 2000, Gaza 2040), so nothing between two looks is missed
const LOOK = 4 * DAY;
const STRETCH = 16 * LOOK;
// no zone is farther than this from UTC
const FARTHEST = 15 * 3_600_000;

/** A change of a zone's offset: the instant, and the milliseconds ahead of UTC before it and from it on. */
interface Transition {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

interface Stretch {
  /** The offset at its first instant. */
  readonly offset: number;
  readonly transitions: readonly Transition[];
}

/** Local times that clocks skip, in local milliseconds: from `start` up to, not including, `end`. */
export interface Gap {
  readonly start: number;
  readonly end: number;
}

/**
 * The clocks of an IANA time zone. All times are milliseconds: an instant counts from 1970-01-01T00:00Z, a local time from
 * 1970-01-01T00:00 on the zone's own clocks. What Intl says is asked once for each stretch of time and kept, because asking is slow.
 */
export class TimeZone {
  readonly #format: Intl.DateTimeFormat;
  readonly #stretches: Map<number, Stretch>;

  private constructor(
    /** The requested name. */
    readonly name: string,
    /** The name that Intl gives the zone: links such as US/Eastern have the name of what they link to. */
    readonly id: string,
    format: Intl.DateTimeFormat,
    stretches: Map<number, Stretch>,
  ) {
    this.#format = format;
    this.#stretches = stretches;
  }

  static readonly #byName = new Map<string, TimeZone>();
  static readonly #byId = new Map<string, TimeZone>();

  /** The zone of an IANA name in any case; undefined if there is none. A link such as US/Eastern is the zone under another name. */
  static named(name: string): TimeZone | undefined {
    const zone = TimeZone.#meantBy(name);
    if (zone === undefined || zone.id.toLowerCase() === name.toLowerCase()) return zone;
    return new TimeZone(name, zone.id, zone.#format, zone.#stretches);
  }

  static #meantBy(name: string): TimeZone | undefined {
    const key = name.toLowerCase();
    const known = TimeZone.#byName.get(key);
    if (known !== undefined) return known;
    const format = formatFor(name);
    if (format === undefined) return undefined;
    const id = format.resolvedOptions().timeZone;
    const zone = TimeZone.#byId.get(id) ?? new TimeZone(id, id, format, new Map());
    TimeZone.#byName.set(key, zone);
    TimeZone.#byId.set(id, zone);
    return zone;
  }

  /** How far the zone is ahead of UTC at an instant. */
  offsetAt(instant: number): number {
    if (this.id === "UTC") return 0;
    const { offset, transitions } = this.#stretch(Math.floor(instant / STRETCH));
    for (let index = transitions.length - 1; index >= 0; index--) {
      const transition = transitions[index] as Transition;
      if (transition.at <= instant) return transition.after;
    }
    return offset;
  }

  /** The instant of a local time, the first of two where clocks show it twice; the gap around it where they skip it. */
  resolve(local: number): number | Gap {
    if (this.id === "UTC") return local;
    let offset = this.offsetAt(local - FARTHEST);
    for (const { at, before, after } of this.#transitions(local - FARTHEST, local + FARTHEST)) {
      if (local < at + before) break;
      if (local < at + after) return { start: at + before, end: at + after };
      offset = after;
    }
    return local - offset;
  }

  /** Where an instant is in the second showing of local times that clocks show twice, the local time at which that ends. */
  endOfRepeat(instant: number): number | undefined {
    if (this.id === "UTC") return undefined;
    const repeated = this.#transitions(instant - DAY, instant).find(({ at, before, after }) => instant + after < at + before);
    return repeated === undefined ? undefined : repeated.at + repeated.before;
  }

  /** The transitions after one instant, up to and including another. */
  #transitions(after: number, until: number): readonly Transition[] {
    const first = this.#stretch(Math.floor(after / STRETCH)).transitions;
    const last = this.#stretch(Math.floor(until / STRETCH)).transitions;
    if (first.length === 0 && last.length === 0) return first;
    return (first === last ? first : [...first, ...last]).filter(({ at }) => at > after && at <= until);
  }

  #stretch(index: number): Stretch {
    let stretch = this.#stretches.get(index);
    if (stretch === undefined) {
      stretch = this.#explore(index * STRETCH);
      this.#stretches.set(index, stretch);
    }
    return stretch;
  }

  #explore(start: number): Stretch {
    const transitions: Transition[] = [];
    const first = this.#ask(start);
    let offset = first;
    for (let low = start; low < start + STRETCH; low += LOOK) {
      const target = this.#ask(low + LOOK);
      for (let from = low; offset !== target;) {
        const at = this.#firstChange(offset, from, low + LOOK);
        const after = this.#ask(at);
        transitions.push({ at, before: offset, after });
        [offset, from] = [after, at];
      }
    }
    return { offset: first, transitions };
  }

  /** The first second after `low` with another offset, by bisection; the offset at `high` differs. */
  #firstChange(offset: number, low: number, high: number): number {
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000;
      if (this.#ask(middle) === offset) low = middle;
      else high = middle;
    }
    return high;
  }

  /** The offset that Intl gives, from a text such as `1/1/1970, GMT-00:44:30`. */
  #ask(instant: number): number {
    const match = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(this.#format.format(instant));
    if (match === null) return 0;
    const [, sign, hours, minutes, seconds = "0"] = match;
    return (sign === "-" ? -1000 : 1000) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
  }
}

function formatFor(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

export const UTC = TimeZone.named("UTC") as TimeZone;
