import { HTTP_STATUS } from "./error-class.js";
import { isImagewrightError } from "./errors.js";

/**
 * The HTTP status of a failure. Whatever is no ImagewrightError is an internal error, 500. The operations of the service itself answer with
 * the status that its model gives the error's type, which is 400 for both kinds of 409.
 */
export function httpStatus(thrown: unknown): number {
  return isImagewrightError(thrown) ? HTTP_STATUS[thrown.errorClass] : HTTP_STATUS.failed;
}
