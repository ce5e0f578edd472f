import { isNativeError } from "node:util/types";
import { describeCause, ImagewrightError, isImagewrightError, type ErrorClass } from "@imagewright/diagnostics";
import { notJson, type Json } from "./json.js";

/** What was thrown, as data. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  /** Of an ImagewrightError, and of errors of Node such as ENOENT. */
  readonly code?: string | undefined;
  /** The next three only of an ImagewrightError. */
  readonly errorClass?: ErrorClass | undefined;
  readonly data?: Json | undefined;
  readonly hints?: readonly string[] | undefined;
  readonly cause?: Failure | undefined;
}

/** A longer chain of causes is cut. */
const CAUSES = 8;

/** What was thrown as data. Data of errors that is not JSON is left out. */
export function describeFailure(thrown: unknown, causes = CAUSES): Failure {
  // unlike instanceof, this knows errors of other realms
  if (!isNativeError(thrown)) return { name: "Error", message: describeCause(thrown) };
  const { name, message, stack, cause } = thrown;
  const code = (thrown as NodeJS.ErrnoException).code;
  return {
    name,
    message,
    stack,
    ...(typeof code === "string" && { code }),
    ...(isImagewrightError(thrown) && { errorClass: thrown.errorClass, data: dataOf(thrown.data), hints: thrown.hints }),
    ...(cause !== undefined && causes > 1 && { cause: describeFailure(cause, causes - 1) }),
  };
}

/** The error that a failure describes: an ImagewrightError where one was thrown, else an Error of the same name. */
export function restoreError({ name, message, stack, code, errorClass, data, hints, cause }: Failure): Error {
  const options = cause === undefined ? undefined : { cause: restoreError(cause) };
  if (code !== undefined && errorClass !== undefined) {
    const error = new ImagewrightError(code, errorClass, { message, ...(hints && { hints }) }, data, options);
    return Object.assign(error, stack !== undefined && { stack });
  }
  return Object.assign(new Error(message, options), { name, ...(stack !== undefined && { stack }), ...(code !== undefined && { code }) });
}

function dataOf(data: unknown): Json | undefined {
  return notJson(data) === undefined ? (data as Json | undefined) : undefined;
}
