import type { ErrorName } from "../generated/names.js";

/** An error that a client of the API sees: its name decides the status (`serviceErrorOf`), its message is shown to people. */
export class ApiError extends Error {
  override readonly name: ErrorName;

  constructor(name: ErrorName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}
