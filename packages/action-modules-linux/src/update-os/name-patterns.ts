/** Package names, in which `*` matches any characters. */
export class NamePatterns {
  readonly #patterns: readonly RegExp[];

  constructor(readonly texts: readonly string[]) {
    this.#patterns = texts.map((text) => new RegExp(`^${text.split(/\*+/).map(escape).join(".*")}$`, "s"));
  }

  get isEmpty(): boolean {
    return this.texts.length === 0;
  }

  /** Whether one of them matches the package's name, with or without its architecture (`libc6`, `libc6:i386`). */
  match(name: string): boolean {
    const short = name.replace(/:[^:]+$/, "");
    return this.#patterns.some((pattern) => pattern.test(name) || pattern.test(short));
  }

  /** Those that match none of the names. */
  unmatched(names: readonly string[]): readonly string[] {
    return this.texts.filter((text) => !names.some((name) => new NamePatterns([text]).match(name)));
  }
}

function escape(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
}
