import { listOf, quote } from "@imagewright/diagnostics";
import { ProtocolError } from "../protocol-error.js";
import type { ReceivedRequest } from "./received-request.js";
import type { RequestSignature } from "./request-signature.js";
import { instantOf, timestampAt } from "./timestamp.js";

const [SKEW_MINUTES, MINUTE] = [5, 60_000];

/** What a signature has to be for. */
export interface SignatureTarget {
  readonly service: string;
  readonly regions: readonly string[];
}

/**
 * Checks everything of a signature that needs no key: what it is for, what it covers and when it was made. Throws an
 * `InvalidSignatureException`, with both times if the clocks differ: SDKs correct theirs by the header `Date` of the response.
 */
export function checkRequestSignature(request: ReceivedRequest, signature: RequestSignature, target: SignatureTarget, now: number): void {
  checkScope(signature, target);
  const { signedHeaders } = signature;
  if (!signedHeaders.includes("host")) throw invalid(`the header "host" must be signed; signed are ${listOf(signedHeaders, "and")}`);
  const missing = signedHeaders.filter((name) => !request.headers.has(name));
  if (missing.length > 0)
    throw invalid(`the request has not all of its signed headers; missing: ${listOf(missing, "and")}. Does a proxy remove headers?`);
  checkTime(signature, now);
}

function checkScope({ scope, timestamp }: RequestSignature, { service, regions }: SignatureTarget): void {
  if (scope.service !== service)
    throw invalid(`the credential is scoped to the service ${quote(scope.service)}; allowed for this path: ${quote(service)}`);
  if (!regions.includes(scope.region))
    throw invalid(`the credential is scoped to the Region ${quote(scope.region)}; allowed: ${listOf(regions)}`);
  if (!timestamp.startsWith(scope.date))
    throw invalid(`the credential is scoped to the date ${quote(scope.date)}, but the request was signed at ${timestamp}`);
}

function checkTime({ timestamp, expiresAfter }: RequestSignature, now: number): void {
  const [signed, current] = [instantOf(timestamp), timestampAt(now)];
  const skew = SKEW_MINUTES * MINUTE;
  if (signed > now + skew)
    throw invalid(`Signature not yet current: ${timestamp} is still later than ${timestampAt(now + skew)} (${current} + 5 min.)`);
  if (expiresAfter === undefined && signed < now - skew)
    throw invalid(`Signature expired: ${timestamp} is now earlier than ${timestampAt(now - skew)} (${current} - 5 min.)`);
  if (expiresAfter !== undefined && now >= signed + expiresAfter * 1000)
    throw invalid(`Signature expired: ${timestamp} + ${expiresAfter} s is now earlier than ${current}`);
}

function invalid(message: string): ProtocolError {
  return new ProtocolError("InvalidSignatureException", message);
}
