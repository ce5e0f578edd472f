import { quote } from "@imagewright/diagnostics";
import { ProtocolError } from "../protocol-error.js";
import { headerOf, parameterOf, type ReceivedRequest } from "./received-request.js";
import { sha256 } from "./sign.js";

/**
 * The SHA-256 of the body, which a signature covers. What the client says in `x-amz-content-sha256` must be the same; without it the body
 * decides. Payloads that are signed in pieces, or not at all, are refused.
 */
export function payloadHashOf(request: ReceivedRequest): string {
  const found = sha256(request.body);
  const said = headerOf(request, "x-amz-content-sha256") ?? parameterOf(request, "X-Amz-Content-Sha256");
  if (said === undefined || said === found) return found;
  if (/^[0-9a-f]{64}$/.test(said))
    throw invalid(`the body that arrived is not the one that was signed: "x-amz-content-sha256" is ${said}, the body has ${found}`);
  throw invalid(`"x-amz-content-sha256" is ${quote(said)}; allowed: the SHA-256 of the body in 64 hexadecimal digits`);
}

function invalid(message: string): ProtocolError {
  return new ProtocolError("InvalidSignatureException", message);
}
