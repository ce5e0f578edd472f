/** What a failed operation says about itself besides its code. */
export interface ErrorText {
  /** Lower-case, no final period: what failed, with the thing in quotes. */
  readonly message: string;
  /** What the user can do next, each one sentence or one command. */
  readonly hints?: readonly string[];
}

/** An operation that failed. Faults in what the user wrote are diagnostics instead. */
export class ImagewrightError<Code extends string = string, Data = unknown> extends Error {
  readonly hints: readonly string[];

  constructor(
    /** The stable public name of the failure, in kebab-case. */
    readonly code: Code,
    text: ErrorText,
    /** The facts behind the message, for programs. */
    readonly data: Data,
    options?: ErrorOptions,
  ) {
    super(text.message, options);
    this.name = "ImagewrightError";
    this.hints = text.hints ?? [];
  }
}

// `never` lets each row of a table name the type of its own data
type ErrorTable = Record<string, (data: never) => ErrorText>;

/**
 * Makes a package's error function from its table of codes: one row a code, from the data to the text.
 * The function returns the error; the caller throws it.
 */
export function errorTable<Table extends ErrorTable>(table: Table) {
  return function createError<Code extends keyof Table & string>(
    code: Code,
    data: Parameters<Table[Code]>[0],
    options?: ErrorOptions,
  ): ImagewrightError<Code, Parameters<Table[Code]>[0]> {
    const row = table[code] as (data: Parameters<Table[Code]>[0]) => ErrorText;
    return new ImagewrightError(code, row(data), data, options);
  };
}

/** The text of whatever was thrown, in one line. */
export function describeCause(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.split("\n", 1)[0]?.trim() || "unknown error";
}
