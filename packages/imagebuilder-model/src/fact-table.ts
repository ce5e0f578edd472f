/** The rows of a generated text. Each line is a name, a blank and JSON, which is parsed when the row is first requested. */
export class FactTable<Name extends string, Row> {
  readonly #text: () => string;
  readonly #rows = new Map<string, Row>();
  #lines: ReadonlyMap<string, string> | undefined;

  constructor(text: () => string) {
    this.#text = text;
  }

  /** All names, in the order of the text. */
  get names(): readonly Name[] {
    return [...this.#byName().keys()] as Name[];
  }

  has(name: string): name is Name {
    return this.#byName().has(name);
  }

  get(name: Name): Row {
    let row = this.#rows.get(name);
    if (row === undefined) this.#rows.set(name, (row = JSON.parse(this.#byName().get(name) ?? "") as Row));
    return row;
  }

  #byName(): ReadonlyMap<string, string> {
    return (this.#lines ??= new Map(
      this.#text()
        .split("\n")
        .map((line) => {
          const end = line.indexOf(" ");
          return [line.slice(0, end), line.slice(end + 1)];
        }),
    ));
  }
}
