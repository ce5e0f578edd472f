import type { Unit } from "../forms/unit.js";

/** A state of the automaton: all positions in forms that the bytes so far may have led to. */
export interface State {
  /** Whether a form ends here. */
  readonly accepting: boolean;
  /** Whether no byte can follow. */
  readonly final: boolean;
  readonly members: readonly number[];
  /** The next state for each byte: null if no form continues, undefined if not computed yet. */
  readonly next: (State | null | undefined)[];
}

// a position in a form is a number: its unit's index, times this, plus the node in the unit's trie
const NODES = 4096;
// how many states are kept, of about 2 KiB each
const MOST_STATES = 4000;

/**
 * Reads forms byte by byte from their beginnings. A form with alternatives represents more texts than could be listed, so a state is the
 * set of all positions that the bytes may have led to. States are created when they are first reached and dropped when there are too many.
 */
export class Automaton {
  // the units of all forms; undefined after the last of each
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

  /** The state in which all positions of all forms are possible. */
  get anywhere(): State {
    const places = this.#units.flatMap((unit, index) => unit?.children.map((_, node) => index * NODES + node) ?? []);
    return stateOf(places, false);
  }

  /** The state after one more byte; null if no form continues with it. */
  step(state: State, byte: number): State | null {
    const known = state.next[byte];
    if (known !== undefined) return known;
    const next = this.#follow(state, byte);
    state.next[byte] = next;
    return next;
  }

  /** The bytes allowed at a position of a form and the positions after them; undefined at the form's end. */
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
    if (this.#states.size >= MOST_STATES) this.#evict();
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

  #evict(): void {
    this.#states.clear();
    this.#start = stateOf(this.#beginnings, false);
  }
}

function stateOf(members: readonly number[], accepting: boolean): State {
  return { members, accepting, final: members.length === 0, next: new Array<State | null | undefined>(256) };
}
