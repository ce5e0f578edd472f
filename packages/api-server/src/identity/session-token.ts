import { createHmac, timingSafeEqual } from "node:crypto";

/** What a session token says. */
export interface SessionClaims {
  /** The id of the temporary access key. */
  readonly id: string;
  /** The id of the access key that asked for it. */
  readonly parent: string;
  /** When it ends, in seconds since 1970. */
  readonly expires: number;
}

/**
 * Makes a session token: the claims, signed under the secret of the parent key. Nothing is stored: who has lost the parent key has lost the
 * session.
 */
export function createSessionToken({ id, parent, expires }: SessionClaims, parentSecret: string): string {
  const payload = Buffer.from(JSON.stringify([id, parent, expires])).toString("base64url");
  return `${payload}.${mac(parentSecret, "token", payload).toString("base64url")}`;
}

/** The claims of a token, which are not verified. Undefined if it is none. */
export function readSessionClaims(token: string): SessionClaims | undefined {
  try {
    const [payload = ""] = token.split(".");
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    const [id, parent, expires] = Array.isArray(claims) ? (claims as unknown[]) : [];
    return typeof id === "string" && typeof parent === "string" && typeof expires === "number" ? { id, parent, expires } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a token was made under the secret. */
export function isSessionToken(token: string, parentSecret: string): boolean {
  const [payload = "", given = "", ...rest] = token.split(".");
  const [found, expected] = [Buffer.from(given, "base64url"), mac(parentSecret, "token", payload)];
  return rest.length === 0 && found.length === expected.length && timingSafeEqual(found, expected);
}

/** The secret of the temporary access key that belongs to a token. */
export function sessionSecret(token: string, parentSecret: string): string {
  return mac(parentSecret, "secret", token).subarray(0, 30).toString("base64");
}

function mac(secret: string, purpose: string, text: string): Buffer {
  return createHmac("sha256", secret).update(`imagewright session ${purpose}\n${text}`).digest();
}
