import type { ActionOutputs } from "@imagewright/action-contract";

const LONGEST_OUTPUT_CHARACTERS = 1024 * 1024;

/** Joins the outputs of a loop's iterations: for each item of the inputs and each output, the values line by line. */
export class JoinedOutputs {
  readonly #items: Map<string, string[]>[] = [];
  readonly #lengths = new Map<string, number>();

  add(outputs: readonly ActionOutputs[]): void {
    for (const [item, values] of outputs.entries()) {
      const texts = (this.#items[item] ??= new Map());
      for (const [name, value] of Object.entries(values))
        this.#append(texts, item, name, typeof value === "object" ? value.kept : String(value));
    }
  }

  #append(texts: Map<string, string[]>, item: number, name: string, text: string): void {
    const key = `${item}.${name}`;
    const length = (this.#lengths.get(key) ?? -1) + 1 + text.length;
    this.#lengths.set(key, length);
    // what is longer cannot be referred to, so its end need not be kept
    if (length - text.length > LONGEST_OUTPUT_CHARACTERS) return;
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
