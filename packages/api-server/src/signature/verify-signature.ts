import { ProtocolError } from "../protocol-error.js";
import { canonicalRequest, type SignedParts } from "./canonical-request.js";
import { explainMismatch } from "./explain-mismatch.js";
import { partsAt, type PublicAddress } from "./public-address.js";
import type { ReceivedRequest } from "./received-request.js";
import type { RequestSignature } from "./request-signature.js";
import { isSignature, stringToSign } from "./sign.js";
import type { SigningKeys } from "./signing-keys.js";

/** What a signature is verified with. */
export interface VerificationKey {
  readonly secretAccessKey: string;
  readonly signingKeys: SigningKeys;
  /** The address of a proxy, which clients may have signed in place of the server's own. */
  readonly publicAddress?: PublicAddress | undefined;
}

/**
 * Verifies that a request was signed with the secret, as it arrived or as it was sent to the public address. Throws an
 * `InvalidSignatureException` that says which part differs, if that can be found out; the canonical requests are in its details.
 */
export function verifySignature(
  request: ReceivedRequest,
  signature: RequestSignature,
  payloadHash: string,
  { secretAccessKey, signingKeys, publicAddress }: VerificationKey,
): void {
  const key = signingKeys.of(secretAccessKey, signature.scope);
  const signed: SignedParts = { signedHeaders: signature.signedHeaders, payloadHash };
  const matches = (parts: Partial<SignedParts>) =>
    isSignature(signature.signature, key, stringToSign(signature, canonicalRequest(request, { ...signed, ...parts })));
  if (matches({})) return;
  if (publicAddress !== undefined && matches(partsAt(publicAddress, request))) return;
  const { message, details } = explainMismatch(request, signature, { signed, matches, publicAddress });
  throw new ProtocolError("InvalidSignatureException", message, details);
}
