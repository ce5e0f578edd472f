import { memoized } from "../forms/unit.js";
import type { Automaton } from "./automaton.js";

// a longer window moves faster, but contains more pairs of bytes; measured with 1, 10 and 130 secrets
const LONGEST_WINDOW = 16;

/**
 * Finds where a form may begin without looking at every byte (Wu and Manber, 1994): the last two bytes of a window as long as the shortest
 * form say how far the window can move on at least. Where it cannot, its first two bytes are looked at as well.
 */
export class SkipTable {
  readonly #window: number;
  readonly #shifts: Uint8Array;
  readonly #beginnings = new Uint8Array(65_536);
  readonly #firstBytes = new Uint8Array(256);

  /** `shortest`: bytes of the shortest text that the automaton accepts, at least 2. */
  constructor(automaton: Automaton, shortest: number) {
    this.#window = Math.min(shortest, LONGEST_WINDOW);
    this.#shifts = new Uint8Array(65_536).fill(this.#window - 1);
    const steps = memoized((place: number) => automaton.stepsFrom(place));
    let places: Iterable<number> = automaton.start.members;
    for (let offset = 0; offset <= this.#window - 2; offset++) places = this.#enter(places, offset, steps);
  }

  /** The first position from `from` on where a form may begin; the end if there is none. */
  find(bytes: Uint8Array, from: number): number {
    const shifts = this.#shifts;
    const beginnings = this.#beginnings;
    const toSecondLast = this.#window - 2;
    const last = bytes.length - this.#window;
    let at = from;
    while (at <= last) {
      const shift = shifts[((bytes[at + toSecondLast] as number) << 8) | (bytes[at + toSecondLast + 1] as number)] as number;
      if (shift > 0) at += shift;
      else if (beginnings[((bytes[at] as number) << 8) | (bytes[at + 1] as number)] === 1) return at;
      else at++;
    }
    while (at < bytes.length && this.#firstBytes[bytes[at] as number] === 0) at++;
    return Math.min(at, bytes.length);
  }

  #enter(places: Iterable<number>, offset: number, steps: (place: number) => Steps): Set<number> {
    const following = new Set<number>();
    for (const place of places) {
      for (const [first, next] of steps(place)) {
        if (offset === 0) this.#firstBytes[first] = 1;
        if (next === undefined) continue;
        following.add(next);
        for (const [second] of steps(next)) this.#enterPair((first << 8) | second, offset);
      }
    }
    return following;
  }

  #enterPair(pair: number, offset: number): void {
    if (offset === 0) this.#beginnings[pair] = 1;
    const shift = this.#window - 2 - offset;
    if ((this.#shifts[pair] as number) > shift) this.#shifts[pair] = shift;
  }
}

type Steps = ReturnType<Automaton["stepsFrom"]>;
