import { matchesWildcards } from "@imagewright/action-modules-core";

/** Package names, in which `*` matches any characters. */
export class NamePatterns {
  constructor(readonly texts: readonly string[]) {}

  get isEmpty(): boolean {
    return this.texts.length === 0;
  }

  /** Whether one of them matches the package's name, with or without its architecture (`libc6`, `libc6:i386`). */
  match(name: string): boolean {
    const short = name.replace(/:[^:]+$/, "");
    return this.texts.some((text) => matchesWildcards(text, name) || matchesWildcards(text, short));
  }

  /** Those that match none of the names. */
  unmatched(names: readonly string[]): readonly string[] {
    return this.texts.filter((text) => !names.some((name) => new NamePatterns([text]).match(name)));
  }
}
