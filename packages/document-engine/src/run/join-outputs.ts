import type { ActionOutputs } from "@imagewright/action-contract";

const LONGEST_OUTPUT_CHARACTERS = 1024 * 1024;

/** Joins outputs, such as those of a loop's iterations: for each item of the inputs and each output, the values line by line. */
export class JoinedOutputs {
  readonly #items: Map<string, string[]>[] = [];
  readonly #lengths = new Map<string, number>();

  add(outputs: readonly ActionOutputs[]): void {
    for (const [item, values] of outputs.entries()) {
      const texts = (this.#items[item] ??= new Map());
      for (const [name, value] of Object.entries(values)) this.#append(texts, item, name, value);
    }
  }

  #append(texts: Map<string, string[]>, item: number, name: string, value: ActionOutputs[string]): void {
    const key = `${item}.${name}`;
    const text = typeof value === "object" ? value.kept : String(value);
    const before = (this.#lengths.get(key) ?? -1) + 1;
    // if one value is truncated, so is the whole
    this.#lengths.set(key, before + (typeof value === "object" ? Math.max(value.totalBytes, LONGEST_OUTPUT_CHARACTERS + 1) : text.length));
    // longer outputs cannot be referred to, so their end need not be kept
    if (before > LONGEST_OUTPUT_CHARACTERS) return;
    const lines = texts.get(name);
    if (lines === undefined) texts.set(name, [text]);
    else lines.push(text);
  }

  get outputs(): ActionOutputs[] {
    return this.#items.map((texts, item) =>
      Object.fromEntries([...texts].map(([name, lines]) => [name, this.#joined(`${item}.${name}`, lines)])),
    );
  }

  #joined(key: string, lines: readonly string[]): ActionOutputs[string] {
    const text = lines.join("\n");
    const length = this.#lengths.get(key) ?? 0;
    return length > LONGEST_OUTPUT_CHARACTERS ? { kept: `${text.slice(0, LONGEST_OUTPUT_CHARACTERS)}…`, totalBytes: length } : text;
  }
}

/** Joins the values of some outputs over all items, in order. */
export class OutputsOfAllItems {
  readonly #joined = new JoinedOutputs();

  constructor(private readonly names: readonly string[]) {}

  add(items: readonly ActionOutputs[]): void {
    if (this.names.length === 0) return;
    for (const outputs of items)
      this.#joined.add([Object.fromEntries(Object.entries(outputs).filter(([name]) => this.names.includes(name)))]);
  }

  get outputs(): ActionOutputs {
    return this.#joined.outputs[0] ?? {};
  }
}
