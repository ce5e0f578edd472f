import { nearest, quote, unknownName } from "@imagewright/diagnostics";

// longer lists do not help to find a name
const MOST_LISTED = 50;
// how many names are compared in total to find a suggestion
const MOST_COMPARED = 100_000;

/** The existing names: a set, or the keys of a map. */
export interface Names {
  readonly size: number;
  has(name: string): boolean;
  keys(): Iterable<string>;
}

/** Messages for unknown names. A document with thousands of names and thousands of wrong ones takes bounded work and memory. */
export class UnknownNames {
  #compared = 0;

  describe(what: string, name: string, names: Names): string {
    if (names.size <= MOST_LISTED) return unknownName(what, name, names.keys());
    const meant = this.meant(name, names);
    return `unknown ${what} ${quote(name)}; there are ${names.size} others${meant === undefined ? "" : `; did you mean ${quote(meant)}?`}`;
  }

  /** The name that a misspelled one most likely means. */
  meant(name: string, names: Names): string | undefined {
    this.#compared += names.size;
    return this.#compared > MOST_COMPARED ? undefined : nearest(name, names.keys());
  }
}
