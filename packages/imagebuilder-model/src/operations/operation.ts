import type { ErrorName, ShapeName } from "../generated/names.js";

/** How an operation is called over HTTP, with its input and output. Source: API model. */
export interface Operation {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** The path, with the label of a member in braces: `/tags/{resourceArn}`. */
  readonly path: string;
  /** The HTTP status of success. */
  readonly status: number;
  /** The names of the shapes of the request and of the response. */
  readonly input: ShapeName;
  readonly output: ShapeName;
  /**
   * The members of the request that are not in its JSON body: from the member's name to the label of the path, the query parameter
   * (repeated for each item of a list) or the header.
   */
  readonly labels?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The errors that the model declares. */
  readonly errors: readonly ErrorName[];
}
