import { quote } from "@imagewright/diagnostics";
import { ProtocolError } from "../protocol-error.js";
import { headerOf, parameterOf, type ReceivedRequest } from "./received-request.js";

const FORM = /^([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z$/;

/**
 * When a request was signed, as in `20261129T043000Z`: by its query, its header `x-amz-date` or its header `date`, in this order. Throws an
 * `IncompleteSignatureException` without a valid one.
 */
export function timestampOf(request: ReceivedRequest): string {
  const given = parameterOf(request, "X-Amz-Date") ?? headerOf(request, "x-amz-date");
  const text = given ?? ofHttpDate(headerOf(request, "date"));
  if (text === undefined || Number.isNaN(instantOf(text)))
    throw new ProtocolError(
      "IncompleteSignatureException",
      `the time of the signature is ${quote(given ?? headerOf(request, "date") ?? "")}; allowed: "X-Amz-Date" as in "20261129T043000Z"`,
    );
  return text;
}

/** A timestamp as milliseconds since 1970; NaN if it is none. */
export function instantOf(timestamp: string): number {
  const [, year, month, day, hour, minute, second] = FORM.exec(timestamp) ?? [];
  return year === undefined ? Number.NaN : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** The timestamp of milliseconds since 1970. */
export function timestampAt(instant: number): string {
  return new Date(instant).toISOString().replace(/[-:]|\.[0-9]{3}/g, "");
}

function ofHttpDate(text: string | undefined): string | undefined {
  const instant = text !== undefined && /GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : timestampAt(instant);
}
