import type { ErrorClass } from "./error-class.js";

/** The message and hints of a failed operation. */
export interface ErrorText {
  /** Lower-case, no final period: what failed, with names in quotes. */
  readonly message: string;
  /** What the user can do next, each one sentence or one command. */
  readonly hints?: readonly string[];
}

// registered for the whole process, so that two copies of this package, or two bundles with it inside, know each other's errors
const BRAND = Symbol.for("imagewright.error");

/** An operation that failed. Faults in what the user wrote are diagnostics instead. */
export class ImagewrightError<Code extends string = string, Data = unknown> extends Error {
  readonly hints: readonly string[];

  constructor(
    /** The stable public name of the failure: `build-hosts/engine-failed`, the package's namespace before the failure's own name. */
    readonly code: Code,
    /** What kind of failure it is for a caller that does not know the code. */
    readonly errorClass: ErrorClass,
    text: ErrorText,
    /** The data of the message, for programs. */
    readonly data: Data,
    options?: ErrorOptions,
  ) {
    super(text.message, options);
    this.name = "ImagewrightError";
    this.hints = text.hints ?? [];
  }

  get [BRAND](): true {
    return true;
  }

  /** The code without its namespace: `engine-failed`. */
  get localCode(): string {
    return this.code.slice(this.code.indexOf("/") + 1);
  }
}

/** Whether something that was thrown is an ImagewrightError; with a code, whether it is that failure. */
export function isImagewrightError<Code extends string = string>(thrown: unknown, code?: Code): thrown is ImagewrightError<Code> {
  return (
    typeof thrown === "object" && thrown !== null && BRAND in thrown && (code === undefined || (thrown as ImagewrightError).code === code)
  );
}

/** One failure of a package: what kind it is, and its text from the facts. */
export interface ErrorRow<Data> {
  readonly errorClass: ErrorClass;
  readonly text: (data: Data) => ErrorText;
}

/** A row of a package's table of errors. */
export function errorRow<Data>(errorClass: ErrorClass, text: (data: Data) => ErrorText): ErrorRow<Data> {
  return { errorClass, text };
}

// `never` lets each row of a table declare the type of its own data
type ErrorRows = Record<string, ErrorRow<never>>;
type DataOf<Row> = Row extends ErrorRow<infer Data> ? Data : never;

/** A package's table of errors: called with a code (without the namespace) and the facts, it gives the error, which the caller throws. */
export interface ErrorTable<Namespace extends string, Rows extends ErrorRows> {
  <Code extends keyof Rows & string>(
    code: Code,
    data: DataOf<Rows[Code]>,
    options?: ErrorOptions,
  ): ImagewrightError<`${Namespace}/${Code}`, DataOf<Rows[Code]>>;
  readonly namespace: Namespace;
  readonly rows: Rows;
}

/** Makes a package's table of errors, one row a code. The namespace is the package's name, which makes the codes unique. */
export function errorTable<const Namespace extends string, Rows extends ErrorRows>(
  namespace: Namespace,
  rows: Rows,
): ErrorTable<Namespace, Rows> {
  const createError = <Code extends keyof Rows & string>(code: Code, data: DataOf<Rows[Code]>, options?: ErrorOptions) => {
    const { errorClass, text } = rows[code] as unknown as ErrorRow<DataOf<Rows[Code]>>;
    return new ImagewrightError(`${namespace}/${code}` as const, errorClass, text(data), data, options);
  };
  return Object.assign(createError, { namespace, rows });
}

/** The text of a thrown value, on one line. */
export function describeCause(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.split("\n", 1)[0]?.trim() || "unknown error";
}
