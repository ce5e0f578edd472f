import { engineError } from "../errors.js";
import type { ParameterSource, ParameterValue } from "./parameter-source.js";
import type { StoreTarget } from "./template.js";

/** The values of Parameter Store that one document has used so far; each is fetched once. */
export class StoredValues {
  readonly #values = new Map<string, ParameterValue>();

  constructor(
    private readonly variables: ReadonlyMap<string, string>,
    private readonly source: ParameterSource | undefined,
    private readonly onSecret: (name: string, value: string) => void,
  ) {}

  /** Fetches what the references need. A name that is itself a stored value takes a second round. Rethrows the source's errors. */
  async fetch(targets: readonly StoreTarget[]): Promise<void> {
    const direct = targets.flatMap((target) => (target.kind === "store" ? target.name : target.of.kind === "store" ? target.of.name : []));
    await this.#fetchNames(direct);
    await this.#fetchNames(targets.flatMap((target) => (target.kind === "store-resolve" ? this.#nameOf(target) : [])));
  }

  /** A text, or for a StringList its items. The value must have been fetched. */
  valueOf(target: StoreTarget): string | StringList {
    const { value, type } = this.#stored(this.#nameOf(target));
    return type === "StringList" ? new StringList(value) : value;
  }

  #nameOf(target: StoreTarget): string {
    if (target.kind === "store") return target.name;
    const name = target.of.kind === "store" ? this.#stored(target.of.name).value : this.variables.get(target.of.name);
    // the value may be a name or a whole reference
    return (name ?? "").replace(/^aws:ssm:/, "");
  }

  #stored(name: string): ParameterValue {
    const stored = this.#values.get(name);
    if (stored === undefined) throw engineError("parameter-not-fetched", { name });
    return stored;
  }

  async #fetchNames(names: readonly string[]): Promise<void> {
    const missing = [...new Set(names)].filter((name) => !this.#values.has(name));
    if (missing.length === 0) return;
    if (this.source === undefined) throw engineError("no-parameter-store", { names: missing });
    for (const [name, value] of await this.source.get(missing)) {
      this.#values.set(name, value);
      if (value.secure) this.onSecret(name, value.value);
    }
  }
}

/** A list, which becomes its items joined by commas inside a text. */
export class StringList {
  constructor(private readonly text: string) {}

  get items(): string[] {
    return this.text.split(",");
  }

  toString(): string {
    return this.text;
  }
}
