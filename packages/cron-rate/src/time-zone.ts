const DAY = 86_400_000;
// the shortest period with another offset is seven days (Boa Vista 2000, Gaza 2040), so no transition between two samples is missed
const SAMPLE_INTERVAL = 4 * DAY;
const BLOCK = 16 * SAMPLE_INTERVAL;
// no zone has a larger offset
const LARGEST_OFFSET = 15 * 3_600_000;

/** A change of a zone's offset: the instant, and the milliseconds ahead of UTC before it and from it on. */
interface Transition {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** What is known about one block of time. */
interface Block {
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
 * 1970-01-01T00:00 on the zone's own clocks. Offsets are read from Intl once per block of time and cached, because Intl is slow.
 */
export class TimeZone {
  readonly #format: Intl.DateTimeFormat;
  readonly #blocks: Map<number, Block>;

  private constructor(
    /** The name that was given. */
    readonly name: string,
    /** The canonical name by Intl: for a link such as US/Eastern, the name of its target. */
    readonly id: string,
    format: Intl.DateTimeFormat,
    blocks: Map<number, Block>,
  ) {
    this.#format = format;
    this.#blocks = blocks;
  }

  static readonly #byName = new Map<string, TimeZone>();
  static readonly #byId = new Map<string, TimeZone>();

  /** The zone of an IANA name in any case; undefined if there is none. A link such as US/Eastern is the zone under another name. */
  static named(name: string): TimeZone | undefined {
    const zone = TimeZone.#canonical(name);
    if (zone === undefined || zone.id.toLowerCase() === name.toLowerCase()) return zone;
    return new TimeZone(name, zone.id, zone.#format, zone.#blocks);
  }

  /** The zone of a name under its canonical name. */
  static #canonical(name: string): TimeZone | undefined {
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

  /** The offset from UTC at an instant in milliseconds, positive if the zone is ahead. */
  offsetAt(instant: number): number {
    if (this.id === "UTC") return 0;
    const { offset, transitions } = this.#block(Math.floor(instant / BLOCK));
    for (let index = transitions.length - 1; index >= 0; index--) {
      const transition = transitions[index] as Transition;
      if (transition.at <= instant) return transition.after;
    }
    return offset;
  }

  /** The instant of a local time: the first one if clocks show it twice, and the gap around it if they skip it. */
  resolve(local: number): number | Gap {
    if (this.id === "UTC") return local;
    let offset = this.offsetAt(local - LARGEST_OFFSET);
    for (const { at, before, after } of this.#transitions(local - LARGEST_OFFSET, local + LARGEST_OFFSET)) {
      if (local < at + before) break;
      if (local < at + after) return { start: at + before, end: at + after };
      offset = after;
    }
    return local - offset;
  }

  /** If clocks show the local time of an instant for the second time: the local time at which the repetition ends. Otherwise undefined. */
  endOfRepeat(instant: number): number | undefined {
    if (this.id === "UTC") return undefined;
    const repeated = this.#transitions(instant - DAY, instant).find(({ at, before, after }) => instant + after < at + before);
    return repeated === undefined ? undefined : repeated.at + repeated.before;
  }

  /** The transitions after one instant, up to and including another. */
  #transitions(after: number, until: number): readonly Transition[] {
    const first = this.#block(Math.floor(after / BLOCK)).transitions;
    const last = this.#block(Math.floor(until / BLOCK)).transitions;
    if (first.length === 0 && last.length === 0) return first;
    return (first === last ? first : [...first, ...last]).filter(({ at }) => at > after && at <= until);
  }

  #block(index: number): Block {
    let block = this.#blocks.get(index);
    if (block === undefined) {
      block = this.#readBlock(index * BLOCK);
      this.#blocks.set(index, block);
    }
    return block;
  }

  /** Reads the block that starts at an instant from Intl. */
  #readBlock(start: number): Block {
    const transitions: Transition[] = [];
    const first = this.#offsetByIntl(start);
    let offset = first;
    for (let low = start; low < start + BLOCK; low += SAMPLE_INTERVAL) {
      const target = this.#offsetByIntl(low + SAMPLE_INTERVAL);
      for (let from = low; offset !== target;) {
        const at = this.#firstChange(offset, from, low + SAMPLE_INTERVAL);
        const after = this.#offsetByIntl(at);
        transitions.push({ at, before: offset, after });
        [offset, from] = [after, at];
      }
    }
    return { offset: first, transitions };
  }

  /** The first second after `low` with another offset, found by bisection; `high` has another offset. */
  #firstChange(offset: number, low: number, high: number): number {
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000;
      if (this.#offsetByIntl(middle) === offset) low = middle;
      else high = middle;
    }
    return high;
  }

  /** The offset that Intl gives, from a text such as `1/1/1970, GMT-00:44:30`. */
  #offsetByIntl(instant: number): number {
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
