import { isUtf8 } from "node:buffer";
import { quote } from "@imagewright/diagnostics";
import { ProtocolError } from "../protocol-error.js";
import { findJsonFault } from "./scan-json.js";

const JSON_TYPES = ["application/json", "application/x-amz-json-1.0", "application/x-amz-json-1.1"];

/**
 * The members in the body of a request. An empty body has none; members that are null count as absent. Throws an
 * `UnsupportedMediaTypeException` or a `SerializationException`. A missing content type is accepted: older clients send none.
 */
export function parseBody(body: Buffer, contentType: string | undefined): Record<string, unknown> {
  if (body.length === 0) return {};
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  if (type !== undefined && !JSON_TYPES.includes(type))
    throw new ProtocolError(
      "UnsupportedMediaTypeException",
      `the content type is ${quote(contentType ?? "")}; allowed: "application/json"`,
    );
  const value = parseJson(decodeText(body));
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed("the body is not a JSON object");
  removeNulls(value);
  return value as Record<string, unknown>;
}

function decodeText(body: Buffer): string {
  if (!isUtf8(body)) throw malformed("the body is not UTF-8");
  return body.toString("utf8");
}

function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // the rest of the message quotes the body, which does not belong into logs
    const place = /at position [0-9]+/.exec(String(error))?.[0];
    throw malformed(`the body is not JSON${place === undefined ? "" : `: it is wrong ${place}`}`);
  }
  const fault = findJsonFault(text);
  if (fault !== undefined) throw malformed(fault);
  return value;
}

/** Removes the members that are null, in all objects: most bodies have none, and stay as they were parsed. */
function removeNulls(value: unknown): void {
  if (typeof value === "string") return requireWhole(value);
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) return value.forEach(removeNulls);
  const members = value as Record<string, unknown>;
  for (const name of Object.keys(members)) {
    requireWhole(name);
    if (members[name] === null) Reflect.deleteProperty(members, name);
    else removeNulls(members[name]);
  }
}

function requireWhole(text: string): void {
  if (/\p{Surrogate}/u.test(text)) throw malformed("the body has one half of a surrogate pair");
}

function malformed(message: string): ProtocolError {
  return new ProtocolError("SerializationException", message);
}
