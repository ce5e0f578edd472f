import type { VariableValues } from "../patterns/template.js";

/** The values of condition keys, as a request has them. */
export type ConditionValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The values of condition keys by their names in small letters, as IAM ignores their case. */
export class RequestScope implements VariableValues {
  readonly #values = new Map<string, readonly string[]>();

  /** What `around` has stays visible, save what is set here. */
  constructor(
    values: ConditionValues,
    private readonly around?: RequestScope,
  ) {
    for (const key of Object.keys(values)) {
      const value = values[key];
      if (value === undefined || (typeof value !== "string" && value.length === 0)) continue;
      const name = key.toLowerCase();
      const list = typeof value === "string" ? [value] : value;
      // tags whose names differ in case only have one name here
      const before = this.#values.get(name);
      this.#values.set(name, before === undefined ? list : [...before, ...list]);
    }
  }

  /** Undefined if there is no value. */
  get(key: string): readonly string[] | undefined {
    return this.#values.get(key) ?? this.around?.get(key);
  }

  single(key: string): string | undefined {
    const values = this.get(key);
    return values?.length === 1 ? values[0] : undefined;
  }
}
