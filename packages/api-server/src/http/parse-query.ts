import { quote } from "@imagewright/diagnostics";
import { ProtocolError } from "../protocol-error.js";
import type { QueryParameter } from "../signature/received-request.js";

/** The parameters of a query or of a form, decoded. Throws a `SerializationException` for escapes that are not UTF-8. */
export function parseQuery(text: string): QueryParameter[] {
  if (text === "") return [];
  return text
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const equals = part.indexOf("=");
      return equals === -1 ? [decode(part), ""] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
    });
}

function decode(text: string): string {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new ProtocolError("SerializationException", `the query has ${quote(text)}, whose escapes are not UTF-8`);
  }
}
