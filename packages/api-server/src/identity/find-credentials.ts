import type { AccessKey } from "../options.js";
import { ProtocolError } from "../protocol-error.js";
import type { RequestSignature } from "../signature/request-signature.js";
import { timestampAt } from "../signature/timestamp.js";
import { isSessionToken, readSessionClaims, sessionSecret } from "./session-token.js";

/** The credentials of a request: whose they are, and the secret with which it has to be signed. */
export interface FoundCredentials {
  readonly account: string;
  readonly principal: string;
  readonly secretAccessKey: string;
  /** The access key, and of temporary credentials the one that asked for them. */
  readonly keyId: string;
  readonly isTemporary: boolean;
}

/**
 * Finds the credentials of a signature. Throws an `UnrecognizedClientException` for a key that does not exist (any more) or a token that
 * was not given for it, and an `ExpiredTokenException`.
 */
export async function findCredentials(
  { accessKeyId, sessionToken }: Pick<RequestSignature, "accessKeyId" | "sessionToken">,
  findAccessKey: (id: string) => Promise<AccessKey | undefined>,
  now: number,
): Promise<FoundCredentials> {
  if (sessionToken === undefined) {
    const key = (await findAccessKey(accessKeyId)) ?? unknown();
    return { ...identityOf(key), secretAccessKey: key.secretAccessKey, keyId: accessKeyId, isTemporary: false };
  }
  const claims = readSessionClaims(sessionToken);
  if (claims?.id !== accessKeyId) return unknown();
  const parent = (await findAccessKey(claims.parent)) ?? unknown();
  if (!isSessionToken(sessionToken, parent.secretAccessKey)) return unknown();
  if (now >= claims.expires * 1000) {
    const [ended, current] = [timestampAt(claims.expires * 1000), timestampAt(now)];
    throw new ProtocolError("ExpiredTokenException", `the session token ended at ${ended}; now is ${current}`);
  }
  const secretAccessKey = sessionSecret(sessionToken, parent.secretAccessKey);
  return { ...identityOf(parent), secretAccessKey, keyId: claims.parent, isTemporary: true };
}

function identityOf({ account, principal }: AccessKey) {
  return { account, principal };
}

function unknown(): never {
  // the sentence that AWS answers: clients and people search for it
  throw new ProtocolError("UnrecognizedClientException", "The security token included in the request is invalid.");
}
