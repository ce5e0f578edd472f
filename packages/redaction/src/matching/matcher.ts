import { SHORTEST_SECRET, type SecretForm } from "../forms/secret.js";
import { Automaton, type State } from "./automaton.js";
import { SkipTable } from "./skip-table.js";

/** A place where the bytes so far are the beginning of a form, so that what comes next decides. */
export interface Undecided {
  readonly start: number;
  /** How far the bytes have been read. */
  readonly at: number;
  /** Where the longest form ends that is complete; -1 where none is. */
  readonly end: number;
  readonly state: State;
  readonly version: number;
}

export interface Search {
  /** Whether no more bytes follow. */
  readonly last: boolean;
  /** Whether the bytes are valid UTF-8, whose characters are not to be cut. */
  readonly isText: boolean;
  readonly onMatch: (start: number, end: number) => void;
}

// a longer beginning than this is not looked for before a cut; the longest parameter has 8 KiB
const LONGEST_BEGINNING = 16 * 1024;

/** Finds the forms of all secrets known so far. */
export class Matcher {
  readonly forms: SecretForm[] = [];
  readonly #automaton = new Automaton();
  #shortest = Infinity;
  #version = 0;
  // how far the last reading came, and where the longest form in it ends
  #at = 0;
  #end = -1;
  #table: SkipTable | undefined;

  /** Whether there is nothing to find. */
  get isEmpty(): boolean {
    return this.forms.length === 0;
  }

  add(forms: readonly SecretForm[]): void {
    for (const form of forms) {
      this.forms.push(form);
      this.#automaton.add(form.units);
      this.#shortest = Math.min(
        this.#shortest,
        form.units.reduce((sum, unit) => sum + unit.shortest, 0),
      );
    }
    this.#version++;
    this.#table = undefined;
  }

  /**
   * Reports the longest form at each place where one begins, in order; they may overlap. Stops where more bytes are needed to
   * decide, and returns that place: a search of the same bytes and those that follow goes on there.
   */
  search(bytes: Uint8Array, { last, isText, onMatch }: Search, before?: Undecided): Undecided | undefined {
    const table = (this.#table ??= new SkipTable(this.#automaton, this.#shortest));
    for (let start = table.find(bytes, before?.start ?? 0); start < bytes.length; start = table.find(bytes, start + 1)) {
      if (isText && isWithinCharacter(bytes, start)) continue;
      const known = before?.start === start && before.version === this.#version ? before : undefined;
      const state = this.#read(bytes, isText, start, known);
      if (state !== null && !state.final && !last) return { start, at: this.#at, end: this.#end, state, version: this.#version };
      if (this.#end > 0) onMatch(start, this.#end);
    }
    return undefined;
  }

  /** Where the longest beginning of a form starts that reaches up to `end`; `end` where none of 4 bytes does. */
  beginningUpTo(bytes: Uint8Array, end: number): number {
    for (let start = Math.max(0, end - LONGEST_BEGINNING); start <= end - SHORTEST_SECRET; start++) {
      if (isWithinCharacter(bytes, start)) continue;
      let state: State | null = this.#automaton.start;
      for (let at = start; at < end && state !== null; at++) state = this.#automaton.step(state, bytes[at] as number);
      if (state !== null) return start;
    }
    return end;
  }

  /** Where the longest ending of a form stops that begins right at `start`; `start` where none of 4 bytes does. */
  endingFrom(bytes: Uint8Array, start: number): number {
    let end = start;
    let state: State | null = this.#automaton.anywhere;
    for (let at = start; at < bytes.length && !state.final; at++) {
      state = this.#automaton.step(state, bytes[at] as number);
      if (state === null) break;
      if (state.accepting && at + 1 - start >= SHORTEST_SECRET) end = at + 1;
    }
    return end;
  }

  // from where a form may begin to where no form goes on, or to the end of the bytes; the state there, and in #end the longest form's end
  #read(bytes: Uint8Array, isText: boolean, start: number, known: Undecided | undefined): State | null {
    let at = known?.at ?? start;
    let state: State | null = known?.state ?? this.#automaton.start;
    this.#end = known?.end ?? -1;
    while (at < bytes.length && !state.final) {
      state = this.#automaton.step(state, bytes[at] as number);
      if (state === null) return null;
      at++;
      if (state.accepting && !(isText && isWithinCharacter(bytes, at))) this.#end = at;
    }
    this.#at = at;
    return state;
  }
}

function isWithinCharacter(bytes: Uint8Array, place: number): boolean {
  return ((bytes[place] ?? 0) & 0xc0) === 0x80;
}
