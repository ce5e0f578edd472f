import { SHORTEST_SECRET, type SecretForm } from "../forms/secret.js";
import { Automaton, type State } from "./automaton.js";
import { SkipTable } from "./skip-table.js";

/** A position where the bytes so far are the beginning of a form, so that more bytes are needed. */
export interface PartialMatch {
  readonly start: number;
  /** The position up to which the bytes have been read. */
  readonly at: number;
  /** The end of the longest complete form; -1 if there is none. */
  readonly end: number;
  readonly state: State;
  readonly version: number;
}

/** Options of a search. */
export interface Search {
  /** Whether these are the last bytes. */
  readonly last: boolean;
  /** Whether the bytes are valid UTF-8; matches then never split a character. */
  readonly isText: boolean;
  readonly onMatch: (start: number, end: number) => void;
}

// how far before a truncation a secret's beginning is searched; a parameter has at most 8 KiB
const LONGEST_BEGINNING = 16 * 1024;

/** Finds the forms of all secrets added so far. */
export class Matcher {
  readonly forms: SecretForm[] = [];
  readonly #automaton = new Automaton();
  #shortest = Infinity;
  #version = 0;
  // where the last reading stopped, and where the longest form in it ends
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
   * Reports the longest form at each position where one begins, in order; they may overlap. Stops where more bytes are needed to
   * decide, and returns that position: a search of the same bytes and those that follow continues there.
   */
  search(bytes: Uint8Array, { last, isText, onMatch }: Search, before?: PartialMatch): PartialMatch | undefined {
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

  /** The start of the longest beginning of a form that ends at `end`; `end` if there is none of at least 4 bytes. */
  beginningUpTo(bytes: Uint8Array, end: number): number {
    for (let start = Math.max(0, end - LONGEST_BEGINNING); start <= end - SHORTEST_SECRET; start++) {
      if (isWithinCharacter(bytes, start)) continue;
      let state: State | null = this.#automaton.start;
      for (let at = start; at < end && state !== null; at++) state = this.#automaton.step(state, bytes[at] as number);
      if (state !== null) return start;
    }
    return end;
  }

  /** The end of the longest ending of a form that starts at `start`; `start` if there is none of at least 4 bytes. */
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

  // reads from where a form may begin to where no form continues, or to the end of the bytes; returns the state there, and sets #end to the
  // longest form's end
  #read(bytes: Uint8Array, isText: boolean, start: number, known: PartialMatch | undefined): State | null {
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
