import type { Unit } from "../forms/unit.js";

/** Where reading a form may stand after some bytes, over all forms at once. */
export interface State {
  /** Whether a form ends here. */
  readonly accepting: boolean;
  /** Whether no byte can follow. */
  readonly final: boolean;
  readonly members: readonly number[];
  /** What follows after each byte: null where no form goes on, undefined where nobody has asked yet. */
  readonly next: (State | null | undefined)[];
}

// a place in a form is a number: its unit's, times this, plus the node in the unit's trie
const NODES = 4096;
// the states that are kept, of about 2 KiB each
const MOST_STATES = 4000;

/**
 * Reads forms byte after byte from their beginnings. A form with alternatives stands for more texts than could be listed, so a state is the
 * set of all places that the bytes may have led to. States are made when they are first reached, and thrown away when they are too many.
 */
export class Automaton {
  // the units of all forms; undefined behind the last of each
  readonly #units: (Unit | undefined)[] = [];
  #beginnings: number[] = [];
  #states = new Map<string, State>();
  #start: State = stateOf([], false);

  add(units: readonly Unit[]): void {
    this.#beginnings.push(this.#units.length * NODES);
    for (const unit of units) this.#units.push(unit);
    this.#units.push(undefined);
    this.#start = stateOf(this.#beginnings, false);
    this.#states.clear();
  }

  get start(): State {
    return this.#start;
  }

  /** The state before any byte of any form, not only before its first. */
  get anywhere(): State {
    const places = this.#units.flatMap((unit, index) => unit?.children.map((_, node) => index * NODES + node) ?? []);
    return stateOf(places, false);
  }

  /** The state after one more byte; null where no form goes on with it. */
  step(state: State, byte: number): State | null {
    const known = state.next[byte];
    if (known !== undefined) return known;
    const next = this.#follow(state, byte);
    state.next[byte] = next;
    return next;
  }

  /** The bytes that may stand at a place of a form and the places behind them, undefined for the form's end. */
  stepsFrom(place: number): (readonly [byte: number, place: number | undefined])[] {
    const steps: [number, number | undefined][] = [];
    const bytes = this.#units[Math.floor(place / NODES)]?.children[place % NODES]?.keys() ?? [];
    for (const byte of bytes) for (const next of this.#after(place, byte)) steps.push([byte, next]);
    return steps;
  }

  #follow(state: State, byte: number): State | null {
    const places = new Set(state.members.flatMap((place) => this.#after(place, byte)));
    if (places.size === 0) return null;
    const accepting = places.delete(undefined);
    const members = [...places].filter((place) => place !== undefined).sort((a, b) => a - b);
    const key = `${accepting ? "!" : ""}${members.join()}`;
    const next = this.#states.get(key) ?? stateOf(members, accepting);
    if (this.#states.size >= MOST_STATES) this.#forget();
    this.#states.set(key, next);
    return next;
  }

  #after(place: number, byte: number): (number | undefined)[] {
    const index = Math.floor(place / NODES);
    const unit = this.#units[index];
    const node = unit?.children[place % NODES]?.get(byte);
    if (unit === undefined || node === undefined) return [];
    const inside = unit.children[node]?.size === 0 ? [] : [index * NODES + node];
    if (!unit.ends[node]) return inside;
    return [...inside, this.#units[index + 1] === undefined ? undefined : (index + 1) * NODES];
  }

  #forget(): void {
    this.#states.clear();
    this.#start = stateOf(this.#beginnings, false);
  }
}

function stateOf(members: readonly number[], accepting: boolean): State {
  return { members, accepting, final: members.length === 0, next: new Array<State | null | undefined>(256) };
}
