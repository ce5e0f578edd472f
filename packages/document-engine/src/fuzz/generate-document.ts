import fc, { type GeneratorValue } from "fast-check";

/** A document as data, in which most references are right; values for its parameters, some of them missing; and the phases to run. */
export interface GeneratedDocument {
  readonly data: GeneratedData;
  readonly parameters: Readonly<Record<string, string>>;
  /** All if undefined. */
  readonly phases: readonly string[] | undefined;
}

export interface GeneratedData {
  readonly phases: readonly { readonly name: string; readonly steps: readonly GeneratedStep[] }[];
  readonly [key: string]: unknown;
}

export interface GeneratedStep {
  readonly name: string;
  readonly action: string;
  readonly [key: string]: unknown;
}

const CONSTANTS = ["Word", "Folder", "Count"];
const PARAMETERS = ["Given", "Listed", "Needed"];
const VALUES = ["a", "b", "c", "d", "e", "1", "1", "3", "3", "true", "text", "a,b", "b/", "", "0", "a,,c/", "{{ Word }}", "ten"];
const OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  Echo: ["text", "lines"],
  FileOp: ["path"],
  Nap: ["rested"],
  FailUntil: ["stdout"],
  Note: ["stdout"],
  Produce: ["stdout"],
};

/** Makes a document from the random values of `fc.gen()`, by the grammar of component documents and the actions of the tests. */
export function generateDocument(random: GeneratorValue): GeneratedDocument {
  return new Generator(random).document();
}

class Generator {
  /** The steps before the generated one. */
  readonly #before: { readonly phase: string; readonly step: GeneratedStep }[] = [];
  #loop: string | undefined;

  constructor(private readonly random: GeneratorValue) {}

  document(): GeneratedDocument {
    const constants = CONSTANTS.map((name) => ({ [name]: { type: "string", value: this.#pick(VALUES) } }));
    const parameters = PARAMETERS.map((name) => ({
      [name]: { type: "string", ...(name === "Needed" ? {} : { default: this.#pick(VALUES) }) },
    }));
    const given = PARAMETERS.filter((name) => this.#chance(name === "Needed" ? 0.98 : 0.4)).map(
      (name) => [name, this.#pick(VALUES)] as const,
    );
    const phases = ["build", "validate", "my phase"].slice(0, this.#number(1, 3)).map((name) => this.#phase(name));
    const chosen = this.#chance(0.2) ? phases.map(({ name }) => name).filter(() => this.#chance(0.7)) : undefined;
    return { data: { schemaVersion: 1.0, constants, parameters, phases }, parameters: Object.fromEntries(given), phases: chosen };
  }

  #phase(name: string): GeneratedData["phases"][number] {
    const steps = Array.from({ length: this.#number(1, 4) }, (_, index) => {
      const step = this.#step(`S${index}`);
      this.#before.push({ phase: name, step });
      return step;
    });
    return { name, steps };
  }

  #step(name: string): GeneratedStep {
    const loop = this.#chance(0.3) ? this.#makeLoop() : undefined;
    const condition = this.#chance(0.25) ? { ...this.#condition(3), ...this.#decisions() } : undefined;
    this.#loop = loop === undefined ? undefined : (loop.name ?? "loop");
    const action = this.#pick([
      "Echo",
      "Echo",
      "Echo",
      "FileOp",
      "FileOp",
      "Nap",
      "FailUntil",
      "Note",
      "Throw",
      "Blurt",
      "Produce",
      "Wait",
    ]);
    const inputs = this.#inputs(action);
    this.#loop = undefined;
    const settings = {
      onFailure: this.#pick(["Continue", "Continue", "Ignore", "Abort"]),
      timeoutSeconds: action === "Wait" ? 1 : 600,
      maxAttempts: this.#pick([1, 1, 2]),
    };
    return {
      name,
      action,
      ...settings,
      ...(loop === undefined ? {} : { loop: loop.loop }),
      ...(condition === undefined ? {} : { if: condition }),
      ...(inputs === undefined ? {} : { inputs }),
    };
  }

  #inputs(action: string): unknown {
    switch (action) {
      case "Echo":
        return {
          text: this.#text(),
          ...(this.#chance(0.5) ? { lines: this.#lines() } : {}),
          ...(this.#chance(0.3) ? { style: this.#style() } : {}),
        };
      case "FileOp":
        return this.#oneOrMore(() => ({
          path: this.#chance(0.7) ? `f${this.#text()}` : this.#text(),
          ...(this.#chance(0.2) ? { overwrite: this.#pick(["true", "false", this.#whole()]) } : {}),
          ...(this.#chance(0.2) ? { retries: this.#pick(["1", "3", this.#whole()]) } : {}),
          ...(this.#chance(0.2) ? { mode: this.#pick(["text", "binary", null, this.#whole()]) } : {}),
        }));
      case "Note":
        return this.#oneOrMore(() => ({ file: "notes", line: this.#text() }));
      case "Throw":
        return { what: this.#pick(["error", "failure", "text", this.#whole()]) };
      case "Blurt":
        return { text: this.#text() };
      case "FailUntil":
        return { attempts: this.#pick(["1", "2", this.#whole()]) };
      case "Produce":
        return { lines: this.#pick(["2", this.#whole()]) };
      default:
        return this.#chance(0.5) ? undefined : {};
    }
  }

  #oneOrMore(make: () => unknown): unknown {
    return this.#chance(0.4) ? make() : Array.from({ length: this.#number(1, 2) }, make);
  }

  #lines(): unknown {
    return this.#chance(0.3) ? this.#whole() : Array.from({ length: this.#number(1, 3) }, () => this.#text());
  }

  #style(): unknown {
    return this.#chance(0.3) ? this.#whole() : { color: this.#text() };
  }

  #makeLoop(): { readonly loop: unknown; readonly name: string | undefined } {
    const name = this.#chance(0.3) ? `each${this.#number(0, 99)}` : undefined;
    const over = this.#pick([
      () => ({ for: { start: this.#number(-1, 2), end: this.#number(2, 4), updateBy: this.#pick([1, 2]) } }),
      () => ({ forEach: Array.from({ length: this.#number(1, 3) }, () => this.#text()) }),
      () => ({
        forEach: {
          list: this.#pick(["", "", "a,b", this.#text(), this.#whole()]),
          ...(this.#chance(0.3) ? { delimiter: this.#pick([",", "-", "\n"]) } : {}),
        },
      }),
    ])();
    return { loop: { ...(name === undefined ? {} : { name }), ...over }, name };
  }

  #condition(levels: number): Readonly<Record<string, unknown>> {
    if (levels > 0 && this.#chance(0.3)) {
      const items = () => Array.from({ length: this.#number(1, 3) }, () => this.#condition(levels - 1));
      return this.#pick([() => ({ and: items() }), () => ({ or: items() }), () => ({ not: this.#condition(levels - 1) })])();
    }
    const operator = this.#pick([
      "stringEquals",
      "stringLessThan",
      "numberEquals",
      "numberLessThanEquals",
      "patternMatches",
      "stringIsEmpty",
      "stringIsWhitespace",
      "fileExists",
    ]);
    const operand = operator.startsWith("number") ? this.#pick(["1", "3", this.#whole()]) : this.#text();
    return { [operator]: operand, ...(/^(stringIs|file)/.test(operator) ? {} : { value: this.#text() }) };
  }

  #decisions(): Readonly<Record<string, unknown>> {
    return {
      ...(this.#chance(0.3) ? { then: this.#pick(["Execute", "Skip", "Abort"]) } : {}),
      ...(this.#chance(0.3) ? { else: this.#pick(["Execute", "Skip", "Abort"]) } : {}),
    };
  }

  #text(): string {
    return this.#pick([
      () => this.#pick(["x", "file", "b/", "3", "true", "y", "z"]),
      () => this.#pick(["x", "file", "out"]),
      () => this.#whole(),
      () => `${this.#whole()}${this.#pick(["x", "-", "y", "/"])}`,
      () => `x ${this.#whole()}${this.#whole()}`,
    ])();
  }

  #whole(): string {
    return this.#chance(0.99) ? `{{ ${this.#right()} }}` : `{{ ${this.#wrong()} }}`;
  }

  #right(): string {
    const variable = () => this.#pick([...CONSTANTS, ...PARAMETERS]);
    const ways = [
      variable,
      variable,
      () =>
        this.#pick([
          "literal:.ID",
          "literal: .ID",
          "literal:",
          "aws:ssm:/text",
          "aws:ssm:/list",
          "aws:ssm:/nowhere",
          `aws:ssm:resolve(${variable()})`,
        ]),
    ];
    if (this.#before.length > 0)
      ways.push(
        () => this.#chain(),
        () => this.#chain(),
        () => this.#chain(),
      );
    if (this.#loop !== undefined) ways.push(() => `${this.#pick(["loop", this.#loop ?? ""])}.${this.#pick(["value", "index"])}`);
    return this.#pick(ways)();
  }

  #wrong(): string {
    return this.#pick([
      "Nothing",
      "build.None.outputs.text",
      "later.S9.inputs.text",
      "build.S0.inputs[7].path",
      "build.S0.outputs.none",
      ".ID | x",
      "loop.value",
      "aws:ssm:",
      "build.S3.inputs.text",
      "{{",
      "",
    ]);
  }

  #chain(): string {
    // outputs of steps that may be skipped or repeated are the hardest to predict
    const intricate = this.#before.filter(({ step }) => step["loop"] !== undefined || step["if"] !== undefined);
    const { phase, step } = this.#pick(intricate.length > 0 && this.#chance(0.4) ? intricate : this.#before);
    const outputs = OUTPUTS[step.action] ?? [];
    if (outputs.length > 0 && this.#chance(0.5)) return `${phase}.${step.name}.outputs${this.#index(step)}.${this.#pick(outputs)}`;
    const inputs = step["inputs"];
    const item: unknown = Array.isArray(inputs) ? inputs[0] : inputs;
    const keys = Object.keys(item ?? {});
    const key = keys.length > 0 && this.#chance(0.97) ? this.#pick(keys) : "text";
    const value = (item as Readonly<Record<string, unknown>> | undefined)?.[key];
    const below =
      Array.isArray(value) && this.#chance(0.75)
        ? "[0]"
        : key === "style" && typeof value === "object" && this.#chance(0.75)
          ? ".color"
          : "";
    return `${phase}.${step.name}.inputs${this.#index(step)}.${key}${below}`;
  }

  #index({ inputs }: GeneratedStep): string {
    return Array.isArray(inputs) && (inputs.length > 1 || this.#chance(0.3)) ? `[${this.#number(0, inputs.length - 1)}]` : "";
  }

  #pick<Choice>(choices: readonly Choice[]): Choice {
    const index = this.#number(0, choices.length - 1);
    return choices[index] as Choice; // the index is one of theirs
  }

  #number(min: number, max: number): number {
    return this.random(fc.integer, { min, max });
  }

  #chance(probability: number): boolean {
    return this.random(fc.nat, 99) < probability * 100;
  }
}
